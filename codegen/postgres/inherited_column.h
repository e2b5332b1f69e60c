#pragma once
// What a table says of its own about columns that it has from further up.

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/rules.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/default.h"
#include "compiler/kinds/inherited_column.h"

namespace schemac::postgres {

// The default that a column of `table` has on one side: its own, what the table says of its own, or
// that of the column further up.
std::optional<SqlText> effective_default(const Context& plan, Side side, const ObjectId& table,
                                         std::string_view column);

// Statements that give back to the tables below what they say of their own about a column, behind
// one on the column that reaches them as well.
Actions restore_below(const Context& plan, const Object& column);

// Columns, defaults and checks further up: what a table must wait for before it joins.
std::vector<ObjectId> parts_above(const Context& plan, const Object& table);
// Checks further up, as elements of CREATE TABLE.
std::vector<Sql> inherited_checks(const Context& plan, const Object& table);
// Makes a table like those that it is about to join.
Actions fit_to_above(const Object& was, const Object& now, const Context& plan);
// A column from further up as one of the table.
Object as_own(const Object& column, const Object& table);
// Takes from a table what it keeps of those that it leaves and does not have any more.
Actions shed(const Object& was, const Object& now, const Context& plan);
// Whether the table declares all columns of a table that it is to inherit from.
bool has_as_own(const Context& plan, const Object& table, const ObjectId& parent);

}  // namespace schemac::postgres
