#pragma once
// What rows that exist get when a column comes, or stops allowing NULL.

#include <optional>

#include "codegen/postgres/inherited_column.h"
#include "compiler/kinds/column.h"

namespace schemac::postgres {

// What a plan writes into the rows that exist: what `backfill` says, or a new column's default that
// is another one for each row. std::nullopt: nothing.
std::optional<ColumnDefault> filled_with(const Typed<Column>& column, const Context& plan);

// Gives the rows without a value one; on a table in use batch by batch, each in a transaction of
// its own. `only_nulls`: others may have one already.
Action fill(const Typed<Column>& column, const ColumnDefault& value, bool only_nulls,
            const Context& plan);

// Whether later rows get the column's new default before those that exist are filled, by statements
// of the column: none comes between that would have no value.
bool brings_default(const Object& column, const Context& plan);

}  // namespace schemac::postgres
