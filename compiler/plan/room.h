#pragma once
// Room that one statement leaves and another takes: bounds of the partitions of a table.

#include "compiler/plan/graph.h"

namespace schemac {

// Has what takes room wait for all that free it.
void link_room(Graph& graph);

}  // namespace schemac
