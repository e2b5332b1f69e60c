#include "compiler/kinds/parts.h"

#include "compiler/ir/type.h"

namespace schemac {

std::string routine_signature(const std::vector<Value>& values) {
  std::string out;
  if (values.empty() || values[0].list() == nullptr) return out;
  for (const Value& value : *values[0].list()) {
    const auto argument = from_value<Argument>(value);
    if (argument.mode == "out") continue;
    if (!out.empty()) out += ", ";
    out += to_string(argument.type);
  }
  return out;
}

}  // namespace schemac
