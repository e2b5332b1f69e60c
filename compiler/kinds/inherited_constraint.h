#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// The foreign key that a partition has for one of the table above it, named
// only where its name is not the one that the server would make.
struct InheritedConstraint {
  Ident of;
  bool operator==(const InheritedConstraint&) const = default;
};
template <>
struct Describe<InheritedConstraint> {
  static constexpr std::tuple fields{
      field("of", &InheritedConstraint::of, "The foreign key further up.")
          .refers_above("foreign_key")
          .required(),
  };
};
inline constexpr KindInfo inherited_constraint_kind = describe<InheritedConstraint>({
    .name = "inherited_constraint",
    .noun = "inherited constraint",
    .plural = "inherited constraints",
    .doc = "The name of the foreign key that a partition has for one of the table above.",
    .keyword = "inherited constraint",
    .parents = kInTable,
    .scope = Scope::parent,
    .rank = 112,
});

}  // namespace schemac
