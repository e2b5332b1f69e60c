#include "compiler/safety/hazards.h"

#include <catch2/catch.hpp>

#include "compiler/kinds/check.h"
#include "compiler/kinds/default.h"
#include "compiler/kinds/domain.h"
#include "compiler/kinds/enum.h"
#include "compiler/kinds/foreign_key.h"
#include "compiler/kinds/function.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/policy.h"
#include "compiler/kinds/primary_key.h"
#include "compiler/kinds/revoke.h"
#include "compiler/kinds/row_security.h"
#include "compiler/kinds/schema.h"
#include "compiler/kinds/sequence.h"
#include "compiler/kinds/unique.h"
#include "compiler/plan/planner.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {
namespace {

const Object kSchema = make(schema_kind, {"shop"}, Schema{});
const Column kInteger{.type = type("integer")};
const Column kNullable{.type = type("integer"), .nullable = true};

// Codes of the plan from the one bench's side to the other, in order.
std::string codes(Bench bench) {
  bench.both(kSchema);
  bench.from.sort();
  bench.to.sort();
  const Plan plan = make_plan(bench.from, bench.to, target(15, Online::never));
  std::string text;
  for (const Finding& finding : find_hazards(plan)) {
    text += (text.empty() ? "" : " ") + std::string(finding.hazard->code);
    CHECK(finding.step != nullptr);
    CHECK_FALSE(finding.hazard->way_out.empty());
  }
  return text;
}

Bench with_item() {
  return Bench().both(item());
}

Object initial_of(std::string_view name, std::string expression) {
  return make(default_kind, {"shop", "item", name}, Default{text(std::move(expression))},
              ObjectId(column_kind, {"shop", "item", name}));
}

}  // namespace

TEST_CASE("what is dropped is named by what it destroys") {
  CHECK(codes(Bench().was(item())) == "DS102");
  CHECK(codes(with_item().was(column("c", kInteger))) == "DS103");
  CHECK(codes(with_item().was(column(
            "c", {.type = type("integer"), .generated = Generated{text("1"), "stored"}}))) == "");
  CHECK(codes(Bench().was(make(sequence_kind, {"shop", "no"}, Sequence{}))) == "DS113");
  const Index index{.keys = {{.column = Ident("c")}}};
  CHECK(codes(with_item()
                  .both(column("c", kInteger))
                  .was(make(index_kind, {"shop", "i"}, index, item_id()))) == "LK111");
}

TEST_CASE("columns that are added") {
  CHECK(codes(with_item().now(column("c", kNullable))) == "");
  CHECK(codes(with_item().now(column("c", kInteger))) == "DD101");
  CHECK(codes(with_item().now(column("c", kInteger)).now(initial_of("c", "0"))) == "");
  CHECK(codes(with_item().now(column("c", kNullable)).now(initial_of("c", "random()"))) == "RW101");
  CHECK(codes(with_item().now(column("c", {.type = type("bigint"), .identity = Identity{}}))) ==
        "RW102");
  CHECK(codes(with_item().now(
            column("c", {.type = type("bigint"), .generated = Generated{text("1"), "stored"}}))) ==
        "RW103");
  // The scan for NULLs is the hazard of a backfill, not a missing value.
  Column filled = kInteger;
  filled.backfill = text("0");
  CHECK(codes(with_item().now(column("c", filled))) == "SC101");
}

TEST_CASE("columns that change") {
  const auto changed = [](const Column& was, const Column& now) {
    return codes(with_item().was(column("c", was)).now(column("c", now)));
  };
  CHECK(changed(kNullable, kInteger) == "SC101 BC105");
  CHECK(changed(kInteger, kNullable) == "BC112");
  CHECK(changed(kInteger, {.type = type("bigint")}) == "RW105 BC104 PF103");
  CHECK(changed({.type = type("bigint")}, kInteger) == "DS110 RW105 BC104 PF103");
  CHECK(changed({.type = type("character varying", {"9"})}, {.type = type("text")}) == "PF103");
}

TEST_CASE("constraints and indexes on tables that have rows") {
  const std::vector<Ident> c{Ident("c")};
  const auto added = [](const Object& object) {
    return codes(with_item().both(column("c", kInteger)).now(object));
  };
  CHECK(added(in_item(primary_key_kind, "k", PrimaryKey{.columns = c})) == "SC106");
  CHECK(added(in_item(unique_kind, "k", Unique{.columns = c})) == "SC106 BC118");
  CHECK(added(in_item(check_kind, "k", Check{.expression = text("c > 0")})) == "SC102 BC118");
  CHECK(added(in_item(check_kind, "k", Check{.expression = text("c > 0"), .not_valid = true})) ==
        "BC118");
  CHECK(added(in_item(foreign_key_kind, "k",
                      ForeignKey{.columns = c, .references = shop("item")})) == "SC104 BC118");
  CHECK(added(make(index_kind, {"shop", "i"}, Index{.keys = {{.column = Ident("c")}}},
                   item_id())) == "LK110");
}

