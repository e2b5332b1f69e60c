#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A namespace. `public` is part of every database and needs no declaration.
struct Schema {
  bool operator==(const Schema&) const = default;
};
template <>
struct Describe<Schema> {
  static constexpr std::tuple<> fields{};
};
inline constexpr KindInfo schema_kind = describe<Schema>({
    .name = "schema",
    .noun = "schema",
    .plural = "schemas",
    .doc = "The schema that unqualified names of this file live in.",
    .keyword = "schema",
    .scope = Scope::database,
    .privileges = kSchemaPrivileges,
    .granted_as = "schemas",
    .owned = true,
    .names_others = true,
    .rank = 10,
});

}  // namespace schemac
