#pragma once
// Objects while they are read: still with the server's numbers, so that dependencies, comments and
// parents find them.

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/ir/catalog.h"
#include "introspect/postgres/dependencies.h"

namespace schemac::postgres {

using ItemIndex = std::uint32_t;
inline constexpr ItemIndex kNoItem = ~ItemIndex{0};

struct Item {
  Object object;
  Address address;
  Address parent;  // as the server addresses it; object 0 where there is none
  ItemIndex parent_item = kNoItem;
  bool attached = false;    // nothing depends on it: what would, depends on its parent
  bool unresolved = false;  // it names something that was not read
  bool ignored = false;     // it lies in a schema that is passed over
  std::string left_out;     // why it cannot be part of the catalog; "" where it can
};

class Items {
 public:
  ItemIndex add(Item item);
  // Further address under which the server knows the item (the default behind a generated column).
  void add_address(const Address& address, ItemIndex item) { index_.emplace(address, item); }

  // What the server made of something else, and takes for it: a partition's column of the column of
  // the table above it.
  void add_origin(const Address& made, const Address& origin) { origins_.emplace(made, origin); }
  // The same of a column, which is found by its name as well.
  void add_origin(const Address& made, const Address& origin, const std::string& name) {
    add_origin(made, origin);
    made_columns_[{made.object, name}] = made.column;
  }

  ItemIndex find(const Address& address) const;
  // The item that the server means by an address: itself, or what it is an inner part of. A column
  // that is no item of its own stands for its relation.
  ItemIndex find_dependent(const Address& address, const Dependencies& dependencies) const;
  ItemIndex find_target(const Address& address, const Dependencies& dependencies) const;
  // A column that `relation` has from further up, or one without a number where it has none.
  Address made_column(const Address& relation, const std::string& name) const;

  // Whether it is a column, an index or a constraint that another one further up makes.
  bool has_origin(const Address& address) const { return origins_.contains(address); }

  std::deque<Item>& all() { return items_; }
  const std::deque<Item>& all() const { return items_; }
  // Leaves none behind.
  std::deque<Item> take() {
    index_ = {};
    origins_ = {};
    made_columns_ = {};
    return std::exchange(items_, {});
  }
  Item& operator[](ItemIndex index) { return items_[index]; }
  const Item& operator[](ItemIndex index) const { return items_[index]; }
  std::size_t size() const { return items_.size(); }

 private:
  std::deque<Item> items_;
  Address origin_of(Address address) const;

  std::unordered_map<Address, ItemIndex, AddressHash> index_;
  std::unordered_map<Address, Address, AddressHash> origins_;
  std::map<std::pair<Oid, std::string>, std::int32_t> made_columns_;
};

}  // namespace schemac::postgres
