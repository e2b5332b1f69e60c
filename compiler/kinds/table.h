#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kPartitionStrategies[] = {"range", "list", "hash"};
inline constexpr std::string_view kEdges[] = {"minvalue", "maxvalue"};
inline constexpr std::string_view kReplicaIdentities[] = {"full", "nothing"};

// A key by which rows find their partition.
struct PartitionKey {
  std::optional<Ident> column;
  std::optional<SqlText> expression;
  std::optional<QName> collation;
  std::optional<QName> opclass;
  bool operator==(const PartitionKey&) const = default;
};
template <>
struct Describe<PartitionKey> {
  static constexpr std::tuple fields{
      field("column", &PartitionKey::column, "Column, unless it is an expression.")
          .as("")
          .refers(Refers::column),
      field("expression", &PartitionKey::expression, "Expression over the row.")
          .as("")
          .shaped(Shape::key),
      field("collation", &PartitionKey::collation, "Collation other than the column's.")
          .as("collate")
          .refers(Refers::collation),
      field("opclass", &PartitionKey::opclass, "Operator class other than the type's default.")
          .as("")
          .refers("operator_class"),
  };
};

struct Partitioning {
  std::string strategy;
  std::vector<PartitionKey> keys;
  bool operator==(const Partitioning&) const = default;
};
template <>
struct Describe<Partitioning> {
  static constexpr std::tuple fields{
      field("strategy", &Partitioning::strategy, "How rows find their partition.")
          .as("")
          .words(kPartitionStrategies)
          .required(),
      field("keys", &Partitioning::keys, "By what they find it.").as("").required(),
  };
};

// A value at which a partition starts or ends.
struct RangeEdge {
  std::string edge;
  std::optional<SqlText> value;
  bool operator==(const RangeEdge&) const = default;
};
template <>
struct Describe<RangeEdge> {
  static constexpr std::tuple fields{
      field("edge", &RangeEdge::edge, "Beyond all values.").as("").words(kEdges),
      field("value", &RangeEdge::value, "Value.").as("").shaped(Shape::value),
  };
};

// Which rows of a table partitioned by hash a partition holds.
struct HashShare {
  std::int64_t modulus = 0;
  std::int64_t remainder = -1;  // never left out, 0 included
  bool operator==(const HashShare&) const = default;
};
template <>
struct Describe<HashShare> {
  static constexpr std::tuple fields{
      field("modulus", &HashShare::modulus, "By what the hash is divided.").required(),
      field("remainder", &HashShare::remainder, "What is left over then.").required(),
  };
};

// A table. Columns, constraints, indexes and triggers are objects of their own under it; those that
// it has from a table that it inherits from or is a partition of are that one's.
struct Table {
  bool unlogged = false;
  bool foreign = false;
  std::optional<QName> partition_of;
  std::vector<RangeEdge> from;
  std::vector<RangeEdge> to;
  std::vector<SqlText> in;
  std::optional<HashShare> hash;
  bool takes_rest = false;
  std::optional<TypeRef> of;
  std::vector<QName> inherits;
  std::vector<Ident> columns;
  std::optional<Ident> server;
  std::vector<Setting> options;
  std::optional<Ident> access_method;
  std::optional<Ident> tablespace;
  std::vector<Setting> with;
  std::string replica_identity;
  std::optional<Partitioning> partition_by;
  bool operator==(const Table&) const = default;
};
template <>
struct Describe<Table> {
  static constexpr std::tuple fields{
      field("unlogged", &Table::unlogged, "Whether a crash may empty it.").at(Place::lead),
      field("foreign", &Table::foreign, "Whether its rows are elsewhere.").at(Place::lead),
      field("partition_of", &Table::partition_of, "Table of which it is a partition.")
          .refers(Refers::relation)
          .brings_columns()
          .at(Place::hidden),
      field("from", &Table::from, "Least keys of a partition by range."),
      field("to", &Table::to, "Keys before which a partition by range ends."),
      field("in", &Table::in, "Values of a partition by list.").shaped(Shape::value),
      field("hash", &Table::hash, "Share of a partition by hash.")
          .as("with")
          .listed(Listing::group),
      field("default", &Table::takes_rest, "Whether the partition takes what no other does."),
      field("of", &Table::of, "Composite type that its columns come from.")
          .refers(Refers::type)
          .brings_columns(),
      field("inherits", &Table::inherits, "Tables whose columns and checks it has as well.")
          .refers(Refers::relation)
          .brings_columns(),
      field("columns", &Table::columns,
            "Columns of a partition in the order in which it has them, if that is its own."),
      field("server", &Table::server, "Server that has the rows of a foreign table.")
          .refers("foreign_server"),
      field("options", &Table::options, "What its wrapper reads; none that is a secret.")
          .shaped(Shape::setting)
          .no_secrets(),
      field("access_method", &Table::access_method, "Access method other than heap.")
          .as("using")
          .refers("access_method")
          .at(Place::member),
      field("tablespace", &Table::tablespace, "Tablespace other than the database's.")
          .at(Place::member),
      field("with", &Table::with, "Storage parameters.")
          .shaped(Shape::setting)
          .newer(kNewerStorage)
          .at(Place::member),
      field("replica_identity", &Table::replica_identity,
            "What logical replication knows of the former row, if not its primary key.")
          .as("replica identity")
          .words(kReplicaIdentities)
          .at(Place::member),
      field("partition_by", &Table::partition_by, "How its rows are split; its partitions follow.")
          .as("partition by")
          .holds_parts()
          .at(Place::member),
  };
};

inline std::string_view wrong_table(const FieldValues& values) {
  Table table;
  read_fields(table, values);
  if (table.foreign != table.server.has_value())
    return table.foreign ? "a foreign table says on which `server` its rows are"
                         : "only a `foreign table` has its rows on a server";
  if (!table.foreign) return table.options.empty() ? "" : "only a `foreign table` has `options`";
  const bool plain = !table.unlogged && !table.access_method && !table.tablespace &&
                     table.with.empty() && table.replica_identity.empty();
  if (!plain) return "a foreign table has no storage of its own";
  return table.partition_by || table.of ? "a foreign table is neither partitioned nor `of` a type"
                                        : "";
}

inline constexpr KindInfo table_kind = describe<Table>({
    .name = "table",
    .noun = "table",
    .plural = "tables",
    .doc = "A table, or one whose rows are elsewhere.",
    .keyword = "table",
    .scope = Scope::schema,
    .spaces = {.relation = true, .type = true},
    .part_keyword = "partition",
    .part_field = "partition_of",
    .privileges = kTablePrivileges,
    .granted_as = "tables",
    .owned = true,
    .wrong = wrong_table,
    .holds_rows = true,
    .rank = 80,
});

}  // namespace schemac
