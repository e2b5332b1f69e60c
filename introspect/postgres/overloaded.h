#pragma once
#include <string>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac::postgres {

// The server prints its own functions without their schema. Where somebody made a function of the
// same name, such a text would speak of that one as soon as it stands in a file; there it says
// pg_catalog. Changes what was written, never the canonical form.
void qualify_server_functions(Catalog& catalog, const std::vector<std::string>& overloaded);

}  // namespace schemac::postgres
