#include <catch2/catch.hpp>

#include "compiler/kinds/domain.h"
#include "compiler/kinds/enum.h"
#include "compiler/kinds/foreign_key.h"
#include "compiler/kinds/index.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {
namespace {

Actions changed(const TypeRef& was, const TypeRef& now) {
  Bench bench;
  bench.both(item());
  return *bench.alter("type", column("c", {.type = was}), column("c", {.type = now}));
}

std::string statement_of(const TypeRef& was, const TypeRef& now) {
  return statement_text(changed(was, now)[0], dialect());
}

// `free`, `rewrites`, with `, loses` behind where values may be lost.
std::string cost(const TypeRef& was, const TypeRef& now) {
  const Action action = changed(was, now)[0];
  return std::string(action.touches[0].rewrites ? "rewrites" : "free") +
         (action.loss == Loss::rows ? ", loses" : "");
}

const TypeRef varchar = type("character varying");
TypeRef varchar_of(const char* length) {
  return type("character varying", {length});
}
TypeRef numeric(const char* precision, const char* scale) {
  return type("numeric", {precision, scale});
}

}  // namespace

TEST_CASE("widening in place costs nothing, as measured") {
  CHECK(cost(varchar_of("20"), varchar_of("40")) == "free");
  CHECK(cost(varchar_of("20"), type("text")) == "free");
  CHECK(cost(type("text"), varchar) == "free");
  CHECK(cost(type("cidr"), type("inet")) == "free");
  CHECK(cost(numeric("10", "2"), numeric("12", "2")) == "free");
  CHECK(cost(numeric("10", "2"), type("numeric")) == "free");
  CHECK(cost(type("timestamp without time zone", {"3"}), type("timestamp without time zone")) ==
        "free");
  CHECK(cost(type("interval", {"3"}), type("interval", {"6"})) == "free");
  CHECK(cost(array_of(varchar), array_of(type("text"))) == "free");
}

TEST_CASE("other bytes or other limits write the table anew") {
  CHECK(cost(type("integer"), type("bigint")) == "rewrites");
  CHECK(cost(type("integer"), type("text")) == "rewrites");
  CHECK(cost(type("json"), type("jsonb")) == "rewrites");
  CHECK(cost(numeric("10", "2"), numeric("12", "4")) == "rewrites");
  CHECK(cost(type("integer"), numeric("12", "2")) == "rewrites");
  CHECK(cost(type("character", {"10"}), type("character", {"20"})) == "rewrites");
  CHECK(cost(type("timestamp without time zone"), type("timestamp with time zone")) == "rewrites");
  CHECK(cost(array_of(varchar_of("5")), array_of(varchar_of("9"))) == "rewrites");
}

TEST_CASE("narrowing is said to lose values") {
  CHECK(cost(type("bigint"), type("integer")) == "rewrites, loses");
  CHECK(cost(varchar_of("20"), varchar_of("12")) == "rewrites, loses");
  CHECK(cost(type("text"), varchar_of("40")) == "rewrites, loses");
  CHECK(cost(numeric("10", "4"), numeric("10", "2")) == "rewrites, loses");
  CHECK(cost(numeric("10", "2"), numeric("10", "4")) == "rewrites, loses");
  CHECK(cost(type("numeric"), type("integer")) == "rewrites, loses");
  CHECK(cost(type("timestamp with time zone"), type("date")) == "rewrites, loses");
  CHECK(cost(type("timestamp without time zone"), type("timestamp without time zone", {"3"})) ==
        "rewrites, loses");
}

TEST_CASE("USING is written only where the server does not convert by itself") {
  const std::string alter = "ALTER TABLE shop.item ALTER COLUMN c TYPE ";
  CHECK(statement_of(type("integer"), type("bigint")) == alter + "bigint");
  CHECK(statement_of(type("bigint"), type("smallint")) == alter + "smallint");
  CHECK(statement_of(type("uuid"), type("text")) == alter + "text");
  CHECK(statement_of(type("text"), type("uuid")) == alter + "uuid USING c::uuid");
  CHECK(statement_of(type("text"), array_of(type("text"))) == alter + "text[] USING c::text[]");
  CHECK(statement_of(type("text"), {shop("state"), {}, 0}) ==
        alter + "shop.state USING c::shop.state");
}

