#include "compiler/kinds/parts.h"

#include "compiler/ir/type.h"
#include "compiler/kinds/range_type.h"

namespace schemac {

std::string routine_signature(const FieldValues& values) {
  std::string out;
  if (values[0].list() == nullptr) return out;
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

bool shares_last_argument(const std::vector<Argument>& arguments,
                          const std::vector<Argument>& order_by) {
  return !arguments.empty() && order_by.size() == 1 && arguments.back().mode == "variadic" &&
         arguments.back() == order_by.back();
}

std::string aggregate_signature(const FieldValues& values) {
  std::string out = routine_signature(values);
  if (values[1].list() == nullptr) return out;
  const auto order_by = from_value<std::vector<Argument>>(values[1]);
  const bool shared = values[0].list() != nullptr &&
                      shares_last_argument(from_value<std::vector<Argument>>(values[0]), order_by);
  if (shared) return out;
  for (const Argument& argument : order_by)
    out += (out.empty() ? "" : ", ") + to_string(argument.type);
  return out;
}

std::string multirange_name(std::string_view name, const FieldValues& values) {
  constexpr std::size_t kNameBytes = 63;
  constexpr std::string_view kRange = "range";
  constexpr std::string_view kSuffix = "_multirange";
  const Value& written = values[field_index(range_type_kind, "multirange_type_name")];
  if (written.ident() != nullptr) return written.ident()->text;
  std::string made(name);
  if (const std::size_t at = name.find(kRange); at != std::string_view::npos)
    made.insert(at, "multi");
  else
    made = std::string(name.substr(0, kNameBytes - kSuffix.size())) + std::string(kSuffix);
  return made.substr(0, kNameBytes);
}

}  // namespace schemac
