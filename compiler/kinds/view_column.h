#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A column of a view, named only where something is attached to it: a comment, a default. The query
// makes it; creating and dropping it takes no statement.
struct ViewColumn {
  std::optional<SqlText> initial;
  bool operator==(const ViewColumn&) const = default;
};
template <>
struct Describe<ViewColumn> {
  static constexpr std::tuple fields{
      field("default", &ViewColumn::initial, "Value that an INSERT through the view gets.")
          .shaped(Shape::value),
  };
};
inline constexpr KindInfo view_column_kind = describe<ViewColumn>({
    .name = "view_column",
    .noun = "column",
    .plural = "view columns",
    .doc = "A column of a view that carries something of its own.",
    .keyword = "column",
    .parents = kInView,
    .scope = Scope::parent,
    .rank = 121,
});

}  // namespace schemac
