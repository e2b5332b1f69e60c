#pragma once
#include "compiler/plan/rules.h"

namespace schemac::postgres {

// Whether each row may get another value of the expression, which stands in `object`: ADD COLUMN
// then writes the table anew. A function that is not known counts as volatile.
bool is_volatile(const SqlText& text, const Object& object, const Context& plan);

}  // namespace schemac::postgres
