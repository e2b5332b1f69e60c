#pragma once
#include "tests/property/model.h"

namespace schemac::property {

// Takes out of a model whatever no longer makes sense after an edit, until all of it does: what
// names something that is gone, keys of types that no index takes, defaults of the wrong type.
void repair(Model& model);

}  // namespace schemac::property
