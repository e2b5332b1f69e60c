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
// Makes a column of the table like `column`, which it has further up from now on.
Actions fit_column(const Object& column, const Object& was, const Object& now, const Context& plan);
// The columns and checks that a table gives to those that inherit from it, or will.
std::vector<const Object*> given_to_heirs(const Context& plan, const Object& table);
Sql check_element(const Object& check);

}  // namespace schemac::postgres
