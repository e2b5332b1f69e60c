#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A type with constraints. Its checks are objects of their own, as on tables.
struct Domain {
  TypeRef type;
  std::optional<QName> collation;
  std::optional<SqlText> initial;
  bool not_null = false;
  bool operator==(const Domain&) const = default;
};
template <>
struct Describe<Domain> {
  static constexpr std::tuple fields{
      field("type", &Domain::type, "Type that it narrows.")
          .as("as")
          .refers(Refers::type)
          .required(),
      field("collation", &Domain::collation, "Collation other than the type's.")
          .as("collate")
          .refers(Refers::collation),
      field("default", &Domain::initial, "Value of columns that have no default of their own.")
          .shaped(Shape::value),
      field("not_null", &Domain::not_null, "Whether NULL is refused everywhere.").as("not null"),
  };
};
inline constexpr KindInfo domain_kind = describe<Domain>({
    .name = "domain",
    .noun = "domain",
    .plural = "domains",
    .doc = "A type with constraints.",
    .keyword = "domain",
    .scope = Scope::schema,
    .spaces = {.type = true},
    .privileges = kUsage,
    .public_privileges = kUsage,
    .granted_as = "types",
    .owned = true,
    .rank = 40,
});

}  // namespace schemac
