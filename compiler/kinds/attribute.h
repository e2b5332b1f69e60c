#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// One attribute of a composite type.
struct Attribute {
  TypeRef type;
  std::optional<QName> collation;
  bool operator==(const Attribute&) const = default;
};
template <>
struct Describe<Attribute> {
  static constexpr std::tuple fields{
      field("type", &Attribute::type, "Type.").as("").refers(Refers::type).required(),
      field("collation", &Attribute::collation, "Collation other than the type's.")
          .as("collate")
          .refers(Refers::collation),
  };
};
inline constexpr std::string_view kInCompositeType[] = {"composite_type"};
inline constexpr KindInfo attribute_kind = describe<Attribute>({
    .name = "attribute",
    .noun = "attribute",
    .plural = "attributes",
    .doc = "An attribute of a composite type.",
    .parents = kInCompositeType,
    .scope = Scope::parent,
    .recorded_order = true,
    .rank = 51,
});

}  // namespace schemac
