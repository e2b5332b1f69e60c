#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A table. Columns, constraints, indexes and triggers are objects of their own under it.
struct Table {
  bool unlogged = false;
  std::optional<Ident> access_method;
  std::optional<Ident> tablespace;
  std::vector<Setting> with;
  bool operator==(const Table&) const = default;
};
template <>
struct Describe<Table> {
  static constexpr std::tuple fields{
      field("unlogged", &Table::unlogged, "Whether a crash may empty it.").at(Place::lead),
      field("access_method", &Table::access_method, "Access method other than heap.")
          .as("using")
          .at(Place::member),
      field("tablespace", &Table::tablespace, "Tablespace other than the database's.")
          .at(Place::member),
      field("with", &Table::with, "Storage parameters.").shaped(Shape::setting).at(Place::member),
  };
};
inline constexpr KindInfo table_kind = describe<Table>({
    .name = "table",
    .noun = "table",
    .plural = "tables",
    .doc = "A table.",
    .keyword = "table",
    .scope = Scope::schema,
    .spaces = {.relation = true, .type = true},
    .holds_rows = true,
    .rank = 80,
});

}  // namespace schemac
