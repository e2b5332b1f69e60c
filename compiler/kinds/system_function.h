#pragma once
#include "compiler/ir/type.h"
#include "compiler/kinds/parts.h"

namespace schemac {

// `pg_sleep(double precision)`, where others have a name.
inline std::string system_function_signature(const FieldValues& values) {
  const List* routine = values[0].list();
  if (routine == nullptr || (*routine)[0].qname() == nullptr) return {};
  std::string types;
  if (const List* arguments = (*routine)[1].list())
    for (const Value& type : *arguments)
      types += (types.empty() ? "" : ",") + (type.type() == nullptr ? "" : to_string(*type.type()));
  return dsl_ident((*routine)[0].qname()->name.text) + "(" + types + ")";
}

struct SystemRoutine {
  QName name;
  std::vector<TypeRef> arguments;
  bool operator==(const SystemRoutine&) const = default;
};
template <>
struct Describe<SystemRoutine> {
  static constexpr std::tuple fields{
      field("name", &SystemRoutine::name, "Its name.").as("").required(),
      field("arguments", &SystemRoutine::arguments, "Types of its arguments.")
          .as("")
          .refers(Refers::type)
          .unmodified()
          .at(Place::signature),
  };
};

// A function that every database has, named only where rights on it are not the usual ones.
struct SystemFunction {
  SystemRoutine routine;
  bool operator==(const SystemFunction&) const = default;
};
template <>
struct Describe<SystemFunction> {
  static constexpr std::tuple fields{
      field("routine", &SystemFunction::routine, "The function, as it is called.")
          .as("")
          .required(),
  };
};
inline constexpr KindInfo system_function_kind = describe<SystemFunction>({
    .name = "system_function",
    .noun = "system function",
    .plural = "system functions",
    .doc = "A function of schema pg_catalog, and what rights on it were changed.",
    .keyword = "system function",
    .scope = Scope::database,
    .naming = Naming::none,
    .signature = system_function_signature,
    .privileges = kExecute,
    .undocumented = true,
    .wrong = [](const FieldValues& values) -> std::string_view {
      const List* routine = values[0].list();
      return routine != nullptr && (*routine)[0].qname() != nullptr &&
                     !(*routine)[0].qname()->schema.empty()
                 ? "a system function stands in schema pg_catalog"
                 : "";
    },
    .rights_vary = true,
    .rank = 22,
});

}  // namespace schemac
