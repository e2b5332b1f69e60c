#pragma once
// The IR: a flat set of objects. Everything that can be addressed is one object with an id and a
// parent: a table, a column, its default, a constraint, a comment.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/source.h"
#include "compiler/ir/kind.h"
#include "compiler/ir/value.h"

namespace schemac {

// Kind and path. A value: printable, hashable, ordered. The path's parts are joined by NUL, the
// one character that no name can hold. Every id of one kind and path shares one entry of a table
// that lives as long as the program, so that a copy costs a pointer and a comparison as well.
class ObjectId {
 public:
  ObjectId() = default;
  ObjectId(const KindInfo& kind, const std::vector<std::string_view>& path);
  static ObjectId from_key(const KindInfo& kind, std::string key);

  bool empty() const { return entry_ == nullptr; }
  const KindInfo& kind() const { return *entry_->kind; }
  const std::string& key() const;
  std::vector<std::string_view> path() const;
  // Last part of the path, for signature scope the one before it.
  std::string_view name() const;
  // The same on every run, as an order by it would be.
  std::size_t hash() const { return entry_ == nullptr ? 0 : entry_->hash; }

  bool operator==(const ObjectId& other) const { return entry_ == other.entry_; }
  // By the kind's rank, then its name, then the path: the same on every run.
  bool operator<(const ObjectId& other) const;

 private:
  struct Entry {
    const KindInfo* kind;
    std::string key;
    std::size_t hash;
    bool operator==(const Entry& other) const { return kind == other.kind && key == other.key; }
  };
  struct EntryHash {
    std::size_t operator()(const Entry& entry) const { return entry.hash; }
  };

  const Entry* entry_ = nullptr;
};

// `column shop.customer.email`, quoted where the schema language would quote.
std::string to_string(const ObjectId& id);
// The path alone: `shop.customer.email`.
std::string path_to_string(const ObjectId& id);
// An identifier as the schema language writes it: quoted unless it is plain and lower case.
std::string dsl_ident(std::string_view name);

struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const { return id.hash(); }
};

// Why one object needs another.
enum class EdgeKind : std::uint8_t {
  hard,  // the server refuses to drop the target while this exists
  weak,  // this runs better when the target exists (names in a function's body): only orders
};

struct Edge {
  ObjectId target;
  EdgeKind kind = EdgeKind::hard;
  bool operator==(const Edge&) const = default;
};

struct Object {
  ObjectId id;
  ObjectId parent;            // empty for what stands alone
  std::vector<Value> values;  // in the order of the kind's fields, one each
  std::vector<Edge> depends;  // on other objects, the parent left out; sorted, unique
  int position = 0;           // among its siblings, from 0: order of columns
  std::optional<Ident> was;   // former name, an intent
  SourceSpan declared_at;     // unknown for what was read from a database or a revision

  const KindInfo& kind() const { return id.kind(); }
  const Value& value(std::string_view field) const { return values[field_index(kind(), field)]; }
};

// Whether the commit alone may be what checks a constraint: what must hold at all times, as a key
// that others refer to must, cannot rely on it.
bool can_wait(const Object& constraint);

// A set of objects, found by id. Objects keep the order in which they were added until sort().
class Catalog {
 public:
  // Adds or replaces.
  Object& add(Object object);
  void erase(const ObjectId& id);
  // Makes room for so many objects.
  void reserve(std::size_t count) {
    objects_.reserve(count);
    index_.reserve(count);
  }
  const Object* find(const ObjectId& id) const;
  Object* find(const ObjectId& id);
  bool contains(const ObjectId& id) const { return find(id) != nullptr; }

  const std::vector<Object>& objects() const { return objects_; }
  std::vector<Object>& objects() { return objects_; }
  std::size_t size() const { return objects_.size(); }
  bool empty() const { return objects_.empty(); }

  // Into id order: what every engine and every file relies on.
  void sort();

  int server_version = 0;  // major version of the server it was read from; 0: declared
  std::string read_by;     // the role that read it, whose is what names no owner; "": declared

 private:
  std::vector<Object> objects_;
  std::unordered_map<ObjectId, std::size_t, ObjectIdHash> index_;
};

// Children of every object, in (position, id) order: an index over a catalog that no longer
// changes.
class Children {
 public:
  explicit Children(const Catalog& catalog);
  const std::vector<const Object*>& of(const ObjectId& id) const;

 private:
  std::unordered_map<ObjectId, std::vector<const Object*>, ObjectIdHash> children_;
};

}  // namespace schemac
