#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// The NOT NULL constraint of a column, where more is to say of it than that it is there: the column
// alone says that.
struct NotNull {
  std::vector<Ident> columns;
  bool no_inherit = false;
  bool not_valid = false;
  bool operator==(const NotNull&) const = default;
};
template <>
struct Describe<NotNull> {
  static constexpr std::tuple fields{
      field("columns", &NotNull::columns, "The column that it is about.")
          .as("")
          .refers(Refers::column)
          .required()
          .since(18),
      field("no_inherit", &NotNull::no_inherit, "Whether child tables are left out.")
          .as("no inherit"),
      field("not_valid", &NotNull::not_valid, "Whether existing rows were never checked.")
          .as("not valid"),
  };
};
inline constexpr KindInfo not_null_kind = describe<NotNull>({
    .name = "not_null",
    .noun = "not-null constraint",
    .plural = "not-null constraints",
    .doc = "The name of a column's NOT NULL constraint, or how it holds.",
    .keyword = "not null",
    .inline_keyword = "not null",
    .inline_field = "columns",
    .parents = kInTable,
    .scope = Scope::parent,
    .naming = Naming::automatic,
    .auto_name = {.suffix = "not_null", .columns_field = "columns", .include_field = ""},
    .spaces = {.constraint = true},
    .rank = 89,
});

}  // namespace schemac
