#include <catch2/catch.hpp>

#include "compiler/kinds/check.h"
#include "compiler/kinds/domain.h"
#include "compiler/kinds/exclusion.h"
#include "compiler/kinds/foreign_key.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/primary_key.h"
#include "compiler/kinds/unique.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {
namespace {

std::vector<Ident> idents(const std::vector<std::string>& names) {
  std::vector<Ident> result;
  for (const std::string& name : names) result.emplace_back(name);
  return result;
}

// Item and place are there before.
Bench shop_bench() {
  Bench bench;
  bench.both(item()).both(make(table_kind, {"shop", "place"}, Table{}));
  return bench;
}

}  // namespace

TEST_CASE("primary keys") {
  const Bench bench = shop_bench();
  const PrimaryKey plain{.columns = idents({"id", "order"})};
  const Object key = in_item(primary_key_kind, "item_pkey", plain);
  CHECK(sql_of(bench.create(key)) ==
        "ALTER TABLE shop.item ADD CONSTRAINT item_pkey PRIMARY KEY (id, \"order\");");
  CHECK(render(bench.create(key)[0].folded, dialect()) ==
        "CONSTRAINT item_pkey PRIMARY KEY (id, \"order\")");
  CHECK(facts_of(bench.create(key)[0]) == "table shop.item ACCESS EXCLUSIVE scans");
  CHECK(sql_of(bench.drop(key)) == "ALTER TABLE shop.item DROP CONSTRAINT item_pkey;");
  CHECK(sql_of(bench.rename(key, in_item(primary_key_kind, "item_pk", plain))) ==
        "ALTER TABLE shop.item RENAME CONSTRAINT item_pkey TO item_pk;");

  const PrimaryKey rich{.columns = idents({"id"}),
                        .include = idents({"a"}),
                        .deferrable = true,
                        .initially_deferred = true,
                        .with = {{"fillfactor", "70"}},
                        .tablespace = Ident("fast")};
  const Object full = in_item(primary_key_kind, "item_pkey", rich);
  CHECK(sql_of(bench.create(full)) ==
        "ALTER TABLE shop.item ADD CONSTRAINT item_pkey PRIMARY KEY (id) INCLUDE (a)"
        " WITH (fillfactor = 70) USING INDEX TABLESPACE fast DEFERRABLE INITIALLY DEFERRED;");
  CHECK(sql_of(bench.alter("with", key, full)) ==
        "ALTER INDEX shop.item_pkey SET (fillfactor = 70);");
  CHECK(sql_of(bench.alter("tablespace", key, full)) ==
        "ALTER INDEX shop.item_pkey SET TABLESPACE fast;");
  for (const char* field : {"columns", "include", "deferrable", "initially_deferred"})
    CHECK(sql_of(bench.alter(field, key, full)) == "replace");
}

TEST_CASE("unique constraints") {
  const Bench bench = shop_bench();
  const Object plain = in_item(unique_kind, "u", Unique{.columns = idents({"a"})});
  const Object rich = in_item(unique_kind, "u",
                              Unique{.nulls_not_distinct = true,
                                     .columns = idents({"a", "b"}),
                                     .include = idents({"c"}),
                                     .deferrable = true,
                                     .with = {{"fillfactor", "70"}},
                                     .tablespace = Ident("fast")});
  CHECK(sql_of(bench.create(plain)) == "ALTER TABLE shop.item ADD CONSTRAINT u UNIQUE (a);");
  CHECK(sql_of(bench.create(rich)) ==
        "ALTER TABLE shop.item ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c)"
        " WITH (fillfactor = 70) USING INDEX TABLESPACE fast DEFERRABLE;");
  CHECK(sql_of(bench.alter("with", rich, plain)) == "ALTER INDEX shop.u RESET (fillfactor);");
  CHECK(sql_of(bench.alter("tablespace", rich, plain)) ==
        "ALTER INDEX shop.u SET TABLESPACE pg_default;");
  CHECK(sql_of(bench.alter("columns", plain, rich)) == "replace");
  CHECK(sql_of(bench.alter("nulls_not_distinct", plain, rich)) == "replace");
}

TEST_CASE("a unique constraint with the keys of another stays outside of CREATE TABLE") {
  const Object unique = in_item(unique_kind, "u", Unique{.columns = idents({"a"})});
  const Object later = in_item(unique_kind, "v", Unique{.columns = idents({"a"})});
  Bench alone;
  alone.now(item()).now(unique);
  CHECK_FALSE(alone.create(unique)[0].folded.empty());
  alone.now(later);
  CHECK_FALSE(alone.create(unique)[0].folded.empty());
  CHECK(alone.create(later)[0].folded.empty());
  alone.now(in_item(primary_key_kind, "k", PrimaryKey{.columns = idents({"a"})}));
  CHECK(alone.create(unique)[0].folded.empty());
}

