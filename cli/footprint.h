#pragma once
// What lines of revisions do to objects, and where two lines cannot run in either order.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/revisions.h"

namespace schemac {

struct Footprint {
  // Objects that it makes, changes or drops, and the last revision that does.
  std::map<ObjectId, const Revision*> writes;
  // Those among them that come or go on the way.
  std::set<ObjectId> ends;
  // What the objects that it writes need: the one that needs it, and in which revision. `needs`
  // must stay as they are, `parents` and `mentions` must be there.
  struct Need {
    ObjectId by;
    const Revision* revision = nullptr;
  };
  std::map<ObjectId, Need> needs, parents, mentions;
  // Names that it gives to new objects.
  std::unordered_map<std::uint64_t, Need> names;
};

// Of a line that begins at `base`. What its statements drop and make anew on the way counts as
// well.
Footprint footprint_of(const std::vector<const Revision*>& line, const Catalog& base);

struct Overlap {
  enum class Kind : std::uint8_t {
    both,   // both lines write it
    need,   // one writes what the other one needs
    named,  // both give its name to something
  };
  Kind kind = Kind::both;
  ObjectId object;
  const Revision* ours = nullptr;
  const Revision* theirs = nullptr;
  ObjectId needed_by;       // of a need; of a name: what has it on the other line
  bool ours_writes = true;  // of a need
};

// In the order of the objects. Nothing where the lines can run in either order, as far as the
// model tells.
std::vector<Overlap> overlaps(const Footprint& ours, const Footprint& theirs);

}  // namespace schemac
