#pragma once
#include "compiler/plan/world.h"

namespace schemac {

// The strongly connected component of each node of a graph given by its successors. Linear, without
// recursion; component numbers are the same on every run.
std::vector<std::uint32_t> strong_components(const Neighbours& successors);

}  // namespace schemac
