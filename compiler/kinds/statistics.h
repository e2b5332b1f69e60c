#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kStatisticsKinds[] = {"ndistinct", "dependencies", "mcv"};

// What extended statistics are about: a column or an expression.
struct StatisticsKey {
  std::optional<Ident> column;
  std::optional<SqlText> expression;
  bool operator==(const StatisticsKey&) const = default;
};
template <>
struct Describe<StatisticsKey> {
  static constexpr std::tuple fields{
      field("column", &StatisticsKey::column, "Column, unless it is an expression.")
          .as("")
          .refers(Refers::column),
      field("expression", &StatisticsKey::expression, "Expression over the row.")
          .as("")
          .shaped(Shape::key)
          .since(14),
  };
};

struct Statistics {
  std::vector<std::string> kinds;
  std::vector<StatisticsKey> keys;
  std::optional<std::int64_t> target;
  std::optional<Ident> schema;
  bool operator==(const Statistics&) const = default;
};
template <>
struct Describe<Statistics> {
  static constexpr std::tuple fields{
      field("kinds", &Statistics::kinds, "What is gathered, if not all there is.")
          .as("")
          .words(kStatisticsKinds),
      field("keys", &Statistics::keys, "Columns and expressions that belong together.")
          .as("on")
          .listed(Listing::commas)
          .required(),
      field("target", &Statistics::target, "Statistics target, if not the columns'.")
          .as("statistics"),
      field("in_schema", &Statistics::schema, "Schema that they live in, if not the table's.")
          .as("schema")
          .refers(Refers::schema),
  };
};
inline constexpr KindInfo statistics_kind = describe<Statistics>({
    .name = "statistics",
    .noun = "statistics",
    .plural = "extended statistics",
    .doc = "Statistics on several columns, or on expressions.",
    .keyword = "statistics",
    .parents = kInTableOrMaterializedView,
    .scope = Scope::schema,
    .owned = true,
    .rank = 105,
});

}  // namespace schemac
