#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A column of a materialized view, named only where something is attached to it. The query makes
// it; creating and dropping it takes no statement.
struct MaterializedViewColumn {
  std::optional<std::string> storage;
  std::optional<Ident> compression;
  std::optional<std::int64_t> statistics;
  std::vector<Setting> options;
  bool operator==(const MaterializedViewColumn&) const = default;
};
template <>
struct Describe<MaterializedViewColumn> {
  static constexpr std::tuple fields{
      field("storage", &MaterializedViewColumn::storage,
            "How large values are kept, if not the type's way.")
          .words(kStorages),
      field("compression", &MaterializedViewColumn::compression,
            "Compression of large values, if not the server's default.")
          .since(14),
      field("statistics", &MaterializedViewColumn::statistics, "Statistics target."),
      field("options", &MaterializedViewColumn::options, "Planner's hints such as n_distinct.")
          .as("with")
          .shaped(Shape::setting),
  };
};
inline constexpr KindInfo materialized_view_column_kind = describe<MaterializedViewColumn>({
    .name = "materialized_view_column",
    .noun = "column",
    .plural = "materialized views' columns",
    .doc = "A column of a materialized view that carries something of its own.",
    .keyword = "column",
    .parents = kInMaterializedView,
    .scope = Scope::parent,
    .rank = 121,
});

}  // namespace schemac
