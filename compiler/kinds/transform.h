#pragma once
#include "compiler/ir/type.h"
#include "compiler/kinds/parts.h"

namespace schemac {

// `hstore language plperl`, where others have a name.
inline std::string transform_signature(const FieldValues& values) {
  if (values[0].type() == nullptr || values[1].ident() == nullptr) return {};
  return to_string(*values[0].type()) + " language " + dsl_ident(values[1].ident()->text);
}

struct Transform {
  TypeRef type;
  Ident language;
  std::optional<QName> from_sql;
  std::optional<QName> to_sql;
  bool operator==(const Transform&) const = default;
};
template <>
struct Describe<Transform> {
  static constexpr std::tuple fields{
      field("type", &Transform::type, "Type.")
          .as("for")
          .refers(Refers::type)
          .required()
          .unmodified(),
      field("language", &Transform::language, "Language that has its own form of it.")
          .refers("procedural_language")
          .required(),
      field("from_sql", &Transform::from_sql, "Function that makes the language's form.")
          .as("from sql with function")
          .refers(Refers::function),
      field("to_sql", &Transform::to_sql, "Function that makes SQL's form.")
          .as("to sql with function")
          .refers(Refers::function),
  };
};
inline constexpr KindInfo transform_kind = describe<Transform>({
    .name = "transform",
    .noun = "transform",
    .plural = "transforms",
    .doc = "How a procedural language sees a type.",
    .keyword = "transform",
    .scope = Scope::database,
    .naming = Naming::none,
    .signature = transform_signature,
    .rank = 76,
});

}  // namespace schemac
