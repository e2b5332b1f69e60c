#pragma once
#include "compiler/ir/catalog.h"

namespace schemac::postgres {

// A server keeps the names that it made for NOT NULL constraints when tables and columns are
// renamed or attached, and until 18 it had none. So a table of which `other` names none leaves
// them alone, and what the database says of mere names is forgotten.
void settle_not_null_names(Catalog& live, const Catalog& other);

}  // namespace schemac::postgres
