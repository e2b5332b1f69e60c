#include <catch2/catch.hpp>

#include "compiler/kinds/check.h"
#include "compiler/kinds/comment.h"
#include "compiler/kinds/function.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/materialized_view.h"
#include "compiler/kinds/materialized_view_column.h"
#include "compiler/kinds/schema.h"
#include "compiler/kinds/trigger.h"
#include "compiler/kinds/view.h"
#include "compiler/kinds/view_column.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {
namespace {

Object view(const View& value) {
  return make(view_kind, {"shop", "v"}, value);
}
Object materialized(const MaterializedView& value) {
  return make(materialized_view_kind, {"shop", "m"}, value);
}

}  // namespace

TEST_CASE("views") {
  const Object plain = view({.query = text("select a from shop.item")});
  const Object optioned =
      view({.with = {{"security_barrier", "true"}}, .query = text("select a from shop.item;")});
  const Object wider =
      view({.with = {{"check_option", "local"}}, .query = text("select a, b from shop.item")});
  const Object other = view({.query = text("select b from shop.item")});
  Bench bench;
  bench.both(plain);
  CHECK(sql_of(bench.create(plain)) == "CREATE VIEW shop.v AS\nselect a from shop.item;");
  CHECK(sql_of(bench.create(view({.columns = {Ident("x")}, .query = text("select 1")}))) ==
        "CREATE VIEW shop.v (x) AS\nselect 1;");
  CHECK(sql_of(bench.drop(plain)) == "DROP VIEW shop.v;");
  CHECK(sql_of(bench.rename(plain, make(view_kind, {"shop", "w"}, View{}))) ==
        "ALTER VIEW shop.v RENAME TO w;");
  CHECK(sql_of(bench.alter("with", plain, optioned)) ==
        "ALTER VIEW shop.v SET (security_barrier = true);");
  CHECK(sql_of(bench.alter("with", optioned, plain)) ==
        "ALTER VIEW shop.v RESET (security_barrier);");
  CHECK(sql_of(bench.alter("query", optioned, wider)) ==
        "CREATE OR REPLACE VIEW shop.v WITH (check_option = local) AS\n"
        "select a, b from shop.item;");
  CHECK(sql_of(bench.alter("query", plain, other)) == "replace");
  CHECK(sql_of(bench.alter("columns", plain, other)) == "replace");
}

TEST_CASE("a server's text of a query names the columns, whatever list stands beside it") {
  const auto seen = [](std::vector<Ident> columns, std::string query, std::string canonical) {
    return view({.columns = std::move(columns), .query = {std::move(query), canonical, 15}});
  };
  const std::string a_as_x = "SELECT a AS x FROM shop.item";
  const Object live = seen({}, a_as_x, a_as_x);
  const Object listed = seen({Ident("x")}, "select a from shop.item", a_as_x);
  const Object other =
      seen({Ident("y")}, "select a from shop.item", "SELECT a AS y FROM shop.item");
  const Bench bench;
  CHECK(sql_of(bench.alter("columns", live, listed)).empty());
  CHECK(sql_of(bench.alter("query", live, other)) == "replace");
}

TEST_CASE("materialized views") {
  Object rich = materialized({.columns = {Ident("x")},
                              .access_method = Ident("columnar"),
                              .with = {{"fillfactor", "70"}},
                              .tablespace = Ident("fast"),
                              .query = text("select a from shop.item")});
  rich.depends = {{item_id(), EdgeKind::hard}};
  const Object plain = materialized({.query = text("select 1 as x")});
  Bench bench;
  bench.both(item()).both(plain);
  const Actions created = bench.create(rich);
  CHECK(sql_of(created) ==
        "CREATE MATERIALIZED VIEW shop.m (x) USING columnar WITH (fillfactor = 70) TABLESPACE fast"
        " AS\nselect a from shop.item;");
  CHECK(facts_of(created[0]) == "table shop.item ACCESS SHARE scans");
  CHECK(sql_of(bench.drop(plain)) == "DROP MATERIALIZED VIEW shop.m;");
  CHECK(bench.drop(plain)[0].loss == Loss::rebuildable);
  CHECK(sql_of(
            bench.rename(plain, make(materialized_view_kind, {"shop", "n"}, MaterializedView{}))) ==
        "ALTER MATERIALIZED VIEW shop.m RENAME TO n;");
  const std::string alter = "ALTER MATERIALIZED VIEW shop.m ";
  CHECK(sql_of(bench.alter("with", plain, rich)) == alter + "SET (fillfactor = 70);");
  CHECK(sql_of(bench.alter("tablespace", plain, rich)) == alter + "SET TABLESPACE fast;");
  CHECK(sql_of(bench.alter("access_method", rich, plain)) == alter + "SET ACCESS METHOD heap;");
  CHECK(sql_of(bench.alter("query", plain, rich)) == "replace");
  bench.version = 14;
  CHECK(sql_of(bench.alter("access_method", rich, plain)) == "replace");
}

