#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// An installed extension. What belongs to it is its own affair and never appears here.
struct Extension {
  Ident schema{"public"};
  bool operator==(const Extension&) const = default;
};
template <>
struct Describe<Extension> {
  static constexpr std::tuple fields{
      field("schema", &Extension::schema, "Schema that its objects live in.")
          .absent("public")
          .refers(Refers::schema),
  };
};
inline constexpr KindInfo extension_kind = describe<Extension>({
    .name = "extension",
    .noun = "extension",
    .plural = "extensions",
    .doc = "An extension that must be installed.",
    .keyword = "extension",
    .scope = Scope::database,
    .brings_objects = true,
    .rank = 20,
});

}  // namespace schemac
