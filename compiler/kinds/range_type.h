#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A range type, with the multirange type that comes along.
struct RangeType {
  TypeRef subtype;
  std::optional<QName> opclass;
  std::optional<QName> collation;
  std::optional<QName> canonical;
  std::optional<QName> subtype_diff;
  std::optional<Ident> multirange;
  bool operator==(const RangeType&) const = default;
};
template <>
struct Describe<RangeType> {
  static constexpr std::tuple fields{
      field("subtype", &RangeType::subtype, "Type of the bounds.")
          .as("of")
          .refers(Refers::type)
          .required()
          .unmodified(),
      field("opclass", &RangeType::opclass, "Operator class other than the type's default.")
          .as("subtype_opclass")
          .refers("operator_class"),
      field("collation", &RangeType::collation, "Collation other than the type's.")
          .as("collate")
          .refers(Refers::collation),
      field("canonical", &RangeType::canonical,
            "Function that gives ranges of the same values one form.")
          .refers(Refers::function),
      field("subtype_diff", &RangeType::subtype_diff,
            "Function that tells how far two bounds are apart.")
          .refers(Refers::function),
      field("multirange_type_name", &RangeType::multirange,
            "Name of its multirange type, if not the one that PostgreSQL would make.")
          .brings_type()
          .since(14),
  };
};
inline constexpr KindInfo range_type_kind = describe<RangeType>({
    .name = "range_type",
    .noun = "range type",
    .plural = "range types",
    .doc = "A type of ranges between two values of another type.",
    .keyword = "range type",
    .scope = Scope::schema,
    .spaces = {.type = true},
    .further_type = multirange_name,
    .privileges = kUsage,
    .public_privileges = kUsage,
    .granted_as = "types",
    .owned = true,
    .rank = 55,
});

}  // namespace schemac
