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

std::string grant_signature(const Ident& role, bool grantable, const std::optional<Ident>& by) {
  std::string out = dsl_ident(role.text);
  if (grantable) out += " with grant option";
  if (by) out += " granted by " + dsl_ident(by->text);
  return out;
}

}  // namespace schemac
