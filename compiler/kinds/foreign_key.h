#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kMatches[] = {"simple", "full"};

struct ForeignKey {
  std::vector<Ident> columns;
  QName references;
  std::vector<Ident> ref_columns;
  std::string match = "simple";
  ReferentialAction on_delete;
  ReferentialAction on_update;
  bool deferrable = false;
  bool initially_deferred = false;
  bool not_valid = false;
  bool period = false;
  bool not_enforced = false;
  bool operator==(const ForeignKey&) const = default;
};
template <>
struct Describe<ForeignKey> {
  static constexpr std::tuple fields{
      field("columns", &ForeignKey::columns, "Columns that refer.")
          .as("")
          .refers(Refers::column)
          .required(),
      field("references", &ForeignKey::references, "Table that they refer to.")
          .refers(Refers::relation)
          .required(),
      field("ref_columns", &ForeignKey::ref_columns,
            "Columns referred to; its primary key when not written.")
          .as("")
          .refers(Refers::ref_column),
      field("match", &ForeignKey::match, "What a partly NULL key means.")
          .words(kMatches)
          .absent("simple"),
      field("on_delete", &ForeignKey::on_delete, "What happens when the other row goes.")
          .as("on delete"),
      field("on_update", &ForeignKey::on_update, "What happens when the other key changes.")
          .as("on update"),
      field("deferrable", &ForeignKey::deferrable, "Whether the check can wait for the commit."),
      field("initially_deferred", &ForeignKey::initially_deferred, "Whether it does so by default.")
          .as("initially deferred"),
      field("not_valid", &ForeignKey::not_valid, "Whether existing rows were never checked.")
          .as("not valid"),
      field("period", &ForeignKey::period,
            "Whether the last column is a time that rows of the other table cover together.")
          .since(18),
      field("not_enforced", &ForeignKey::not_enforced,
            "Whether it is a statement alone, never checked.")
          .as("not enforced")
          .since(18),
  };
};
inline constexpr KindInfo foreign_key_kind = describe<ForeignKey>({
    .name = "foreign_key",
    .noun = "foreign key",
    .plural = "foreign keys",
    .doc = "Columns that refer to a row of a table.",
    .keyword = "foreign key",
    .inline_keyword = "references",
    .inline_field = "columns",
    .parents = kInTable,
    .scope = Scope::parent,
    .naming = Naming::automatic,
    .auto_name = {.suffix = "fkey", .columns_field = "columns", .include_field = ""},
    .spaces = {.constraint = true},
    .rank = 94,
});

}  // namespace schemac
