#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kGeneratedKinds[] = {"stored", "virtual"};
inline constexpr Newer kNewerGenerated[] = {{"virtual", 18}};

// `identity`, `identity by default`, `identity (start 1000)`.
struct Identity {
  bool by_default = false;
  std::optional<QName> sequence;
  SequenceOptions options;
  bool operator==(const Identity&) const = default;
};
template <>
struct Describe<Identity> {
  static constexpr std::tuple fields{
      field("by_default", &Identity::by_default, "Whether an INSERT may give its own value.")
          .as("by default"),
      field("sequence", &Identity::sequence,
            "Name of its sequence, if not the one the server would make."),
      field("options", &Identity::options, "Counting of its sequence.")
          .as("")
          .listed(Listing::group),
  };
};

struct Generated {
  SqlText expression;
  std::string kind;
  bool operator==(const Generated&) const = default;
};
template <>
struct Describe<Generated> {
  static constexpr std::tuple fields{
      field("expression", &Generated::expression, "What it is computed from.").as("").required(),
      field("kind", &Generated::kind, "Whether it is stored or computed when read.")
          .as("")
          .words(kGeneratedKinds)
          .newer(kNewerGenerated)
          .required(),
  };
};

// A column of a table. Its default is an object of its own.
struct Column {
  TypeRef type;
  bool nullable = false;
  std::optional<QName> collation;
  std::optional<Identity> identity;
  std::optional<Generated> generated;
  std::optional<std::string> storage;
  std::optional<Ident> compression;
  std::optional<std::int64_t> statistics;
  std::vector<Setting> options;
  std::vector<Setting> foreign_options;
  std::optional<SqlText> backfill;
  std::optional<SqlText> conversion;
  bool operator==(const Column&) const = default;
};
template <>
struct Describe<Column> {
  static constexpr std::tuple fields{
      field("type", &Column::type, "Type.").as("").refers(Refers::type).required(),
      field("nullable", &Column::nullable, "Whether NULL is allowed.").as("?"),
      field("collation", &Column::collation, "Collation other than the type's.")
          .as("collate")
          .refers(Refers::collation),
      field("identity", &Column::identity, "Numbers made by the server."),
      field("generated", &Column::generated, "Computed from the row's other columns."),
      field("storage", &Column::storage, "How large values are kept, if not the type's way.")
          .words(kStorages),
      field("compression", &Column::compression, "Compression of large values.").since(14),
      field("statistics", &Column::statistics, "Statistics target."),
      field("options", &Column::options, "Planner's hints such as n_distinct.")
          .as("with")
          .shaped(Shape::setting),
      field("foreign_options", &Column::foreign_options,
            "Options for the wrapper of a foreign table.")
          .as("options")
          .shaped(Shape::setting)
          .no_secrets(),
      field("backfill", &Column::backfill, "What existing rows get when the column is added.")
          .intent(),
      field("using", &Column::conversion, "How existing values become the new type.").intent(),
  };
};
inline constexpr KindInfo column_kind = describe<Column>({
    .name = "column",
    .noun = "column",
    .plural = "columns",
    .doc = "A column of a table.",
    .parents = kInTable,
    .scope = Scope::parent,
    .privileges = kSequencePrivileges,
    .granted_with = "identity",
    .granted_as = "sequences",
    .recorded_order = true,
    .holds_rows = true,
    .rank = 81,
});

}  // namespace schemac
