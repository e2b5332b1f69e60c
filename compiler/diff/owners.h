#pragma once
#include "compiler/ir/catalog.h"

namespace schemac {

// A database says nothing of what belongs to the role that reads it, and speaks of that role
// without its name. Lets it speak as `other` does: where that names this role, it is named; where
// it names no owner at all, owners are nobody's business, as they are to who dumps without them.
void settle_owners(Catalog& live, const Catalog& other);

}  // namespace schemac
