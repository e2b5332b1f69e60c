#include "compiler/ir/type.h"

#include "compiler/ir/catalog.h"

namespace schemac {

std::string to_string(const TypeRef& type) {
  std::string out;
  const std::string& name = type.name.name.text;
  std::string modifiers;
  for (const std::string& modifier : type.modifiers)
    modifiers += (modifiers.empty() ? "" : ",") + modifier;
  if (!type.name.schema.empty()) {
    out = dsl_ident(type.name.schema.text) + "." + dsl_ident(name);
    if (!modifiers.empty()) out += "(" + modifiers + ")";
  } else if (name == "interval" && !type.modifiers.empty() &&
             (type.modifiers[0][0] < '0' || type.modifiers[0][0] > '9')) {
    out = "interval " + type.modifiers[0];  // `interval day to second(3)`
    if (type.modifiers.size() > 1) out += "(" + type.modifiers[1] + ")";
  } else if (const std::size_t zone = name.find(" with");
             zone != std::string::npos && !modifiers.empty()) {
    out = name.substr(0, zone) + "(" + modifiers + ")" +
          name.substr(zone);  // timestamp(3) with time zone
  } else {
    // Built-in names are words of SQL, blanks included, but for two that mean another type without
    // quotes: "char", and "bit" of any length where `bit` is bit(1).
    const bool quoted = name == "char" || (name == "bit" && modifiers.empty());
    out = quoted ? "\"" + name + "\"" : name;
    if (!modifiers.empty()) out += "(" + modifiers + ")";
  }
  if (type.dimensions > 0) out += "[]";
  return out;
}

}  // namespace schemac
