#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// The foreign key or check that a table has for one of the table above it, named only where its
// name is not the one that the server would make, or where it carries a comment.
struct InheritedConstraint {
  Ident of;
  bool operator==(const InheritedConstraint&) const = default;
};
template <>
struct Describe<InheritedConstraint> {
  static constexpr std::tuple fields{
      field("of", &InheritedConstraint::of, "The foreign key or check further up.")
          .refers_above("constraint")
          .required(),
  };
};
inline constexpr KindInfo inherited_constraint_kind = describe<InheritedConstraint>({
    .name = "inherited_constraint",
    .noun = "inherited constraint",
    .plural = "inherited constraints",
    .doc = "The name of the foreign key or check that a table has for one of the table above.",
    .keyword = "inherited constraint",
    .parents = kInTable,
    .scope = Scope::parent,
    .rank = 112,
});

}  // namespace schemac
