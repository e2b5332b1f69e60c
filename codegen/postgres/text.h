#pragma once
// SQL that others wrote, made fit to stand in a statement.

#include <string>
#include <string_view>

#include "base/sql.h"
#include "compiler/plan/rules.h"

namespace schemac::postgres {

// An expression as it stands in `object`: `lower(name)`, `total > 0`.
Fragment expression(const SqlText& text, const Object& object);

// The same inside exactly one pair of parentheses.
Fragment parenthesised(const SqlText& text, const Object& object);

// The same as DEFAULT takes it: in parentheses only where the grammar demands them.
Fragment default_value(const SqlText& text, const Object& object);

// The same as the key of an index: in parentheses unless it is a call.
Fragment index_expression(const SqlText& text, const Object& object);

// A query without blanks around it and without a final semicolon. A star over a table that is there
// already names the columns in the order of the model.
Fragment query(const SqlText& text, const Object& object, const Context& plan);

// The statements between BEGIN ATOMIC and END, the last one with its semicolon.
Fragment statements(const SqlText& text, const Object& object);

// A body between dollar quotes whose tag it does not hold.
Fragment dollar_quoted(std::string_view body);

}  // namespace schemac::postgres
