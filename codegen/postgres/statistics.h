#pragma once
// Statistics that a change of what they are about reaches.

#include "codegen/postgres/rules.h"

namespace schemac::postgres {

// The statements that give statistics on the column `column` back their targets, behind one that
// changes its type: the server makes them anew then, and forgets these.
Actions restore_targets(const ObjectId& column, const Context& plan);

}  // namespace schemac::postgres
