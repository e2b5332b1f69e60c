#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct EnumLabel {
  std::string label;
  std::string was;
  bool operator==(const EnumLabel&) const = default;
};
template <>
struct Describe<EnumLabel> {
  static constexpr std::tuple fields{
      field("label", &EnumLabel::label, "The value.").as("").required(),
      field("was", &EnumLabel::was, "The label that this one replaces in existing rows.").intent(),
  };
};

struct Enum {
  std::vector<EnumLabel> labels;
  bool operator==(const Enum&) const = default;
};
template <>
struct Describe<Enum> {
  static constexpr std::tuple fields{
      field("labels", &Enum::labels, "Values in their order.").as("").listed(Listing::block),
  };
};
inline constexpr KindInfo enum_kind = describe<Enum>({
    .name = "enum",
    .noun = "enum",
    .plural = "enums",
    .doc = "A type with a fixed, ordered set of values.",
    .keyword = "enum",
    .scope = Scope::schema,
    .spaces = {.type = true},
    .privileges = kUsage,
    .public_privileges = kUsage,
    .granted_as = "types",
    .owned = true,
    .rank = 30,
});

}  // namespace schemac