TEST_CASE("a new table has no hazards") {
  CHECK(codes(Bench()
                  .now(item())
                  .now(column("c", kInteger))
                  .now(in_item(unique_kind, "k", Unique{.columns = {Ident("c")}}))
                  .now(make(index_kind, {"shop", "i"}, Index{.keys = {{.column = Ident("c")}}},
                            item_id()))) == "");
}

TEST_CASE("tables that are written anew as a whole") {
  const auto changed = [](const Table& was, const Table& now) {
    return codes(Bench()
                     .was(make(table_kind, {"shop", "item"}, was))
                     .now(make(table_kind, {"shop", "item"}, now)));
  };
  CHECK(changed({}, {.unlogged = true}) == "DS114 RW107");
  CHECK(changed({.unlogged = true}, {}) == "RW107");
  CHECK(changed({}, {.tablespace = Ident("fast")}) == "RW108");
  CHECK(changed({}, {.access_method = Ident("columnar")}) == "RW109");
  CHECK(changed({}, {.with = {{"fillfactor", "70"}}}) == "");
}

TEST_CASE("an enum that loses a value is replaced, with all columns that have it") {
  const auto state = [](std::vector<EnumLabel> labels) {
    return make(enum_kind, {"shop", "state"}, Enum{std::move(labels)});
  };
  Object c = column("c", {.type = {shop("state"), {}, 0}});
  c.depends = {{ObjectId(enum_kind, {"shop", "state"}), EdgeKind::hard}};
  CHECK(codes(with_item().was(state({{"a", ""}, {"b", ""}})).now(state({{"a", ""}})).both(c)) ==
        "DS116 RW105 PF103");
  CHECK(codes(with_item().was(state({{"a", ""}})).now(state({{"a", ""}, {"b", ""}})).both(c)) ==
        "IR103");
}

TEST_CASE("constraints of a domain read the tables that use it") {
  const Object domain = make(domain_kind, {"shop", "code"}, Domain{.type = type("text")});
  CHECK(codes(Bench().both(domain).now(make(check_kind, {"shop", "code", "k"},
                                            Check{.expression = text("value <> ''")},
                                            domain.id))) == "SC111 BC118");
  CHECK(codes(Bench().was(domain).now(
            make(domain_kind, {"shop", "code"}, Domain{.type = type("text"), .not_null = true}))) ==
        "SC111");
}

TEST_CASE("what running programs rely on") {
  const std::vector<Ident> c{Ident("c")};
  const Object key = in_item(unique_kind, "k", Unique{.columns = c});
  CHECK(codes(with_item().both(column("c", kInteger)).was(key)) == "BC110");
  CHECK(codes(with_item().both(column("c", kInteger)).was(initial_of("c", "0"))) == "BC105");
  CHECK(codes(with_item().was(column("c", kInteger)).was(initial_of("c", "0"))) == "DS103");
  CHECK(codes(Bench()
                  .was(make(enum_kind, {"shop", "state"}, Enum{{{"a", ""}}}))
                  .now(make(enum_kind, {"shop", "state"}, Enum{{{"b", "a"}}}))) == "BC108");
}

TEST_CASE("rows that get the time of the migration") {
  const auto added = [](std::string expression) {
    return codes(with_item()
                     .now(column("c", {.type = type("timestamp with time zone")}))
                     .now(initial_of("c", std::move(expression))));
  };
  CHECK(added("now()") == "PF114");
  CHECK(added("CURRENT_TIMESTAMP") == "PF114");
  CHECK(added("'2024-01-01'") == "");
  CHECK(codes(Bench()
                  .now(item())
                  .now(column("c", {.type = type("timestamp with time zone")}))
                  .now(initial_of("c", "now()"))) == "");
}

TEST_CASE("rights that come with what is new") {
  Function plain;
  plain.language = Ident("sql");
  plain.returns = type("integer");
  plain.body = "select 1";
  Function definer = plain;
  definer.security_definer = true;
  Function safe = definer;
  safe.settings = {{"search_path", "pg_catalog"}};
  const auto with = [](const Function& function) {
    return Bench().now(make(function_kind, {"shop", "f", ""}, function));
  };
  CHECK(codes(with(plain)) == "SEC107");
  CHECK(codes(with(definer)) == "SEC105 SEC107");
  CHECK(codes(with(safe)) == "SEC107");
  Object revoke = make(revoke_kind, {"function", "shop", "f", "", "public"},
                       Revoke{.privileges = {{"execute", {}}}, .role = Ident("public")},
                       ObjectId(function_kind, {"shop", "f", ""}));
  CHECK(codes(with(plain).now(revoke)) == "");
}

TEST_CASE("row security without policies") {
  const Object security = make(row_security_kind, {"shop", "item"}, RowSecurity{}, item_id());
  const Object policy = in_item(policy_kind, "own", Policy{.expression = text("true")});
  CHECK(codes(with_item().now(security)) == "LK122 SEC102");
  CHECK(codes(with_item().now(security).now(policy)) == "LK122 LK122");
  CHECK(codes(with_item().both(security).was(policy)) == "LK122 SEC103");
}

}  // namespace schemac::postgres
