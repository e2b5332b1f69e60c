#pragma once
// The two catalogs of a plan as one set of densely numbered objects, with their edges both ways.

#include <span>
#include <utility>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

using ObjectIndex = std::uint32_t;
inline constexpr ObjectIndex kNoObject = IdIndex::kNone;

// Which objects stand with which, in two flat lists: a large schema has far too many objects for a
// list on the heap each.
class Neighbours {
 public:
  using Pair = std::pair<ObjectIndex, ObjectIndex>;

  Neighbours() = default;
  // Of `count` objects, each the second of a pair for its first, in the order of the pairs.
  Neighbours(std::size_t count, const std::vector<Pair>& pairs);

  std::size_t size() const { return count_; }
  std::span<const ObjectIndex> operator[](ObjectIndex object) const {
    if (neighbours_.empty()) return {};  // so of all that is created, on the side before
    return std::span(neighbours_).subspan(begins_[object], begins_[object + 1] - begins_[object]);
  }

 private:
  std::size_t count_ = 0;
  std::vector<std::uint32_t> begins_;  // and the end of the last; of no neighbours none
  std::vector<ObjectIndex> neighbours_;
};

class World {
 public:
  // Both catalogs sorted, `from` after its renames; they must outlive the world.
  World(const Catalog& from, const Catalog& to);

  std::size_t size() const { return ids_.size(); }
  const ObjectId& id(ObjectIndex object) const { return *ids_[object]; }
  const Object* before(ObjectIndex object) const { return before_[object]; }
  const Object* after(ObjectIndex object) const { return after_[object]; }
  // kNoObject where the id is in neither catalog.
  ObjectIndex index_of(const ObjectId& id) const;
  // The parent that it will have, or had.
  ObjectIndex parent_of(ObjectIndex object) const {
    return now_.parent[object] != kNoObject ? now_.parent[object] : was_.parent[object];
  }
  // The object whose path is all but the last name of `id`, whatever its kind.
  ObjectId parent_of_path(const ObjectId& id) const;
  // Objects of its kind and name in what its parent will need, if only by way of others of that
  // one's kind; nearest first.
  std::vector<ObjectIndex> namesakes_above(ObjectIndex object) const;

  // One side of the world: who stands in whom, who needs whom.
  struct Side {
    std::vector<ObjectIndex> parent;
    Neighbours children;
    Neighbours depends;     // hard edges, the parent left out
    Neighbours weak;        // what it would rather come after
    Neighbours dependents;  // reverse of depends

    // Whether one needs the other, if only by way of others.
    bool leads(ObjectIndex from, ObjectIndex to) const;
    // Whether it is `host` or stands in it, at any depth.
    bool stands_in(ObjectIndex object, ObjectIndex host) const;
  };
  const Side& was() const { return was_; }
  const Side& now() const { return now_; }

 private:
  void link(Side& side, const std::vector<const Object*>& objects);

  std::vector<const ObjectId*> ids_;
  std::vector<const Object*> before_, after_;
  IdIndex index_;
  Side was_, now_;
};

}  // namespace schemac
