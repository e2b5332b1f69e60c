#pragma once
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

// The server's form of what is declared, taken from where it is known. A text means what it meant
// before as long as neither it nor anything that it needs has changed; `declared` then gets the
// canonical texts that `recorded` has. Returns what is left to ask a server, which is what changed
// and the texts that this may have changed, together with all that these need: a catalog that can
// be built by itself. Empty where there is nothing to ask.
Catalog carry_canonical_texts(Catalog& declared, const Catalog& recorded);

// Objects of a catalog with all that these need, which can be built by itself.
Catalog with_needs(const Catalog& catalog, const std::vector<ObjectId>& wanted);

}  // namespace schemac