TEST_CASE("exclusion constraints") {
  const Bench bench = shop_bench();
  const Exclusion rich{
      .method = Ident("gist"),
      .elements = {{{.column = Ident("room")}, {{}, Ident("=")}},
                   {{.expression = text("tstzrange(a, b)")}, {shop("x").schema, Ident("&&")}}},
      .with = {{"fillfactor", "70"}},
      .where = text("not free"),
      .deferrable = true};
  const Object full = in_item(exclusion_kind, "e", rich);
  CHECK(sql_of(bench.create(full)) ==
        "ALTER TABLE shop.item ADD CONSTRAINT e EXCLUDE USING gist (room WITH =,"
        " tstzrange(a, b) WITH OPERATOR(shop.&&)) WITH (fillfactor = 70) WHERE (not free)"
        " DEFERRABLE;");
  CHECK(sql_of(bench.drop(full)) == "ALTER TABLE shop.item DROP CONSTRAINT e;");
  Exclusion plain = rich;
  plain.with.clear();
  CHECK(sql_of(bench.alter("with", full, in_item(exclusion_kind, "e", plain))) ==
        "ALTER INDEX shop.e RESET (fillfactor);");
}

TEST_CASE("checks of a table") {
  const Bench bench = shop_bench();
  const Object valid = in_item(check_kind, "c", Check{.expression = text("a > 0")});
  const Object unproven = in_item(
      check_kind, "c", Check{.expression = text("a > 0"), .no_inherit = true, .not_valid = true});
  CHECK(sql_of(bench.create(valid)) == "ALTER TABLE shop.item ADD CONSTRAINT c CHECK (a > 0);");
  CHECK(facts_of(bench.create(valid)[0]) == "table shop.item ACCESS EXCLUSIVE scans");
  CHECK(sql_of(bench.create(unproven)) ==
        "ALTER TABLE shop.item ADD CONSTRAINT c CHECK (a > 0) NO INHERIT NOT VALID;");
  CHECK(facts_of(bench.create(unproven)[0]) == "table shop.item ACCESS EXCLUSIVE");
  CHECK(bench.create(unproven)[0].folded.empty());
  const auto validated = bench.alter("not_valid", unproven, valid);
  CHECK(sql_of(validated) == "ALTER TABLE shop.item VALIDATE CONSTRAINT c;");
  CHECK(facts_of(validated->at(0)) == "table shop.item SHARE UPDATE EXCLUSIVE scans");
  CHECK(sql_of(bench.alter("not_valid", valid, unproven)) == "replace");
  CHECK(sql_of(bench.drop(valid)) == "ALTER TABLE shop.item DROP CONSTRAINT c;");
}

TEST_CASE("checks of a domain") {
  const Object domain = make(domain_kind, {"shop", "code"}, Domain{.type = type("text")});
  const auto check = [&](std::string_view name) {
    return make(check_kind, {"shop", "code", name}, Check{.expression = text("value > ''")},
                domain.id);
  };
  Bench bench;
  bench.both(domain);
  const Actions created = bench.create(check("c"));
  CHECK(sql_of(created) == "ALTER DOMAIN shop.code ADD CONSTRAINT c CHECK (value > '');");
  CHECK(render(created[0].folded, dialect()) == "CONSTRAINT c CHECK (value > '')");
  CHECK(facts_of(created[0]) == "domain shop.code SHARE scans");
  CHECK(sql_of(bench.drop(check("c"))) == "ALTER DOMAIN shop.code DROP CONSTRAINT c;");
  CHECK(sql_of(bench.rename(check("c"), check("d"))) ==
        "ALTER DOMAIN shop.code RENAME CONSTRAINT c TO d;");
}

