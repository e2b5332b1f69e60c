#pragma once
// What must be known of words to write them: which ones a name cannot be without quotes, and behind
// which one a group stands apart. All from the kinds' tables, but for SQL's own reserved words.

#include <string_view>

namespace schemac {

// Whether a statement in a block that begins with `word` is a member of a kind and not a column.
bool starts_member(std::string_view word);

// Whether `word` introduces a group, as in `unique (a)`, and so never stands directly before it.
bool introduces_group(std::string_view word);

// Whether the schema language needs `name` quoted where a name is expected: it is not plain lower
// case, it is reserved in SQL, or it starts a member or a clause that can follow an omitted name.
bool needs_quotes(std::string_view name);

}  // namespace schemac
