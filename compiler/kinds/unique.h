#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct Unique {
  bool nulls_not_distinct = false;
  std::vector<Ident> columns;
  std::vector<Ident> include;
  bool deferrable = false;
  bool initially_deferred = false;
  std::vector<Setting> with;
  std::optional<Ident> tablespace;
  bool replica_identity = false;
  bool cluster = false;
  std::optional<std::string> index_comment;
  bool without_overlaps = false;
  bool operator==(const Unique&) const = default;
};
template <>
struct Describe<Unique> {
  static constexpr std::tuple fields{
      field("nulls_not_distinct", &Unique::nulls_not_distinct, "Whether NULL equals NULL.")
          .as("nulls not distinct")
          .since(15),
      field("columns", &Unique::columns, "Columns in order.")
          .as("")
          .refers(Refers::column)
          .required(),
      field("include", &Unique::include, "Payload columns of its index.").refers(Refers::column),
      field("deferrable", &Unique::deferrable, "Whether the check can wait for the commit."),
      field("initially_deferred", &Unique::initially_deferred, "Whether it does so by default.")
          .as("initially deferred"),
      field("with", &Unique::with, "Storage parameters of its index.").shaped(Shape::setting),
      field("tablespace", &Unique::tablespace, "Tablespace of its index."),
      field("replica_identity", &Unique::replica_identity,
            "Whether logical replication finds rows by it.")
          .as("replica identity"),
      field("cluster", &Unique::cluster, "Whether CLUSTER sorts the table by it."),
      field("index_comment", &Unique::index_comment,
            "Comment on its index; that on the constraint is its documentation.")
          .as("index comment"),
      field("without_overlaps", &Unique::without_overlaps,
            "Whether the last column is a range, and rows of one key have none in common.")
          .as("without overlaps")
          .since(18),
  };
};
inline constexpr KindInfo unique_kind = describe<Unique>({
    .name = "unique",
    .noun = "unique constraint",
    .plural = "unique constraints",
    .doc = "Columns that hold no combination of values twice.",
    .keyword = "unique",
    .inline_keyword = "unique",
    .inline_field = "columns",
    .parents = kInTable,
    .scope = Scope::parent,
    .naming = Naming::automatic,
    .auto_name = {.suffix = "key", .columns_field = "columns", .include_field = "include"},
    .spaces = {.relation = true, .constraint = true},
    .identifies = Identifies::row,
    .rank = 91,
});

}  // namespace schemac
