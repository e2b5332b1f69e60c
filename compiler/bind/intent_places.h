#pragma once
// Where intents can stand in the text of a declaration.

#include <string>

#include "compiler/ir/kind.h"
#include "compiler/parse/statement.h"

namespace schemac {

// The item behind which the declaration of an object of `kind` takes a `was`, or the literal
// `value` in its block does; nullptr where it is not found.
const Item* place_for_was(const ParsedFile& file, const SourceSpan& declared_at,
                          const KindInfo& kind, const std::string* value);

}  // namespace schemac
