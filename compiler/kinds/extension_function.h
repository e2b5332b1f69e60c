#pragma once
#include "compiler/ir/type.h"
#include "compiler/kinds/parts.h"

namespace schemac {

// `public.similarity(text,text)`, where others have a name.
inline std::string extension_function_signature(const FieldValues& values) {
  const List* routine = values[0].list();
  if (routine == nullptr || (*routine)[0].qname() == nullptr) return {};
  const QName& name = *(*routine)[0].qname();
  std::string types;
  if (const List* arguments = (*routine)[1].list())
    for (const Value& type : *arguments)
      types += (types.empty() ? "" : ",") + (type.type() == nullptr ? "" : to_string(*type.type()));
  return dsl_ident(name.schema.text) + "." + dsl_ident(name.name.text) + "(" + types + ")";
}

struct BroughtRoutine {
  QName name;
  std::vector<TypeRef> arguments;
  bool operator==(const BroughtRoutine&) const = default;
};
template <>
struct Describe<BroughtRoutine> {
  static constexpr std::tuple fields{
      field("name", &BroughtRoutine::name, "Its name.").as("").refers(Refers::brought).required(),
      field("arguments", &BroughtRoutine::arguments, "Types of its arguments.")
          .as("")
          .refers(Refers::type)
          .unmodified()
          .at(Place::signature),
  };
};

// A function that an extension brings, named only where rights on it are not those that the
// extension's script gave.
struct ExtensionFunction {
  BroughtRoutine routine;
  bool operator==(const ExtensionFunction&) const = default;
};
template <>
struct Describe<ExtensionFunction> {
  static constexpr std::tuple fields{
      field("routine", &ExtensionFunction::routine, "The function, as it is called.")
          .as("")
          .required(),
  };
};
inline constexpr KindInfo extension_function_kind = describe<ExtensionFunction>({
    .name = "extension_function",
    .noun = "function",
    .plural = "extensions' functions",
    .doc = "A function of an extension, and what rights on it were changed.",
    .keyword = "function",
    .parents = kInExtension,
    .scope = Scope::parent,
    .naming = Naming::none,
    .signature = extension_function_signature,
    .privileges = kExecute,
    .undocumented = true,
    .rank = 22,
});

}  // namespace schemac
