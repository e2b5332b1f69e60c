#pragma once
// The IR: a flat set of objects. Everything that can be addressed is one object with an id and a
// parent: a table, a column, its default, a constraint, a comment.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/rare.h"
#include "base/source.h"
#include "compiler/ir/id_index.h"
#include "compiler/ir/kind.h"
#include "compiler/ir/object_id.h"
#include "compiler/ir/values.h"

namespace schemac {

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
  Values values;              // in the order of the kind's fields
  std::vector<Edge> depends;  // on other objects, the parent left out; sorted, unique
  int position = 0;           // among its siblings, from 0: order of columns
  Rare<Ident> was;            // former name, an intent
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

  // Into id order: what every engine and every file relies on. Ids that were changed in place are
  // found from then on.
  void sort();

  int server_version = 0;  // major version of the server it was read from; 0: declared
  std::string read_by;     // the role that read it, whose is what names no owner; "": declared

 private:
  std::uint32_t number_of(const ObjectId& id) const {
    return index_.find(id, [this](std::uint32_t i) -> const ObjectId& { return objects_[i].id; });
  }

  std::vector<Object> objects_;
  IdIndex index_;
};

// Children of every object, in (rank, position, id) order: an index over a catalog that no longer
// changes.
class Children {
 public:
  explicit Children(const Catalog& catalog);
  std::span<const Object* const> of(const ObjectId& id) const;

 private:
  std::uint32_t family_of(const ObjectId& parent) const {
    return index_.find(parent, [this](std::uint32_t family) -> const ObjectId& {
      return children_[ends_[family] - 1]->parent;
    });
  }

  std::vector<const Object*> children_;  // those of one parent side by side
  std::vector<std::uint32_t> ends_;      // behind the last of each
  IdIndex index_;                        // of the parents
};

}  // namespace schemac
