#pragma once
// Values inside an object that have names and may say what they were called before: labels.

#include <string>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

struct NamedValue {
  std::string name, former;
};

// Of records with a `was`; none in most objects.
std::vector<NamedValue> named_values(const Object& object);

}  // namespace schemac
