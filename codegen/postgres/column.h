#pragma once
// The parts of a column's rules that are stories of their own: its type, its identity.

#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/rules.h"
#include "compiler/kinds/column.h"

namespace schemac::postgres {

// `ALTER TABLE shop.customer ALTER COLUMN email`
Sql alter_column(const Typed<Column>& column);

// All of the column as an element of CREATE TABLE, its default `initial` included.
Sql whole_definition(const Typed<Column>& column, const std::optional<ColumnDefault>& initial,
                     const Context& plan);
// What adding the column does to its table and those below, where rows may be. `initial` is the
// default that comes with it.
std::vector<Touch> touch_of_add(const Typed<Column>& column, bool nullable,
                                const std::optional<ColumnDefault>& initial, const Context& plan);
// Statements that make one form of a column the other.
Actions alter_column_to(const Object& was, const Object& now, const Context& plan);

// Values that the column gets one way or another, DEFAULT where the model says nothing.
Action set_storage_to(const Typed<Column>& column, const Context& plan);
// The same for a new column where its definition cannot say it.
Actions set_storage_of_new(const Typed<Column>& column, const Context& plan);
Action set_compression_to(const Typed<Column>& column, const Context& plan);
Action set_statistics_to(const Typed<Column>& column, const Context& plan);

// Whether a valid check of the table spares SET NOT NULL its scan.
bool is_proven_not_null(const Typed<Column>& column, const Context& plan);

// Whether set_column_type has nothing to do. It also takes away, before the type changes, an
// identity or an expression that the column loses in the same plan.
bool keeps_type(const Typed<Column>& was, const Typed<Column>& now);
Action drop_expression(const Typed<Column>& column, const Context& plan);
std::optional<Actions> set_column_type(const Typed<Column>& was, const Typed<Column>& now,
                                       const Context& plan);
// Moves the column to the new form of its type.
Actions carry_column(const Object& was, const Object& now, const ObjectId& replaced,
                     const Context& plan);

// `GENERATED ALWAYS AS IDENTITY (START WITH 1000)`
Sql identity_clause(const Identity& identity);
Actions add_identity(const Typed<Column>& column, const Context& plan);
Actions drop_identity(const Typed<Column>& column, const Context& plan);
Actions alter_identity(const Typed<Column>& was, const Typed<Column>& now, const Context& plan);
// The sequence that the server keeps for an identity column.
QName identity_sequence(const Typed<Column>& column);

}  // namespace schemac::postgres