TEST_CASE("columns of views take a statement only for what they carry") {
  Bench bench;
  bench.both(view({})).both(materialized({}));
  const auto in_view = [](std::string_view name, const ViewColumn& value) {
    return make(view_column_kind, {"shop", "v", name}, value, ObjectId(view_kind, {"shop", "v"}));
  };
  const Object plain = in_view("a", {});
  const Object initial = in_view("a", {text("0")});
  CHECK(bench.create(plain).empty());
  CHECK(bench.drop(plain).empty());
  CHECK(sql_of(bench.create(initial)) == "ALTER VIEW shop.v ALTER COLUMN a SET DEFAULT 0;");
  CHECK(sql_of(bench.alter("default", initial, plain)) ==
        "ALTER VIEW shop.v ALTER COLUMN a DROP DEFAULT;");
  CHECK(sql_of(bench.rename(plain, in_view("b", {}))) == "ALTER VIEW shop.v RENAME COLUMN a TO b;");
  const ObjectId m(materialized_view_kind, {"shop", "m"});
  CHECK(sql_of(bench.rename(
            make(materialized_view_column_kind, {"shop", "m", "a"}, MaterializedViewColumn{}, m),
            make(materialized_view_column_kind, {"shop", "m", "b"}, MaterializedViewColumn{},
                 m))) == "ALTER MATERIALIZED VIEW shop.m RENAME COLUMN a TO b;");
}

TEST_CASE("comments name what they stand on") {
  const Object check = in_item(check_kind, "positive", Check{.expression = text("a > 0")});
  const Object function = make(function_kind, {"shop", "f", "integer"},
                               Function{.arguments = {{.type = type("integer")}}});
  const Object a = column("a", {.type = type("text")});
  const Object index = make(index_kind, {"shop", "i"}, Index{}, item_id());
  const Object trigger = in_item(trigger_kind, "t", Trigger{});
  Bench bench;
  for (const Object& object : {item(), a, check, function, index, trigger, view({})})
    bench.both(object);
  const auto on = [](const Object& target, std::string said) {
    std::vector<std::string_view> path{target.kind().name};
    for (std::string_view part : target.id.path()) path.push_back(part);
    return make(comment_kind, path, Comment{std::move(said)}, target.id);
  };
  CHECK(sql_of(bench.create(on(item(), "it's"))) == "COMMENT ON TABLE shop.item IS 'it''s';");
  CHECK(facts_of(bench.create(on(a, "x"))[0]) == "table shop.item SHARE UPDATE EXCLUSIVE");
  CHECK(sql_of(bench.create(on(a, "x"))) == "COMMENT ON COLUMN shop.item.a IS 'x';");
  CHECK(sql_of(bench.create(on(check, "x"))) ==
        "COMMENT ON CONSTRAINT positive ON shop.item IS 'x';");
  CHECK(sql_of(bench.create(on(function, "x"))) == "COMMENT ON FUNCTION shop.f(integer) IS 'x';");
  CHECK(sql_of(bench.create(on(index, "x"))) == "COMMENT ON INDEX shop.i IS 'x';");
  CHECK(sql_of(bench.create(on(trigger, "x"))) == "COMMENT ON TRIGGER t ON shop.item IS 'x';");
  CHECK(sql_of(bench.create(on(view({}), "x"))) == "COMMENT ON VIEW shop.v IS 'x';");
  CHECK(sql_of(bench.drop(on(item(), "x"))) == "COMMENT ON TABLE shop.item IS NULL;");
  CHECK(sql_of(bench.alter("text", on(item(), "x"), on(item(), "y"))) ==
        "COMMENT ON TABLE shop.item IS 'y';");
}

}  // namespace schemac::postgres
