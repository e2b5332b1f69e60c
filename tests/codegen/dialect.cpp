#include <catch2/catch.hpp>

#include "codegen/postgres/parts.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {

TEST_CASE("identifiers are quoted only where PostgreSQL demands it") {
  const auto quoted = [](std::string name) { return render(sql(Ident(name)), dialect()); };
  CHECK(quoted("customer") == "customer");
  CHECK(quoted("_x$1") == "_x$1");
  CHECK(quoted("position") == "position");  // fine as the name of a column
  CHECK(quoted("order") == "\"order\"");
  CHECK(quoted("left") == "\"left\"");
  CHECK(quoted("system_user") == "\"system_user\"");  // reserved since 16
  CHECK(quoted("Order") == "\"Order\"");
  CHECK(quoted("1st") == "\"1st\"");
  CHECK(quoted("größe") == "\"größe\"");
  CHECK(quoted("a\"b") == "\"a\"\"b\"");
  CHECK(strict_name("position").text == "\"position\"");
  CHECK(strict_name("place").text == "place");
}

TEST_CASE("literals survive quotes and backslashes") {
  const auto quoted = [](std::string value) { return render(sql(Literal{value}), dialect()); };
  CHECK(quoted("it's") == "'it''s'");
  CHECK(quoted("a\\b'c") == "E'a\\\\b''c'");
  CHECK(quoted("") == "''");
}

TEST_CASE("types are spelled as format_type does") {
  const auto spelled = [](const TypeRef& t) { return render(type_name(t), dialect()); };
  CHECK(spelled(type("character varying", {"40"})) == "character varying(40)");
  CHECK(spelled(type("timestamp with time zone", {"3"})) == "timestamp(3) with time zone");
  CHECK(spelled(type("interval", {"day to second", "3"})) == "interval day to second(3)");
  CHECK(spelled(array_of(type("numeric", {"12", "2"}))) == "numeric(12,2)[]");
  CHECK(spelled(type("char")) == "\"char\"");
  CHECK(spelled(type("any")) == "\"any\"");
  CHECK(spelled({shop("order"), {}, 1}) == "shop.\"order\"[]");
  CHECK(spelled({{Ident("time"), Ident("t")}, {}, 0}) == "\"time\".t");
}

TEST_CASE("names that the server makes keep to 63 bytes") {
  CHECK(made_name("item", "id", "seq") == "item_id_seq");
  const std::string longest(60, 'a');
  CHECK(made_name(longest, "id", "seq") == std::string(56, 'a') + "_id_seq");
  CHECK(made_name(longest, longest, "seq") ==
        std::string(29, 'a') + "_" + std::string(29, 'a') + "_seq");
  CHECK(suffixed(Ident(std::string(63, 'b')), "__retired").text ==
        std::string(54, 'b') + "__retired");
  CHECK(suffixed(Ident(std::string(53, 'b') + "ü"), "__retired").text ==
        std::string(53, 'b') + "__retired");
}

TEST_CASE("expressions get the parentheses that they need and no others") {
  const Object home = item();
  const auto enclosed = [&](std::string s) { return parenthesised(text(s), home).text; };
  CHECK(enclosed("a > 0") == "(a > 0)");
  CHECK(enclosed("(a > 0)") == "(a > 0)");
  CHECK(enclosed("(a) or (b)") == "((a) or (b))");
  CHECK(enclosed("(a = ')(')") == "(a = ')(')");
  CHECK(enclosed("a -- why") == "(a -- why\n)");

  const auto initial = [&](std::string s) { return default_value(text(s), home).text; };
  CHECK(initial("0") == "0");
  CHECK(initial("now()") == "now()");
  CHECK(initial("'a b'") == "'a b'");
  CHECK(initial("'x'::character varying") == "'x'::character varying");
  CHECK(initial("interval '1 day'") == "interval '1 day'");
  CHECK(initial("now() - interval '1 day'") == "now() - interval '1 day'");
  CHECK(initial("true and false") == "(true and false)");

  const auto key = [&](std::string s) { return index_expression(text(s), home).text; };
  CHECK(key("lower(name)") == "lower(name)");
  CHECK(key("shop.key(a, ')')") == "shop.key(a, ')')");
  CHECK(key("a || b") == "(a || b)");
  CHECK(key("lower(a) || upper(b)") == "(lower(a) || upper(b))");
}

TEST_CASE("a body is quoted by a tag that it does not hold") {
  CHECK(dollar_quoted("select 1").text == "$$select 1$$");
  CHECK(dollar_quoted("do $$ x $$").text == "$body$do $$ x $$$body$");
  CHECK(dollar_quoted("costs 5$").text == "$body$costs 5$$body$");
  CHECK(dollar_quoted("$$ $body$").text == "$body1$$$ $body$$body1$");
}

TEST_CASE("unqualified names in a text are written with the schema that they were found in") {
  Object view = make(table_kind, {"shop", "v"}, Table{});
  view.depends = {{item_id(), EdgeKind::hard},
                  {ObjectId(column_kind, {"stock", "place", "id"}), EdgeKind::hard}};
  const auto written = [&](const Bench& bench, std::string s) {
    return bench.with_context(
        [&](const Context& plan) { return query(text(std::move(s)), view, plan).text; });
  };
  CHECK(written({}, "select i.id from item i join place using (id);\n") ==
        "select i.id from shop.item i join stock.place using (id)");
  CHECK(written({}, "with item as (select 1 as id) select id from item") ==
        "with item as (select 1 as id) select id from item");
}

TEST_CASE("a star over a table that may have grown names the columns as declared") {
  Object view = make(table_kind, {"shop", "v"}, Table{});
  view.depends = {{item_id(), EdgeKind::hard}};
  for (const char* name : {"b", "a"})
    view.depends.push_back({ObjectId(column_kind, {"shop", "item", name}), EdgeKind::hard});
  const auto written = [&](const Bench& bench, std::string s) {
    return bench.with_context(
        [&](const Context& plan) { return query(text(std::move(s)), view, plan).text; });
  };
  Bench grown;
  grown.both(item()).both(column("b", Column{})).now(column("a", Column{}));
  CHECK(written(grown, "select * from item") == "select a, b from shop.item");
  CHECK(written(grown, "select i.*, 2 * 2 from item i") ==
        "select i.a, i.b, 2 * 2 from shop.item i");
  CHECK(written(grown, "select count(*) from item") == "select count(*) from shop.item");
  CHECK(written(grown, "select i from (select * from item) i") ==
        "select i from (select a, b from shop.item) i");

  Bench made;
  made.now(item()).now(column("b", Column{})).now(column("a", Column{}));
  CHECK(written(made, "select * from item") == "select * from shop.item");
}

}  // namespace schemac::postgres
