#pragma once
// Types that functions which they need speak of: the server wants the name first, then those
// functions, then the type. It drops them together only.

#include "codegen/postgres/parts.h"

namespace schemac::postgres {

// Whether functions that the type needs speak of it.
bool needs_shell(const Object& type, const Context& plan);
// `CREATE TYPE name`, which needs nothing of what the type does.
Action create_shell(const Object& type);
// DROP TYPE, with the functions that go along.
Actions drop_type(const Object& type, const Ident& name, const Context& plan);
// Those functions get other names for good, so that the new form of the type can have its own.
Actions retire_functions(const Object& type, const Context& plan);

}  // namespace schemac::postgres
