#pragma once
// The two catalogs of a plan as one set of densely numbered objects, with their edges both ways.

#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

using ObjectIndex = std::uint32_t;
inline constexpr ObjectIndex kNoObject = IdIndex::kNone;

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

  // One side of the world: who stands in whom, who needs whom.
  struct Side {
    std::vector<ObjectIndex> parent;
    std::vector<std::vector<ObjectIndex>> children;
    std::vector<std::vector<ObjectIndex>> depends;     // hard edges, the parent left out
    std::vector<std::vector<ObjectIndex>> weak;        // what it would rather come after
    std::vector<std::vector<ObjectIndex>> dependents;  // reverse of depends
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
