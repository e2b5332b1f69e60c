#include <catch2/catch.hpp>

#include "compiler/kinds/attribute.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/domain.h"
#include "compiler/kinds/enum.h"
#include "compiler/kinds/sequence.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {
namespace {

Object state(const std::vector<EnumLabel>& labels) {
  return make(enum_kind, {"shop", "state"}, Enum{labels});
}
std::string relabelled(const std::vector<EnumLabel>& was, const std::vector<EnumLabel>& now) {
  return sql_of(Bench().alter("labels", state(was), state(now)));
}

}  // namespace

TEST_CASE("enums get new values anywhere") {
  CHECK(sql_of(Bench().create(state({{"a", ""}, {"it's", ""}}))) ==
        "CREATE TYPE shop.state AS ENUM ('a', 'it''s');");
  CHECK(sql_of(Bench().drop(state({}))) == "DROP TYPE shop.state;");
  const std::string add = "ALTER TYPE shop.state ADD VALUE ";
  CHECK(relabelled({{"a", ""}}, {{"a", ""}, {"b", ""}, {"c", ""}}) ==
        add + "'b';\n" + add + "'c';");
  CHECK(relabelled({{"c", ""}}, {{"a", ""}, {"b", ""}, {"c", ""}}) ==
        add + "'a' BEFORE 'c';\n" + add + "'b' AFTER 'a';");
  CHECK(relabelled({{"a", ""}, {"c", ""}}, {{"a", ""}, {"b", ""}, {"c", ""}}) ==
        add + "'b' AFTER 'a';");
  const auto added = Bench().alter("labels", state({{"a", ""}}), state({{"a", ""}, {"b", ""}}));
  CHECK(added->at(0).tx == Tx::commit_after);
}

TEST_CASE("enum values are renamed by was, while the former name is there and the new one is not") {
  const std::string rename = "ALTER TYPE shop.state RENAME VALUE ";
  CHECK(relabelled({{"old", ""}, {"x", ""}}, {{"new", "old"}, {"x", ""}}) ==
        rename + "'old' TO 'new';");
  CHECK(relabelled({{"old", ""}}, {{"new", "old"}, {"y", ""}}) ==
        rename + "'old' TO 'new';\nALTER TYPE shop.state ADD VALUE 'y';");
  // The way back.
  CHECK(relabelled({{"new", "old"}}, {{"old", ""}}) == rename + "'new' TO 'old';");
  // Applied long ago: nothing to do.
  CHECK(relabelled({{"new", ""}}, {{"new", "old"}}).empty());
}

TEST_CASE("an enum that loses or moves a value is replaced, its renames made before") {
  CHECK(relabelled({{"a", ""}, {"b", ""}}, {{"a", ""}}) == "replace");
  CHECK(relabelled({{"a", ""}, {"b", ""}}, {{"b", ""}, {"a", ""}}) == "replace");
  Bench bench;
  bench.was(state({{"a", ""}, {"b", ""}})).now(state({{"c", "a"}}));
  bench.with_context([&](const Context& plan) {
    const Object* was = bench.from.find(ObjectId(enum_kind, {"shop", "state"}));
    CHECK(sql_of(rules_of(enum_kind).retire(*was, plan)) ==
          "ALTER TYPE shop.state RENAME VALUE 'a' TO 'c';\n"
          "ALTER TYPE shop.state RENAME TO state__retired;");
    CHECK(sql_of(rules_of(enum_kind).drop_retired(*was, plan)) == "DROP TYPE shop.state__retired;");
  });
}

TEST_CASE("domains") {
  const Object plain = make(domain_kind, {"shop", "code"}, Domain{.type = type("text")});
  const Object rich = make(domain_kind, {"shop", "code"},
                           Domain{.type = type("character varying", {"9"}),
                                  .collation = QName{{}, Ident("C")},
                                  .initial = text("'x'"),
                                  .not_null = true});
  Bench bench;
  bench.both(plain);
  CHECK(sql_of(bench.create(plain)) == "CREATE DOMAIN shop.code AS text;");
  CHECK(bench.create(plain)[0].style == Elements::appended);
  CHECK(sql_of(bench.create(rich)) ==
        "CREATE DOMAIN shop.code AS character varying(9) COLLATE \"C\" DEFAULT 'x' NOT NULL;");
  CHECK(sql_of(bench.drop(plain)) == "DROP DOMAIN shop.code;");
  CHECK(sql_of(bench.alter("default", plain, rich)) == "ALTER DOMAIN shop.code SET DEFAULT 'x';");
  CHECK(sql_of(bench.alter("default", rich, plain)) == "ALTER DOMAIN shop.code DROP DEFAULT;");
  CHECK(sql_of(bench.alter("not_null", plain, rich)) == "ALTER DOMAIN shop.code SET NOT NULL;");
  CHECK(facts_of(bench.alter("not_null", plain, rich)->at(0)) == "domain shop.code SHARE scans");
  CHECK(sql_of(bench.alter("not_null", rich, plain)) == "ALTER DOMAIN shop.code DROP NOT NULL;");
  CHECK(sql_of(bench.alter("type", plain, rich)) == "replace");
  CHECK(sql_of(bench.alter("collation", plain, rich)) == "replace");
  bench.with_context([&](const Context& plan) {
    CHECK(sql_of(rules_of(domain_kind).retire(plain, plan)) ==
          "ALTER DOMAIN shop.code RENAME TO code__retired;");
    CHECK(sql_of(rules_of(domain_kind).drop_retired(plain, plan)) ==
          "DROP DOMAIN shop.code__retired;");
  });
}

