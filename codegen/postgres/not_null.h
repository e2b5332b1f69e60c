#pragma once
// NOT NULL of columns, under the name that a table gives it or the server's.

#include "codegen/postgres/inheritance.h"
#include "compiler/kinds/column.h"

namespace schemac::postgres {

// ` NOT NULL` in the definition of a column, by the name that its table or one above declares;
// nothing where it comes later, not valid.
Sql not_null_clause(const Context& plan, const ObjectId& column);

// Whether a new table gives names of its own to constraints that it has from above.
bool names_not_null_above(const Context& plan, const ObjectId& table);

// The constraint that a table names, or says more of; nullptr where there is none for the column.
const Object* not_null_of(const Context& plan, Side side, const ObjectId& table,
                          std::string_view column);

// Whether a constraint goes with its column, or with the NOT NULL of that.
bool goes_with_column(const Context& plan, const Object& not_null);

// Statements that make a column of a table NOT NULL. `scans`: the server has to look at every row.
Actions set_not_null(const Context& plan, const ObjectId& table, const Ident& column, bool scans);
// The same where the server has to, in a form that lets others work meanwhile.
Actions set_not_null_in_use(const Context& plan, const ObjectId& table, const Ident& column);

// The names that the server made follow the table, which was called `was`, and a column: where a
// table names one such constraint itself, all of its names count.
Actions rename_not_nulls(const Context& plan, const ObjectId& table, const Ident& was);
Actions rename_not_null(const Context& plan, const Object& column, const Ident& was);

}  // namespace schemac::postgres
