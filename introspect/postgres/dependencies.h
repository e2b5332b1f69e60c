#pragma once
// The server's dependency table: which object stands behind a number, and what needs what.

#include <cstdint>
#include <deque>
#include <functional>
#include <pqxx/result>
#include <unordered_map>
#include <vector>

#include "introspect/postgres/names.h"

namespace schemac::postgres {

// How the server addresses anything: the catalog, the row in it, and the column of a relation.
struct Address {
  Oid catalog = 0;
  Oid object = 0;
  std::int32_t column = 0;

  Address whole() const { return {catalog, object, 0}; }
  bool operator==(const Address&) const = default;
};

struct AddressHash {
  std::size_t operator()(const Address& address) const {
    std::uint64_t key = std::uint64_t{address.object} << 32 ^ std::uint64_t{address.catalog} << 16 ^
                        static_cast<std::uint32_t>(address.column);
    key *= 0x9e3779b97f4a7c15U;
    return key ^ key >> 29;
  }
};

struct Dependency {
  Address dependent;
  Address target;
};

class Dependencies {
 public:
  void add(const pqxx::result& rows);

  // The extension that an object belongs to, or nothing (object 0).
  Address extension_of(const Address& address) const;
  // The object of which this one is an inner part (the rewrite rule of a view, the row type of a
  // table, the index of a constraint), or nothing.
  Address owner_of(const Address& address) const;

  const std::deque<Dependency>& all() const { return all_; }
  // What goes when an extension is dropped, without belonging to it.
  const std::vector<Address>& with_extensions() const { return with_extensions_; }

 private:
  std::deque<Dependency> all_;
  std::vector<Address> with_extensions_;
  std::unordered_map<Address, Address, AddressHash> extensions_;
  std::unordered_map<Address, Address, AddressHash> owners_;
};

}  // namespace schemac::postgres
