#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct PrimaryKey {
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
  bool operator==(const PrimaryKey&) const = default;
};
template <>
struct Describe<PrimaryKey> {
  static constexpr std::tuple fields{
      field("columns", &PrimaryKey::columns, "Columns in order.")
          .as("")
          .refers(Refers::column)
          .required(),
      field("include", &PrimaryKey::include, "Payload columns of its index.")
          .refers(Refers::column),
      field("deferrable", &PrimaryKey::deferrable, "Whether the check can wait for the commit."),
      field("initially_deferred", &PrimaryKey::initially_deferred, "Whether it does so by default.")
          .as("initially deferred"),
      field("with", &PrimaryKey::with, "Storage parameters of its index.").shaped(Shape::setting),
      field("tablespace", &PrimaryKey::tablespace, "Tablespace of its index."),
      field("replica_identity", &PrimaryKey::replica_identity,
            "Whether logical replication finds rows by it.")
          .as("replica identity"),
      field("cluster", &PrimaryKey::cluster, "Whether CLUSTER sorts the table by it."),
      field("index_comment", &PrimaryKey::index_comment,
            "Comment on its index; that on the constraint is its documentation.")
          .as("index comment"),
      field("without_overlaps", &PrimaryKey::without_overlaps,
            "Whether the last column is a range, and rows of one key have none in common.")
          .as("without overlaps")
          .since(18),
  };
};
inline constexpr KindInfo primary_key_kind = describe<PrimaryKey>({
    .name = "primary_key",
    .noun = "primary key",
    .plural = "primary keys",
    .doc = "The primary key of a table.",
    .keyword = "primary key",
    .inline_keyword = "primary key",
    .inline_field = "columns",
    .parents = kInTable,
    .scope = Scope::parent,
    .naming = Naming::automatic,
    .auto_name = {.suffix = "pkey", .columns_field = "", .include_field = ""},
    .spaces = {.relation = true, .constraint = true},
    .identifies = Identifies::primary,
    .rank = 90,
});

}  // namespace schemac
