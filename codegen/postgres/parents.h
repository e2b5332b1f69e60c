#pragma once
// How a table that has rows takes tables to inherit from, and leaves them.
//
// The server has a table inherit only from what it is like already, and leaves a column or check
// that it had its own for ever. What it is to have from further up alone is therefore lent by a
// table made for the purpose: inherited from that first, it is inherited from both for a moment,
// and then from the one that was meant.

#include "codegen/postgres/rules.h"
#include "compiler/kinds/table.h"

namespace schemac::postgres {

// `ALTER TABLE shop.customer`
Sql alter_relation(const Typed<Table>& table);

std::optional<Actions> set_parents(const Typed<Table>& was, const Typed<Table>& now,
                                   const Context& plan);
// Whether set_parents can make the table inherit as it is to: not where something of its own is to
// come from further up alone, or what comes from there changes.
bool takes_parents_in_place(const Context& plan, const Object& was, const Object& now);

}  // namespace schemac::postgres
