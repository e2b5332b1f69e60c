#include "compiler/ir/type.h"

#include <catch2/catch.hpp>

#include "compiler/parse/type_parser.h"

using namespace schemac;

namespace {

std::string canonical(std::string_view text) {
  const auto parsed = parse_type(text);
  if (!parsed) return "none";
  return to_string(parsed->type) + (parsed->length == text.size() ? "" : " + rest");
}

// The right column is what format_type() of a PostgreSQL 15 server gives.
constexpr std::pair<std::string_view, std::string_view> kSpellings[] = {
    {"int", "integer"},
    {"INT4", "integer"},
    {"integer[]", "integer[]"},
    {"int array", "integer[]"},
    {"int array[3]", "integer[]"},
    {"int[3][]", "integer[]"},
    {"int8", "bigint"},
    {"smallint", "smallint"},
    {"pg_catalog.int4", "integer"},
    {"bool", "boolean"},
    {"varchar(40)", "character varying(40)"},
    {"varchar", "character varying"},
    {"character varying(40)", "character varying(40)"},
    {"char varying ( 40 )", "character varying(40)"},
    {"national character varying(7)", "character varying(7)"},
    {"nchar varying(7)", "character varying(7)"},
    {"nchar", "character(1)"},
    {"char", "character(1)"},
    {"character(3)", "character(3)"},
    {"bpchar", "bpchar"},
    {"bpchar(5)", "character(5)"},
    {"\"char\"", "\"char\""},
    {"\"char\"[]", "\"char\"[]"},
    {"timestamp", "timestamp without time zone"},
    {"timestamp(3) with time zone", "timestamp(3) with time zone"},
    {"timestamp (3) without time zone", "timestamp(3) without time zone"},
    {"timestamptz(3)", "timestamp(3) with time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"time", "time without time zone"},
    {"timetz(2)", "time(2) with time zone"},
    {"time(9)", "time(6) without time zone"},
    {"dec(8,2)", "numeric(8,2)"},
    {"decimal(8)", "numeric(8,0)"},
    {"numeric(3,-2)", "numeric(3,-2)"},
    {"numeric", "numeric"},
    {"float", "double precision"},
    {"float(24)", "real"},
    {"float(9)", "real"},
    {"float(25)", "double precision"},
    {"float8", "double precision"},
    {"double  precision", "double precision"},
    {"bit", "bit(1)"},
    {"bit(8)", "bit(8)"},
    {"bit varying", "bit varying"},
    {"varbit(8)", "bit varying(8)"},
    {"interval", "interval"},
    {"interval(3)", "interval(3)"},
    {"interval year to month", "interval year to month"},
    {"interval day to second(3)", "interval day to second(3)"},
    {"interval second(0)", "interval second(0)"},
    {"text", "text"},
    {"tsvector", "tsvector"},
    {"\"text\"", "text"},
    {"\"int4\"", "integer"},
    {"citext", "citext"},
    {"geometry(Point,4326)", "geometry(Point,4326)"},
    {"shop.\"Order\"[]", "shop.\"Order\"[]"},
    {"Shop . Order_Status", "shop.order_status"},
    {"int /* a /* b */ */ [] -- c", "integer[] + rest"},
    {"timestamp with (n_distinct = 3)", "timestamp without time zone + rest"},
    {"bigint identity", "bigint + rest"},
    {"interval day from", "interval day + rest"},
    {"'text'", "none"},
    {"(a)", "none"},
    {"", "none"},
    {"\"unclosed", "none"},
};

}  // namespace

TEST_CASE("types have the spelling of format_type") {
  for (const auto& [written, expected] : kSpellings) {
    CAPTURE(written);
    CHECK(canonical(written) == expected);
  }
}

TEST_CASE("quoted words of SQL are names and not types") {
  const auto type = parse_type("\"integer\"");
  REQUIRE(type);
  CHECK(type->type.name.name.text == "integer");
  CHECK(dsl_type(TypeRef{{Ident("shop"), Ident("integer")}, {}, 0}, "shop") == "shop.\"integer\"");
}

TEST_CASE("setof is noted and the length ends behind the type") {
  const auto type = parse_type("setof  varchar(3)[] language sql");
  REQUIRE(type);
  CHECK(type->setof);
  CHECK(type->length == std::string_view("setof  varchar(3)[]").size());
  CHECK(type->type.dimensions == 1);
}

TEST_CASE("deep nesting of comments costs no stack") {
  std::string text = "int ";
  for (int i = 0; i < 200'000; ++i) text += "/*";
  CHECK(parse_type(text)->length == 3);
}

TEST_CASE("what dsl_type writes parses back to the same type") {
  for (std::string_view written : {"int",
                                   "varchar(40)[]",
                                   "timestamptz(3)",
                                   "time(1)",
                                   "timetz",
                                   "numeric(12,2)",
                                   "numeric(10)",
                                   "interval day to second(3)",
                                   "interval(2)",
                                   "\"char\"",
                                   "bit",
                                   "\"bit\"",
                                   "varbit",
                                   "bpchar",
                                   "char(3)",
                                   "double precision",
                                   "shop.thing(3)",
                                   "other.\"Odd name\"",
                                   "\"national\"",
                                   "\"double\"",
                                   "\"order\"[]",
                                   "regclass",
                                   "real",
                                   "tstzrange[]"}) {
    CAPTURE(written);
    const auto type = parse_type(written);
    REQUIRE(type);
    const std::string shown = dsl_type(type->type, "home");
    CHECK(parse_type(shown)->type == type->type);
  }
  CHECK(dsl_type(parse_type("character varying(40)")->type, "") == "varchar(40)");
  CHECK(dsl_type(parse_type("timestamp with time zone")->type, "") == "timestamptz");
  CHECK(dsl_type(parse_type("shop.order_status")->type, "shop") == "order_status");
  CHECK(dsl_type(parse_type("numeric(10,0)")->type, "") == "numeric(10)");
}

TEST_CASE("built-in types are known in every spelling") {
  for (std::string_view name : {"int", "int4", "integer", "char", "double precision", "text",
                                "timestamptz", "tsvector", "varchar", "trigger"})
    CHECK(is_builtin_type(name));
  for (std::string_view name : {"citext", "order_status", "", "serial", "bigserial"})
    CHECK_FALSE(is_builtin_type(name));
}
