#pragma once
// What a table says of its own about columns that it has from further up.

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/rules.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/default.h"
#include "compiler/kinds/inherited_column.h"

namespace schemac::postgres {

// A default, and the object that says it: names in its text are looked up as that one sees them.
struct ColumnDefault {
  SqlText expression;
  const Object* holder;
};

Fragment default_value(const ColumnDefault& initial);
bool same_default(const std::optional<ColumnDefault>& a, const std::optional<ColumnDefault>& b);

// The default that a column of `table` has on one side: its own, what the table says of its own, or
// that of the column further up.
std::optional<ColumnDefault> effective_default(const Context& plan, Side side,
                                               const ObjectId& table, std::string_view column);

// The default that it has without a word of the table itself.
std::optional<ColumnDefault> default_right_above(const Context& plan, Side side,
                                                 const ObjectId& table, std::string_view column);

// Statements that give back to the tables below what they say of their own about a column, behind
// one on the column that reaches them as well.
Actions restore_below(const Context& plan, const Object& column);

// The same of all that they say, behind one that makes the column anew.
Actions say_again_below(const Context& plan, const Object& column);
// The same of how their columns are stored, behind a statement that changes the type of `part`, a
// column or an attribute.
Actions restore_storage_below(const Context& plan, const Object& part);

// Takes away the defaults that tables below say of a column, before `change`, which changes the
// type of `part`: the server would convert them, and not every one can be.
void clear_defaults_below(const Context& plan, const Object& part, Actions& actions,
                          Action& change);
// Says those again that stay as they are, behind it.
Actions restore_cleared_below(const Context& plan, const Object& part);

// The same of defaults, or of their lack, of columns that tables below declare again, behind one on
// the default of `column`.
Actions restore_defaults_below(const Context& plan, const Object& column);
// SET DEFAULT or DROP DEFAULT.
Action default_to(const ObjectId& column, const std::optional<ColumnDefault>& initial,
                  const Context& plan);
// The default further up of a column that its table declares again; "" where none is there.
ObjectId default_above(const Context& plan, const ObjectId& column);

// Whether a table itself, or its primary key, says that a column from further up is NOT NULL.
bool refuses_null(const ObjectId& column, const ObjectId& table, const Context& plan);
// A column from further up as one of the table.
Object as_own(const Object& column, const Object& table);
// The same, as what stands right above the table has it on one side of the plan: tables between may
// say something of their own about it.
Object as_right_above(const Context& plan, Side side, const Object& column, const Object& table);
// And as the table has it, which may say something itself.
Object as_said(const Context& plan, Side side, const Object& column, const Object& table);

}  // namespace schemac::postgres
