#pragma once
#include "compiler/plan/graph.h"

namespace schemac {

// An action as the order needs to know it.
Node make_node(Action action, ObjectIndex object, Verb verb, Phase phase);

}  // namespace schemac
