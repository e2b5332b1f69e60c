#pragma once
#include <string>

#include "compiler/ir/kind.h"
#include "compiler/ir/value.h"

namespace schemac {

// A value short enough for one line of a comment, or "".
std::string shown(const Value& value, const FieldInfo& field);

}  // namespace schemac
