#pragma once
// What a revision can reach of a schema: all that its proof must build.

#include <optional>
#include <vector>

#include "proof/intents.h"

namespace schemac {

struct Reach {
  Catalog from, to;  // sorted; each can be built by itself, and one leads to the other as before
};

// The parts of two catalogs that statements on `touched` can reach: whatever these stand in, what
// depends on them, and all that either needs. A statement acts on what it names; the server refuses
// it, or takes others along, only for what depends on that, and rows are moved by the triggers and
// rules of tables that it writes to. Names in the bodies of routines count as needs wherever a word
// in them is one. Nothing where that is not known to be a part, or hardly one.
std::optional<Reach> reach_of(const Catalog& from, const Catalog& to, const Intents& intents,
                              const std::vector<ObjectId>& touched);

}  // namespace schemac
