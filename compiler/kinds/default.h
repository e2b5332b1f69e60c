#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// The default of a column: apart from it, because it depends on functions and sequences that the
// column itself does not need.
struct Default {
  SqlText expression;
  bool operator==(const Default&) const = default;
};
template <>
struct Describe<Default> {
  static constexpr std::tuple fields{
      field("expression", &Default::expression, "Value of rows that give none.")
          .as("")
          .shaped(Shape::value)
          .required(),
  };
};
inline constexpr std::string_view kInColumn[] = {"column"};
inline constexpr KindInfo default_kind = describe<Default>({
    .name = "default",
    .noun = "default",
    .plural = "defaults",
    .doc = "The default of a column.",
    .inline_keyword = "default",
    .parents = kInColumn,
    .scope = Scope::single,
    .naming = Naming::none,
    .rank = 82,
});

}  // namespace schemac
