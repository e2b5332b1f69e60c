#pragma once
// What goes with what.

#include <unordered_map>

#include "compiler/plan/work.h"

namespace schemac {

// For each object that is dropped the one whose statement does it: itself, or an ancestor that
// takes it along, as a type does with its own functions. Of two ancestors that need each other
// through what stands in them (tables with foreign keys both ways), neither does: such a part is
// dropped on its own before both. kNoObject for what stays.
std::vector<ObjectIndex> drop_roots(const World& world, const std::vector<Work>& work);

// The parts that objects which stay lose, by object.
using LeavingParts = std::unordered_map<ObjectIndex, std::vector<ObjectIndex>>;
LeavingParts leaving_parts(const World& world, const std::vector<Work>& work);

}  // namespace schemac
