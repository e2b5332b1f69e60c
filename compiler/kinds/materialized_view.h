#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct MaterializedView {
  std::vector<Ident> columns;
  std::optional<Ident> access_method;
  std::vector<Setting> with;
  std::optional<Ident> tablespace;
  SqlText query;
  bool no_data = false;
  bool operator==(const MaterializedView&) const = default;
};
template <>
struct Describe<MaterializedView> {
  static constexpr std::tuple fields{
      field("columns", &MaterializedView::columns, "Names of its columns, if not the query's.")
          .as(""),
      field("access_method", &MaterializedView::access_method, "Access method other than heap.")
          .as("using"),
      field("with", &MaterializedView::with, "Storage parameters.")
          .shaped(Shape::setting)
          .newer(kNewerStorage),
      field("tablespace", &MaterializedView::tablespace, "Tablespace other than the database's."),
      field("query", &MaterializedView::query, "What it holds.")
          .as("as")
          .shaped(Shape::query)
          .required(),
      field("no_data", &MaterializedView::no_data,
            "Whether it is left empty until somebody fills it by REFRESH.")
          .as("with no data"),
  };
};
inline constexpr KindInfo materialized_view_kind = describe<MaterializedView>({
    .name = "materialized_view",
    .noun = "materialized view",
    .plural = "materialized views",
    .doc = "A query whose result is kept.",
    .keyword = "materialized view",
    .scope = Scope::schema,
    .spaces = {.relation = true, .type = true},
    .output_kind = "materialized_view_column",
    .privileges = kTablePrivileges,
    .granted_as = "tables",
    .owned = true,
    .rank = 120,
});

}  // namespace schemac
