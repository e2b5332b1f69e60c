#pragma once
// Operators and functions of operator classes and families.

#include "codegen/postgres/parts.h"
#include "compiler/kinds/operator_family.h"

namespace schemac::postgres {

// `OPERATOR 1 shop.< (integer, bigint) FOR ORDER BY shop.distances`
Sql member(const FamilyOperator& operation);
// `FUNCTION 1 (integer, bigint) shop.compare(integer, bigint)`
Sql member(const FamilyFunction& function);

}  // namespace schemac::postgres