TEST_CASE("foreign keys") {
  const Bench bench = shop_bench();
  const ForeignKey plain{
      .columns = idents({"a"}), .references = shop("place"), .ref_columns = idents({"id"})};
  const Object key = in_item(foreign_key_kind, "f", plain);
  CHECK(sql_of(bench.create(key)) ==
        "ALTER TABLE shop.item ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES shop.place (id);");
  CHECK(facts_of(bench.create(key)[0]) ==
        "table shop.item SHARE ROW EXCLUSIVE scans, table shop.place SHARE ROW EXCLUSIVE scans");
  CHECK(sql_of(bench.drop(key)) == "ALTER TABLE shop.item DROP CONSTRAINT f;");
  CHECK(facts_of(bench.drop(key)[0]) ==
        "table shop.item ACCESS EXCLUSIVE, table shop.place ACCESS EXCLUSIVE");

  ForeignKey rich = plain;
  rich.match = "full";
  rich.on_delete = {"set null", idents({"a"})};
  rich.on_update = {"cascade", {}};
  rich.deferrable = rich.initially_deferred = rich.not_valid = true;
  const Object full = in_item(foreign_key_kind, "f", rich);
  CHECK(sql_of(bench.create(full)) ==
        "ALTER TABLE shop.item ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES shop.place (id)"
        " MATCH FULL ON DELETE SET NULL (a) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED"
        " NOT VALID;");
  CHECK(facts_of(bench.create(full)[0]) ==
        "table shop.item SHARE ROW EXCLUSIVE, table shop.place SHARE ROW EXCLUSIVE");
  CHECK(sql_of(bench.alter("deferrable", key, full)) ==
        "ALTER TABLE shop.item ALTER CONSTRAINT f DEFERRABLE INITIALLY DEFERRED;");
  CHECK(sql_of(bench.alter("initially_deferred", full, key)) ==
        "ALTER TABLE shop.item ALTER CONSTRAINT f NOT DEFERRABLE;");
  const auto validated = bench.alter("not_valid", full, key);
  CHECK(sql_of(validated) == "ALTER TABLE shop.item VALIDATE CONSTRAINT f;");
  CHECK(facts_of(validated->at(0)) ==
        "table shop.item SHARE UPDATE EXCLUSIVE scans, table shop.place ROW SHARE scans");
}

TEST_CASE("a foreign key of a new table locks the table that it refers to, and reads nothing") {
  Bench bench;
  bench.now(item()).both(make(table_kind, {"shop", "place"}, Table{}));
  const Object key = in_item(foreign_key_kind, "f",
                             ForeignKey{.columns = idents({"a"}), .references = shop("place")});
  CHECK(facts_of(bench.create(key)[0]) == "table shop.place SHARE ROW EXCLUSIVE");
}

TEST_CASE("indexes") {
  const Bench bench = shop_bench();
  const auto index = [](const Index& value) {
    return make(index_kind, {"shop", "i"}, value, item_id());
  };
  const Index simple{.keys = {{.column = Ident("a")}}};
  Index rich{.unique = true,
             .method = Ident("gin"),
             .keys = {{.column = Ident("a"),
                       .collation = QName{{}, Ident("C")},
                       .opclass = QName{{}, Ident("text_pattern_ops")},
                       .descending = true,
                       .nulls = "nulls last"},
                      {.expression = text("lower(b)")},
                      {.expression = text("b || c"),
                       .opclass = QName{Ident("public"), Ident("gin_trgm_ops")},
                       .opclass_options = {{"siglen", "32"}}}},
             .include = idents({"d"}),
             .nulls_not_distinct = true,
             .with = {{"fastupdate", "off"}},
             .tablespace = Ident("fast"),
             .where = text("a is not null")};
  CHECK(sql_of(bench.create(index(simple))) == "CREATE INDEX i ON shop.item (a);");
  CHECK(facts_of(bench.create(index(simple))[0]) == "table shop.item SHARE scans");
  CHECK(sql_of(bench.create(index(rich))) ==
        "CREATE UNIQUE INDEX i ON shop.item USING gin"
        " (a COLLATE \"C\" text_pattern_ops DESC NULLS LAST, lower(b),"
        " (b || c) public.gin_trgm_ops (siglen = 32)) INCLUDE (d) NULLS NOT DISTINCT"
        " WITH (fastupdate = off) TABLESPACE fast WHERE (a is not null);");
  CHECK(sql_of(bench.drop(index(simple))) == "DROP INDEX shop.i;");
  CHECK(facts_of(bench.drop(index(simple))[0]) ==
        "table shop.item ACCESS EXCLUSIVE, index shop.i ACCESS EXCLUSIVE");
  CHECK(bench.drop(index(simple))[0].loss == Loss::rebuildable);
  CHECK(sql_of(bench.rename(index(simple), make(index_kind, {"shop", "j"}, simple, item_id()))) ==
        "ALTER INDEX shop.i RENAME TO j;");
  CHECK(sql_of(bench.alter("with", index(rich), index(simple))) ==
        "ALTER INDEX shop.i RESET (fastupdate);");
  CHECK(sql_of(bench.alter("tablespace", index(simple), index(rich))) ==
        "ALTER INDEX shop.i SET TABLESPACE fast;");
  for (const char* field : {"unique", "method", "keys", "include", "nulls_not_distinct", "where"})
    CHECK(sql_of(bench.alter(field, index(simple), index(rich))) == "replace");
  Index broken = simple;
  broken.invalid = true;
  CHECK(sql_of(bench.alter("invalid", index(broken), index(simple))) == "REINDEX INDEX shop.i;");
  CHECK(sql_of(bench.alter("invalid", index(simple), index(broken))).empty());
}

}  // namespace schemac::postgres
