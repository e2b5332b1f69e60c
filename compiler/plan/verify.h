#pragma once
#include "compiler/plan/graph.h"

namespace schemac {

// Simulates an order of nodes on the catalogs: whatever is created is new and has all it needs,
// whatever is dropped exists and nothing needs it, and the end is exactly the catalog after. Throws
// std::logic_error naming the object where that does not hold: a bug in a rule or in the planner.
void verify(const Graph& graph, const World& world, const std::vector<Work>& work,
            const std::vector<NodeIndex>& order);

}  // namespace schemac
