#pragma once
// Where intents stand, or can stand, in the text of a declaration.

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/ir/kind.h"
#include "compiler/parse/statement.h"

namespace schemac {

// The items of `was FORMER` in the declaration that begins at `declared_at`, or behind the literal
// `value` in its block; empty where it is not found.
std::vector<const Item*> find_was(const ParsedFile& file, const SourceSpan& declared_at,
                                  std::string_view former, const std::string* value);

// The items of the clause that gives a field.
std::vector<const Item*> find_clause(const ParsedFile& file, const SourceSpan& declared_at,
                                     std::string_view clause);

// The item behind which the declaration of an object of `kind` takes a `was`, or the literal
// `value` in its block does; nullptr where it is not found.
const Item* place_for_was(const ParsedFile& file, const SourceSpan& declared_at,
                          const KindInfo& kind, const std::string* value);

}  // namespace schemac
