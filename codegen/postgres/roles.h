#pragma once
// Roles, as statements name them.

#include "base/sql.h"

namespace schemac::postgres {

// A role; `public` is everybody, and `current_user` the one who runs the statement.
Sql role(const Ident& name);
// `a, b`
Sql roles(const std::vector<Ident>& names);

}  // namespace schemac::postgres
