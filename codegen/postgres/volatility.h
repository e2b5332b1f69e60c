#pragma once
#include <string_view>

#include "compiler/plan/rules.h"

namespace schemac::postgres {

// Whether a built-in function is known to be stable or immutable on every supported server.
bool is_steady(std::string_view built_in);

// Whether each row may get another value of the expression, which stands in `object`: ADD COLUMN
// then writes the table anew. A function that is not known counts as volatile.
bool is_volatile(const SqlText& text, const Object& object, const Context& plan);

}  // namespace schemac::postgres
