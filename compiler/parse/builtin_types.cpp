#include "compiler/parse/builtin_types.h"

#include <algorithm>

#include "compiler/parse/type_parser.h"
#include "compiler/parse/words.h"

namespace schemac {
namespace {

// Names that are not the standard's, but for the types which have only one. Sorted.
constexpr std::string_view kPlain[] = {"aclitem",
                                       "any",
                                       "anyarray",
                                       "anycompatible",
                                       "anycompatiblearray",
                                       "anycompatiblemultirange",
                                       "anycompatiblenonarray",
                                       "anycompatiblerange",
                                       "anyelement",
                                       "anyenum",
                                       "anymultirange",
                                       "anynonarray",
                                       "anyrange",
                                       "box",
                                       "bytea",
                                       "cid",
                                       "cidr",
                                       "circle",
                                       "cstring",
                                       "date",
                                       "datemultirange",
                                       "daterange",
                                       "event_trigger",
                                       "fdw_handler",
                                       "gtsvector",
                                       "index_am_handler",
                                       "inet",
                                       "int2vector",
                                       "int4multirange",
                                       "int4range",
                                       "int8multirange",
                                       "int8range",
                                       "internal",
                                       "json",
                                       "jsonb",
                                       "jsonpath",
                                       "language_handler",
                                       "line",
                                       "lseg",
                                       "macaddr",
                                       "macaddr8",
                                       "money",
                                       "name",
                                       "nummultirange",
                                       "numrange",
                                       "oid",
                                       "oidvector",
                                       "path",
                                       "pg_ddl_command",
                                       "pg_lsn",
                                       "pg_node_tree",
                                       "pg_snapshot",
                                       "point",
                                       "polygon",
                                       "record",
                                       "refcursor",
                                       "regclass",
                                       "regcollation",
                                       "regconfig",
                                       "regdictionary",
                                       "regnamespace",
                                       "regoper",
                                       "regoperator",
                                       "regproc",
                                       "regprocedure",
                                       "regrole",
                                       "regtype",
                                       "table_am_handler",
                                       "text",
                                       "tid",
                                       "trigger",
                                       "tsm_handler",
                                       "tsmultirange",
                                       "tsquery",
                                       "tsrange",
                                       "tstzmultirange",
                                       "tstzrange",
                                       "tsvector",
                                       "txid_snapshot",
                                       "unknown",
                                       "uuid",
                                       "void",
                                       "xid",
                                       "xid8",
                                       "xml"};

struct Alias {
  std::string_view name;
  std::string_view canonical;
};

// The catalog's names of types whose names in SQL are others.
constexpr Alias kCatalogNames[] = {
    {"bit", "bit"},
    {"bool", "boolean"},
    {"bpchar", "bpchar"},
    {"char", "char"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"interval", "interval"},
    {"numeric", "numeric"},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
};

// SQL's words for types: keywords of the grammar, which mean nothing in quotes.
constexpr Alias kSqlNames[] = {
    {"bigint", "bigint"},
    {"boolean", "boolean"},
    {"dec", "numeric"},
    {"decimal", "numeric"},
    {"float", "double precision"},
    {"int", "integer"},
    {"integer", "integer"},
    {"real", "real"},
    {"smallint", "smallint"},
    {"double precision", "double precision"},
    {"character varying", "character varying"},
    {"character", "character"},
    {"bit varying", "bit varying"},
};

// Words that begin a type of several words, or are no name of one.
constexpr std::string_view kFirstWords[] = {"array",    "character", "double",
                                            "national", "nchar",     "setof"};

// How the schema language writes types that have a shorter name than the standard's.
constexpr Alias kShortNames[] = {
    {"integer", "int"},
    {"character varying", "varchar"},
    {"character", "char"},
    {"bit varying", "varbit"},
    {"char", "\"char\""},
    {"timestamp with time zone", "timestamptz"},
    {"timestamp without time zone", "timestamp"},
    {"time with time zone", "timetz"},
    {"time without time zone", "time"},
};

template <std::size_t N>
std::string_view look_up(const Alias (&table)[N], std::string_view name) {
  for (const Alias& alias : table)
    if (alias.name == name) return alias.canonical;
  return {};
}

bool is_plain(std::string_view name) {
  return std::binary_search(std::begin(kPlain), std::end(kPlain), name);
}

// The canonical name of a built-in type, "" for others.
std::string_view builtin_name(const WrittenType& written) {
  const std::string_view name = written.path.back();
  const bool catalog = written.path.size() == 2 && written.path.front() == "pg_catalog";
  if (written.path.size() > 1 && !catalog) return {};
  if (!written.quoted && !catalog) {
    // `char` is a word of SQL, and `"char"` is another type.
    if (const std::string_view sql = look_up(kSqlNames, name); !sql.empty()) return sql;
  }
  if (const std::string_view found = look_up(kCatalogNames, name); !found.empty()) return found;
  return is_plain(name) ? name : std::string_view{};
}

// `007` and `7` are one modifier.
std::string plain_number(const std::string& text) {
  const bool negative = text.starts_with('-');
  std::size_t begin = negative ? 1 : 0;
  if (begin == text.size() || text.find_first_not_of("0123456789", begin) != std::string::npos)
    return text;
  while (begin + 1 < text.size() && text[begin] == '0') ++begin;
  const std::string digits = text.substr(begin);
  return negative && digits != "0" ? "-" + digits : digits;
}

bool is_time(std::string_view name) {
  return name.starts_with("time") || name == "interval";
}

// `float(24)` is real, `char` is char(1), `numeric(10)` is numeric(10,0).
void apply_modifiers(const WrittenType& written, TypeRef& type) {
  std::string& name = type.name.name.text;
  for (const std::string& modifier : written.modifiers)
    type.modifiers.push_back(plain_number(modifier));
  const bool quoted = written.quoted || written.path.size() > 1;
  if (!quoted && written.path.back() == "float" && !type.modifiers.empty()) {
    const bool single = type.modifiers[0].size() < 2 || type.modifiers[0] <= "24";
    name = single && type.modifiers[0].size() <= 2 ? "real" : "double precision";
    type.modifiers.clear();
  }
  if (name == "bpchar" && !type.modifiers.empty()) name = "character";
  if (type.modifiers.empty() && (name == "character" || (name == "bit" && !quoted)))
    type.modifiers = {"1"};
  if (name == "numeric" && type.modifiers.size() == 1) type.modifiers.push_back("0");
  if (is_time(name) && !type.modifiers.empty() && type.modifiers[0].size() == 1 &&
      type.modifiers[0] > "6")
    type.modifiers[0] = "6";  // the server's most
  if (!written.fields.empty()) type.modifiers.insert(type.modifiers.begin(), written.fields);
}

// `name` if it is the canonical name of a built-in type.
std::string_view canonical_builtin(std::string_view name) {
  const auto among = [&](const auto& table) {
    return std::any_of(std::begin(table), std::end(table),
                       [&](const Alias& alias) { return alias.canonical == name; });
  };
  return is_plain(name) || among(kCatalogNames) || among(kSqlNames) ? name : std::string_view{};
}

// Quoted also where a word of SQL's types would be read instead.
std::string shown_name(std::string_view name) {
  const bool words =
      std::find(std::begin(kFirstWords), std::end(kFirstWords), name) != std::end(kFirstWords) ||
      is_builtin_type(name);
  if (!words && !needs_quotes(name)) return std::string(name);
  std::string text = "\"";
  for (char c : name) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + '"';
}

}  // namespace

TypeRef canonical_type(const WrittenType& written) {
  TypeRef type;
  type.dimensions = written.dimensions;
  std::string_view name = builtin_name(written);
  if (written.zoned)
    name = name.starts_with("timestamp") ? "timestamp with time zone" : "time with time zone";
  if (!name.empty()) {
    type.name.name = Ident(std::string(name));
    apply_modifiers(written, type);
    return type;
  }
  if (written.path.size() > 1) type.name.schema = Ident(written.path[written.path.size() - 2]);
  type.name.name = Ident(written.path.back());
  type.modifiers = written.modifiers;
  return type;
}

bool is_builtin_type(std::string_view name) {
  return is_plain(name) || !look_up(kCatalogNames, name).empty() ||
         !look_up(kSqlNames, name).empty() || !look_up(kShortNames, name).empty() ||
         name == "nchar";
}

std::string dsl_type(const TypeRef& type, std::string_view home) {
  const std::string& schema = type.name.schema.text;
  const std::string& name = type.name.name.text;
  std::vector<std::string> modifiers = type.modifiers;
  std::string text;
  if (const std::string_view known = schema.empty() ? canonical_builtin(name) : "";
      !known.empty()) {
    const std::string_view shorter = look_up(kShortNames, known);
    text = shorter.empty() ? known : shorter;
    // `bit` alone is bit(1), the type without a length is `"bit"`.
    if (known == "bit" && modifiers.empty()) text = "\"bit\"";
    if (known == "numeric" && modifiers.size() == 2 && modifiers[1] == "0") modifiers.pop_back();
    if (known == "interval" && !modifiers.empty() && modifiers[0][0] >= 'a') {
      text += " " + modifiers[0];
      modifiers.erase(modifiers.begin());
    }
  } else {
    // A type called as a built-in one is found by its schema alone.
    if (!schema.empty() && (schema != home || is_builtin_type(name)))
      text = shown_name(schema) + ".";
    text += shown_name(name);
  }
  for (std::size_t i = 0; i < modifiers.size(); ++i) text += (i == 0 ? "(" : ",") + modifiers[i];
  if (!modifiers.empty()) text += ")";
  return type.dimensions > 0 ? text + "[]" : text;
}

int since_of(const TypeRef& type) {
  return type.name.schema.empty() && type.name.name.text.ends_with("multirange") ? 14 : 0;
}

}  // namespace schemac