TEST_CASE("composite types and their attributes") {
  const Object money = make(composite_type_kind, {"shop", "money"}, CompositeType{});
  const auto attribute = [&](std::string_view name, const Attribute& value) {
    return make(attribute_kind, {"shop", "money", name}, value, money.id);
  };
  const Object amount = attribute("amount", {.type = type("numeric")});
  const Object named =
      attribute("amount", {.type = type("text"), .collation = QName{{}, Ident("C")}});
  const Bench bench;
  CHECK(sql_of(bench.create(money)) == "CREATE TYPE shop.money AS ();");
  CHECK(sql_of(bench.drop(money)) == "DROP TYPE shop.money;");
  CHECK(sql_of(bench.create(named)) ==
        "ALTER TYPE shop.money ADD ATTRIBUTE amount text COLLATE \"C\";");
  CHECK(render(bench.create(named)[0].folded, dialect()) == "amount text COLLATE \"C\"");
  CHECK(sql_of(bench.drop(amount)) == "ALTER TYPE shop.money DROP ATTRIBUTE amount;");
  CHECK(bench.drop(amount)[0].loss == Loss::rows);
  CHECK(sql_of(bench.rename(amount, attribute("sum", {.type = type("numeric")}))) ==
        "ALTER TYPE shop.money RENAME ATTRIBUTE amount TO sum;");
  CHECK(sql_of(bench.alter("type", amount, named)) ==
        "ALTER TYPE shop.money ALTER ATTRIBUTE amount TYPE text COLLATE \"C\";");
}

TEST_CASE("sequences") {
  const auto sequence = [](const Sequence& value, ObjectId parent = {}) {
    return make(sequence_kind, {"shop", "no"}, value, std::move(parent));
  };
  const Object plain = sequence({});
  Sequence counted;
  counted.unlogged = true;
  counted.type = type("integer");
  counted.options = {
      .start = 5, .increment = -1, .minvalue = -9, .maxvalue = 9, .cache = 2, .cycle = true};
  Bench bench;
  bench.both(plain);
  CHECK(sql_of(bench.create(plain)) == "CREATE SEQUENCE shop.no;");
  CHECK(sql_of(bench.create(sequence(counted))) ==
        "CREATE UNLOGGED SEQUENCE shop.no AS integer START WITH 5 INCREMENT BY -1 MINVALUE -9"
        " MAXVALUE 9 CACHE 2 CYCLE;");
  CHECK(sql_of(bench.drop(plain)) == "DROP SEQUENCE shop.no;");
  CHECK(sql_of(bench.alter("options", plain, sequence(counted))) ==
        "ALTER SEQUENCE shop.no AS integer START WITH 5 INCREMENT BY -1 MINVALUE -9 MAXVALUE 9"
        " CACHE 2 CYCLE RESTART;");
  CHECK(sql_of(bench.alter("options", sequence(counted), plain)) ==
        "ALTER SEQUENCE shop.no AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 NO MAXVALUE"
        " CACHE 1 NO CYCLE RESTART;");
  CHECK(sql_of(bench.alter("unlogged", plain, sequence(counted))) ==
        "ALTER SEQUENCE shop.no SET UNLOGGED;");

  // A limit that moves takes the start along, which the server would not do.
  Sequence from_ten;
  from_ten.options.minvalue = 10;
  CHECK(sql_of(bench.alter("options", plain, sequence(from_ten))) ==
        "SELECT pg_catalog.setval('shop.no', 10, false) FROM shop.no WHERE last_value < 10;\n"
        "ALTER SEQUENCE shop.no START WITH 10 MINVALUE 10;");
  Sequence explicit_start;
  explicit_start.options.start = 1;
  CHECK(sql_of(bench.alter("options", plain, sequence(explicit_start))).empty());
}

TEST_CASE("a sequence comes before the column that owns it") {
  const ObjectId id(column_kind, {"shop", "item", "id"});
  Sequence owned;
  owned.owned_by = {Ident("shop"), Ident("item"), Ident("id")};
  const Object sequence = make(sequence_kind, {"shop", "no"}, owned, id);
  const Object free = make(sequence_kind, {"shop", "no"}, Sequence{});
  const Actions created = Bench().create(sequence);
  CHECK(sql_of(created) ==
        "CREATE SEQUENCE shop.no;\nALTER SEQUENCE shop.no OWNED BY shop.item.id;");
  CHECK(std::vector(created[0].without.begin(), created[0].without.end()) == std::vector{id});
  CHECK(created[1].late);
  CHECK(sql_of(Bench().alter("owned_by", free, sequence)) ==
        "ALTER SEQUENCE shop.no OWNED BY shop.item.id;");
  CHECK(sql_of(Bench().alter("owned_by", sequence, free)) ==
        "ALTER SEQUENCE shop.no OWNED BY NONE;");
}

}  // namespace schemac::postgres
