#pragma once
#include "compiler/plan/graph.h"

namespace schemac {

// Why a node's statement is there, in the words of the model.
std::vector<Reason> reasons_for(const World& world, const std::vector<Work>& work, const Node& node,
                                const std::vector<Rename>& renames);

}  // namespace schemac
