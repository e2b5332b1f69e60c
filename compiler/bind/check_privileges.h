#pragma once
#include "compiler/bind/binding.h"

namespace schemac {

// Owners and rights: reports what no server would keep, as what everybody has anyway, and gives
// each list of privileges its one spelling.
void check_privileges(Binding& binding, Catalog& catalog);

}  // namespace schemac
