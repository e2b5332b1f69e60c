#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// An index on a table or materialized view. One that backs a constraint belongs to that constraint
// and never appears here.
struct Index {
  bool unique = false;
  Ident method{"btree"};
  std::vector<IndexKey> keys;
  std::vector<Ident> include;
  bool nulls_not_distinct = false;
  std::vector<Setting> with;
  std::optional<Ident> tablespace;
  std::optional<SqlText> where;
  bool replica_identity = false;
  bool cluster = false;
  bool invalid = false;
  bool operator==(const Index&) const = default;
};
template <>
struct Describe<Index> {
  static constexpr std::tuple fields{
      field("unique", &Index::unique, "Whether equal keys are refused.").at(Place::lead),
      field("method", &Index::method, "Access method.")
          .as("using")
          .absent("btree")
          .refers("access_method"),
      field("keys", &Index::keys, "Columns or expressions in order.").as("").required(),
      field("include", &Index::include, "Payload columns.").refers(Refers::column),
      field("nulls_not_distinct", &Index::nulls_not_distinct, "Whether NULL equals NULL.")
          .as("nulls not distinct")
          .since(15),
      field("with", &Index::with, "Storage parameters.").shaped(Shape::setting),
      field("tablespace", &Index::tablespace, "Tablespace other than the database's."),
      field("where", &Index::where, "Rows that it covers."),
      field("replica_identity", &Index::replica_identity,
            "Whether logical replication finds rows by it.")
          .as("replica identity"),
      field("cluster", &Index::cluster, "Whether CLUSTER sorts the table by it."),
      field("invalid", &Index::invalid, "Whether a concurrent build failed and left it unusable.")
          .at(Place::hidden),
  };
};
inline constexpr KindInfo index_kind = describe<Index>({
    .name = "index",
    .noun = "index",
    .plural = "indexes",
    .doc = "An index.",
    .keyword = "index",
    .parents = kInTableOrMaterializedView,
    .scope = Scope::schema,
    .naming = Naming::automatic,
    .auto_name = {.suffix = "idx", .columns_field = "keys", .include_field = "include"},
    .spaces = {.relation = true},
    .identifies = Identifies::row,
    .rank = 100,
});

}  // namespace schemac
