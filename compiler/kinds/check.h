#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A condition on rows of a table or values of a domain.
struct Check {
  SqlText expression;
  bool no_inherit = false;
  bool not_valid = false;
  bool not_enforced = false;
  bool operator==(const Check&) const = default;
};
template <>
struct Describe<Check> {
  static constexpr std::tuple fields{
      field("expression", &Check::expression, "What must not be false.").as("").required(),
      field("no_inherit", &Check::no_inherit, "Whether child tables are left out.")
          .as("no inherit"),
      field("not_valid", &Check::not_valid, "Whether existing rows were never checked.")
          .as("not valid"),
      field("not_enforced", &Check::not_enforced, "Whether it is a statement alone, never checked.")
          .as("not enforced")
          .since(18),
  };
};
inline constexpr KindInfo check_kind = describe<Check>({
    .name = "check",
    .noun = "check constraint",
    .plural = "check constraints",
    .doc = "A condition that every row meets.",
    .keyword = "check",
    .inline_keyword = "check",
    .parents = kInTableOrDomain,
    .scope = Scope::parent,
    .naming = Naming::automatic,
    .auto_name = {.suffix = "check", .columns_field = "expression", .include_field = ""},
    .spaces = {.constraint = true},
    .rank = 92,
});

}  // namespace schemac