TEST_CASE("the model's own conversion is taken as it stands") {
  Bench bench;
  bench.both(item());
  const Column now{.type = type("text"), .conversion = text("upper(c)")};
  const auto actions =
      bench.alter("type", column("c", {.type = varchar_of("9")}), column("c", now));
  CHECK(sql_of(actions) == "ALTER TABLE shop.item ALTER COLUMN c TYPE text USING (upper(c));");
  CHECK(actions->at(0).touches[0].rewrites);
}

TEST_CASE("collation goes with the type, storage is set again") {
  Bench bench;
  bench.both(item());
  const QName c{{}, Ident("C")};
  const Object was = column("c", {.type = varchar_of("9"), .storage = "external"});
  const Object now = column("c", {.type = type("text"), .collation = c, .storage = "external"});
  CHECK(sql_of(bench.alter("type", was, now)) ==
        "ALTER TABLE shop.item ALTER COLUMN c TYPE text COLLATE \"C\";\n"
        "ALTER TABLE shop.item ALTER COLUMN c SET STORAGE EXTERNAL;");
  const Object plain = column("c", {.type = type("text")});
  const Object collated = column("c", {.type = type("text"), .collation = c});
  const auto unindexed = bench.alter("collation", plain, collated);
  CHECK(facts_of(unindexed->at(0)) == "table shop.item ACCESS EXCLUSIVE");
  bench.both(
      make(index_kind, {"shop", "item_c_idx"}, Index{.keys = {{.column = Ident("c")}}}, item_id()));
  const auto indexed = bench.alter("collation", plain, collated);
  CHECK(facts_of(indexed->at(0)) == "table shop.item ACCESS EXCLUSIVE scans");
}

TEST_CASE("a foreign key on the column draws the other table in") {
  Bench bench;
  bench.both(item()).both(make(table_kind, {"shop", "place"}, Table{}));
  bench.both(in_item(foreign_key_kind, "fk",
                     ForeignKey{.columns = {Ident("c")}, .references = shop("place")}));
  const auto actions = bench.alter("type", column("c", {.type = type("integer")}),
                                   column("c", {.type = type("bigint")}));
  CHECK(facts_of(actions->at(0)) ==
        "table shop.item ACCESS EXCLUSIVE rewrites scans, "
        "table shop.place ACCESS EXCLUSIVE scans");
}

TEST_CASE("domains are looked through") {
  Bench bench;
  const Object domain = make(domain_kind, {"shop", "code"}, Domain{.type = type("text")});
  bench.both(item()).both(domain);
  const TypeRef code{shop("code"), {}, 0};
  const auto to_domain =
      bench.alter("type", column("c", {.type = type("text")}), column("c", {.type = code}));
  CHECK(sql_of(to_domain) == "ALTER TABLE shop.item ALTER COLUMN c TYPE shop.code;");
  CHECK_FALSE(to_domain->at(0).touches[0].rewrites);
}

TEST_CASE("columns are carried to the new form of their type") {
  const ObjectId state(enum_kind, {"shop", "state"});
  const ObjectId code(domain_kind, {"shop", "code"});
  Bench bench;
  bench.both(item())
      .both(make(enum_kind, {"shop", "state"}, Enum{}))
      .was(make(domain_kind, {"shop", "code"}, Domain{.type = type("numeric")}))
      .now(make(domain_kind, {"shop", "code"}, Domain{.type = type("integer")}));
  const auto carried = [&](const TypeRef& of, const ObjectId& replaced) {
    const Object c = column("c", {.type = of});
    return bench.with_context(
        [&](const Context& plan) { return rules_of(column_kind).carry(c, c, replaced, plan); });
  };
  const std::string alter = "ALTER TABLE shop.item ALTER COLUMN c TYPE ";
  CHECK(sql_of(carried({shop("state"), {}, 0}, state)) ==
        alter + "shop.state USING c::text::shop.state;");
  CHECK(sql_of(carried({shop("state"), {}, 1}, state)) ==
        alter + "shop.state[] USING c::text[]::shop.state[];");
  const Actions narrowed = carried({shop("code"), {}, 0}, code);
  CHECK(sql_of(narrowed) == alter + "shop.code USING c::shop.code;");
  CHECK(narrowed[0].loss == Loss::rows);
}

}  // namespace schemac::postgres
