#pragma once
#include "compiler/kinds/column.h"

namespace schemac {

inline constexpr std::string_view kPresences[] = {"not null", "null"};

// A column that a table has from a table above it or from its type, named only where the table says
// something of its own about it.
struct InheritedColumn {
  std::string presence;
  std::optional<SqlText> initial;
  bool no_default = false;
  std::optional<std::string> storage;
  std::optional<Ident> compression;
  std::optional<std::int64_t> statistics;
  std::vector<Setting> options;
  std::vector<Setting> foreign_options;
  bool operator==(const InheritedColumn&) const = default;
};
template <>
struct Describe<InheritedColumn> {
  static constexpr std::tuple fields{
      field("presence", &InheritedColumn::presence,
            "Whether NULL is refused here alone, or allowed here alone.")
          .as("")
          .words(kPresences),
      field("default", &InheritedColumn::initial, "Value here of rows that give none.")
          .shaped(Shape::value),
      field("no_default", &InheritedColumn::no_default, "Whether it has no default here.")
          .as("no default"),
      field("storage", &InheritedColumn::storage, "How large values are kept here.")
          .words(kStorages),
      field("compression", &InheritedColumn::compression, "Compression of large values here.")
          .since(14),
      field("statistics", &InheritedColumn::statistics, "Statistics target here."),
      field("options", &InheritedColumn::options, "Planner's hints such as n_distinct.")
          .as("with")
          .shaped(Shape::setting),
      field("foreign_options", &InheritedColumn::foreign_options,
            "Options for the wrapper of a foreign table.")
          .as("options")
          .shaped(Shape::setting)
          .no_secrets(),
  };
};
inline constexpr KindInfo inherited_column_kind = describe<InheritedColumn>({
    .name = "inherited_column",
    .noun = "column",
    .plural = "inherited columns",
    .doc = "A column from another table or a type that carries something of its own.",
    .keyword = "column",
    .parents = kInTable,
    .scope = Scope::parent,
    .rank = 83,
});

}  // namespace schemac
