#pragma once
#include "codegen/postgres/rules.h"

namespace schemac::postgres {

// A new object has what the declaration gives it and nothing else: takes back what the database's
// default privileges, as they are before the plan, gave it beyond that, and gives what they took.
Actions undo_default_privileges(const Object& made, const Context& plan);

}  // namespace schemac::postgres
