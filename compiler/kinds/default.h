#pragma once
#include <algorithm>

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
// Whether it is the word NULL alone. With its type, as a server prints it, it takes back the
// default of a domain.
inline bool says_nothing(std::string_view expression) {
  constexpr std::string_view kNull = "null";
  return std::equal(expression.begin(), expression.end(), kNull.begin(), kNull.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

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
    .wrong = [](const FieldValues& values) -> std::string_view {
      const SqlText* expression = values[0].sql();
      return expression != nullptr && says_nothing(expression->written)
                 ? "a column without a default has NULL; leave `default null` out"
                 : "";
    },
    .rank = 82,
});

}  // namespace schemac
