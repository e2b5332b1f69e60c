#pragma once
#include "compiler/plan/graph.h"

namespace schemac {

// Folds children into the statements that create their parents, where nothing that they need comes
// between: columns into CREATE TABLE, a default behind its column. Prettifies only: the order is
// fixed before. Returns the nodes that remain, their actions complete.
std::vector<NodeIndex> fold(Graph& graph, const World& world, const std::vector<NodeIndex>& order);

}  // namespace schemac
