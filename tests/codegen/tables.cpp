#include <catch2/catch.hpp>

#include "compiler/kinds/extension.h"
#include "compiler/kinds/foreign_key.h"
#include "compiler/kinds/schema.h"
#include "compiler/plan/planner.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {

TEST_CASE("schemas and extensions") {
  const Object schema = make(schema_kind, {"shop"}, Schema{});
  CHECK(sql_of(Bench().create(schema)) == "CREATE SCHEMA shop;");
  CHECK(sql_of(Bench().drop(schema)) == "DROP SCHEMA shop;");
  CHECK(sql_of(Bench().rename(schema, make(schema_kind, {"store"}, Schema{}))) ==
        "ALTER SCHEMA shop RENAME TO store;");

  const Object citext = make(extension_kind, {"citext"}, Extension{});
  const Object moved = make(extension_kind, {"citext"}, Extension{Ident("ext")});
  CHECK(sql_of(Bench().create(citext)) == "CREATE EXTENSION citext SCHEMA public;");
  CHECK(sql_of(Bench().drop(citext)) == "DROP EXTENSION citext;");
  CHECK(sql_of(Bench().alter("schema", citext, moved)) == "ALTER EXTENSION citext SET SCHEMA ext;");
}

TEST_CASE("a table is created with all that stands behind its parentheses") {
  CHECK(sql_of(Bench().create(item())) == "CREATE TABLE shop.item ();");
  const Table rich{.unlogged = true,
                   .access_method = Ident("heap"),
                   .tablespace = Ident("fast"),
                   .with = {{"fillfactor", "80"}, {"toast.autovacuum_enabled", "off"}}};
  CHECK(sql_of(Bench().create(make(table_kind, {"shop", "item"}, rich))) ==
        "CREATE UNLOGGED TABLE shop.item () USING heap"
        " WITH (fillfactor = 80, toast.autovacuum_enabled = off) TABLESPACE fast;");
}

TEST_CASE("dropping a table locks what its foreign keys refer to") {
  Bench bench;
  bench.was(item()).was(make(table_kind, {"shop", "place"}, Table{}));
  bench.was(in_item(foreign_key_kind, "item_place_fkey",
                    ForeignKey{.columns = {Ident("place")}, .references = shop("place")}));
  const Actions actions = bench.drop(item());
  CHECK(sql_of(actions) == "DROP TABLE shop.item;");
  CHECK(facts_of(actions[0]) ==
        "table shop.item ACCESS EXCLUSIVE, table shop.place ACCESS EXCLUSIVE loses rows");
}

TEST_CASE("a renamed table takes the sequences of its identity columns along") {
  const Object renamed = make(table_kind, {"shop", "product"}, Table{});
  Object id = make(column_kind, {"shop", "product", "id"},
                   Column{.type = type("bigint"), .identity = Identity{}}, renamed.id);
  Object no = make(column_kind, {"shop", "product", "no"},
                   Column{.type = type("bigint"), .identity = Identity{.sequence = shop("no")}},
                   renamed.id);
  Bench bench;
  bench.both(renamed).both(id).both(no);
  CHECK(sql_of(bench.rename(item(), renamed)) ==
        "ALTER TABLE shop.item RENAME TO product;\n"
        "ALTER SEQUENCE shop.item_id_seq RENAME TO product_id_seq;");
}

TEST_CASE("a table and its identity column can be renamed in one plan") {
  const auto catalog = [](std::string_view table, std::string_view name) {
    Catalog result;
    const Object object = make(table_kind, {"shop", table}, Table{});
    result.add(make(schema_kind, {"shop"}, Schema{}));
    result.add(make(column_kind, {"shop", table, name},
                    Column{.type = type("bigint"), .identity = Identity{}}, object.id));
    result.add(object);
    result.sort();
    return result;
  };
  Catalog to = catalog("product", "no");
  to.find(ObjectId(table_kind, {"shop", "product"}))->was = Ident("item");
  to.find(ObjectId(column_kind, {"shop", "product", "no"}))->was = Ident("id");
  const Plan plan = make_plan(catalog("item", "id"), to, target(15));
  Actions actions;
  for (const Step& step : plan.segments.at(0).steps) actions.push_back(step.action);
  CHECK(sql_of(actions) ==
        "ALTER TABLE shop.item RENAME TO product;\n"
        "ALTER SEQUENCE shop.item_id_seq RENAME TO product_id_seq;\n"
        "ALTER TABLE shop.product RENAME COLUMN id TO no;\n"
        "ALTER SEQUENCE shop.product_id_seq RENAME TO product_no_seq;");
}

TEST_CASE("fields of a table") {
  Bench bench;
  bench.both(item());
  const auto altered = [&](std::string_view field, const Table& was, const Table& now) {
    return bench.alter(field, make(table_kind, {"shop", "item"}, was),
                       make(table_kind, {"shop", "item"}, now));
  };
  CHECK(sql_of(altered("unlogged", {}, {.unlogged = true})) ==
        "ALTER TABLE shop.item SET UNLOGGED;");
  CHECK(sql_of(altered("unlogged", {.unlogged = true}, {})) == "ALTER TABLE shop.item SET LOGGED;");
  CHECK(sql_of(altered("tablespace", {}, {.tablespace = Ident("fast")})) ==
        "ALTER TABLE shop.item SET TABLESPACE fast;");
  CHECK(sql_of(altered("tablespace", {.tablespace = Ident("fast")}, {})) ==
        "ALTER TABLE shop.item SET TABLESPACE pg_default;");
  CHECK(sql_of(altered("access_method", {}, {.access_method = Ident("columnar")})) ==
        "ALTER TABLE shop.item SET ACCESS METHOD columnar;");
  const auto storage = altered("with", {.with = {{"fillfactor", "80"}, {"parallel_workers", "2"}}},
                               {.with = {{"fillfactor", "70"}}});
  CHECK(sql_of(storage) ==
        "ALTER TABLE shop.item SET (fillfactor = 70);\n"
        "ALTER TABLE shop.item RESET (parallel_workers);");
  CHECK(facts_of(storage->at(0)) == "table shop.item SHARE UPDATE EXCLUSIVE");
  CHECK(facts_of(altered("unlogged", {}, {.unlogged = true})->at(0)) ==
        "table shop.item ACCESS EXCLUSIVE rewrites scans");
  bench.version = 14;
  CHECK(sql_of(altered("access_method", {}, {.access_method = Ident("columnar")})) == "replace");
}

}  // namespace schemac::postgres
