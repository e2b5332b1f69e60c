#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A row type without a table. Its attributes are objects of their own.
struct CompositeType {
  bool operator==(const CompositeType&) const = default;
};
template <>
struct Describe<CompositeType> {
  static constexpr std::tuple<> fields{};
};
inline constexpr KindInfo composite_type_kind = describe<CompositeType>({
    .name = "composite_type",
    .noun = "composite type",
    .plural = "composite types",
    .doc = "A type of named attributes.",
    .keyword = "type",
    .scope = Scope::schema,
    .spaces = {.relation = true, .type = true},
    .privileges = kUsage,
    .public_privileges = kUsage,
    .granted_as = "types",
    .owned = true,
    .rank = 50,
});

}  // namespace schemac
