#include <algorithm>
#include <cctype>

#include "codegen/postgres/default_privileges.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/postgres.h"

namespace schemac::postgres {
namespace {

// Words that PostgreSQL 13 to 18 refuse as the name of a table or column, from pg_get_keywords():
// category R (reserved) and T (only for functions and types). One sorted list for all versions.
constexpr std::string_view kReserved[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
};

// Category C: fine as names of tables and columns, not as those of arguments and in front of types.
constexpr std::string_view kColumnNames[] = {
    "between",       "bigint",         "bit",           "boolean",        "char",
    "character",     "coalesce",       "dec",           "decimal",        "exists",
    "extract",       "float",          "greatest",      "grouping",       "inout",
    "int",           "integer",        "interval",      "json",           "json_array",
    "json_arrayagg", "json_exists",    "json_object",   "json_objectagg", "json_query",
    "json_scalar",   "json_serialize", "json_table",    "json_value",     "least",
    "merge_action",  "national",       "nchar",         "none",           "normalize",
    "nullif",        "numeric",        "out",           "overlay",        "position",
    "precision",     "real",           "row",           "setof",          "smallint",
    "substring",     "time",           "timestamp",     "treat",          "trim",
    "values",        "varchar",        "xmlattributes", "xmlconcat",      "xmlelement",
    "xmlexists",     "xmlforest",      "xmlnamespaces", "xmlparse",       "xmlpi",
    "xmlroot",       "xmlserialize",   "xmltable",
};

static_assert(std::is_sorted(std::begin(kReserved), std::end(kReserved)));
static_assert(std::is_sorted(std::begin(kColumnNames), std::end(kColumnNames)));

bool is_plain(std::string_view name) {
  if (name.empty()) return false;
  const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto goes_on = [&](char c) { return starts(c) || (c >= '0' && c <= '9') || c == '$'; };
  return starts(name[0]) && std::all_of(name.begin(), name.end(), goes_on);
}

std::string enclosed(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out + quote;
}

std::string quote_ident(std::string_view name) {
  const bool reserved = std::binary_search(std::begin(kReserved), std::end(kReserved), name);
  return is_plain(name) && !reserved ? std::string(name) : enclosed(name, '"');
}

// E'' wherever a backslash stands, so that standard_conforming_strings does not matter.
std::string quote_literal(std::string_view value) {
  if (value.find('\\') == std::string_view::npos) return enclosed(value, '\'');
  std::string doubled;
  for (char c : value) doubled += c == '\\' ? std::string("\\\\") : std::string(1, c);
  return "E" + enclosed(doubled, '\'');
}

constexpr Dialect kDialect{"postgres", quote_ident, quote_literal};

}  // namespace

const Dialect& dialect() {
  return kDialect;
}

Target target(int server_version, Online online) {
  return {&kDialect, rules_of, undo_default_privileges,
          server_version == 0 ? kOldestVersion : server_version, online};
}

Fragment strict_name(std::string_view name) {
  const bool column_name =
      std::binary_search(std::begin(kColumnNames), std::end(kColumnNames), name);
  return {column_name ? enclosed(name, '"') : quote_ident(name)};
}

}  // namespace schemac::postgres
