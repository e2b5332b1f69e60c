#pragma once
#include <string>

#include "compiler/ir/catalog.h"

namespace schemac::postgres {

// Of a literal that a server prints as `'x'::text` or `'-1'::integer`, what an author writes where
// a value of `type` is wanted: `'x'`, `-1`. Any other text as it is.
std::string bare_literal(const std::string& text, const TypeRef& type);

// The same for all defaults. Changes what was written, never the canonical form.
void write_literals_bare(Catalog& catalog);

}  // namespace schemac::postgres
