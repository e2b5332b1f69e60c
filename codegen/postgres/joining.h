#pragma once
// What a table needs to join those above it, and what it sheds where it leaves them.

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/rules.h"

namespace schemac::postgres {

// Columns, defaults and checks further up: what a table must wait for before it joins.
std::vector<ObjectId> parts_above(const Context& plan, const Object& table);
// Checks further up, as elements of CREATE TABLE.
std::vector<Sql> inherited_checks(const Context& plan, const Object& table);
// Makes a table like those that it is about to join.
Actions fit_to_above(const Object& was, const Object& now, const Context& plan);
// Takes from a table what it keeps of those that it leaves and does not have any more.
Actions shed(const Object& was, const Object& now, const Context& plan);
// Whether a check of the table goes with that, though the table declared it as well.
bool is_shed(const Object& check, const Context& plan);
// Whether the table declares all columns and checks of a table that it is to inherit from.
bool has_as_own(const Context& plan, const Object& table, const ObjectId& parent);

}  // namespace schemac::postgres
