#include <catch2/catch.hpp>

#include "compiler/sqltext/sqltext.h"

using namespace schemac;

namespace {

std::string show(const QName& name) {
  return name.schema.empty() ? name.name.text : name.schema.text + "." + name.name.text;
}
std::string show(const RelationName& relation) {
  const std::string name = show(relation.name);
  return relation.alias == relation.name.name ? name : name + " as " + relation.alias.text;
}
std::string show(const ColumnName& column) {
  std::string out;
  for (const Ident* part : {&column.schema, &column.table})
    if (!part->empty()) out += part->text + ".";
  return out + column.name.text;
}
template <class T>
std::vector<std::string> show(const std::vector<T>& list) {
  std::vector<std::string> out;
  for (const T& item : list) out.push_back(show(item));
  return out;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("an expression's columns, functions, types and collations are found") {
  const TextNames names = names_in("lower(c.name collate \"C\") || shop.f(x)::shop.label || y::int",
                                   TextForm::expression);
  CHECK(show(names.columns) == Names{"x", "y", "c.name"});
  CHECK(show(names.functions) == Names{"lower", "shop.f"});
  CHECK(show(names.types) == Names{"shop.label"});
  CHECK(show(names.collations) == Names{"C"});
  CHECK(names.relations.empty());
}

TEST_CASE("a query's relations carry their aliases") {
  const TextNames names = names_in(
      "select o.*, count(*) from shop.\"Order\" o join customer using (id) left join (select 1 "
      "from "
      "deep) d on true where exists (select from lateral_one where o.x = 1)",
      TextForm::query);
  CHECK(show(names.relations) == Names{"customer", "deep", "lateral_one", "shop.Order as o"});
  CHECK(show(names.columns) == Names{"id", "o.*", "o.x"});
}

TEST_CASE("common table expressions are no relations where they are in sight, and only there") {
  CHECK(show(names_in("with a as (select 1 from b), c as (select * from a) select * from a, c, d",
                      TextForm::query)
                 .relations) == Names{"b", "d"});
  CHECK(show(names_in("select * from (with a as (select 1) select * from a) x, a", TextForm::query)
                 .relations) == Names{"a"});
  // Not recursive: the name inside is the table's.
  CHECK(show(names_in("with t as (select * from t) select * from t", TextForm::query).relations) ==
        Names{"t"});
  CHECK(show(names_in("with recursive t as (select 1 union all select * from t) select * from t",
                      TextForm::query)
                 .relations)
            .empty());
  CHECK(show(names_in("with a as (select 1) select * from s.a", TextForm::query).relations) ==
        Names{"s.a"});
}

TEST_CASE("literals that name objects are found") {
  const TextNames names = names_in(
      "nextval('shop.\"Order_id_seq\"') + nextval('plain'::regclass) + 'T'::regclass::oid::int + "
      "'money'::regtype::oid::int",
      TextForm::expression);
  CHECK(show(names.regclasses) == Names{"plain", "t", "shop.Order_id_seq"});
  CHECK(show(names.types) == Names{"money", "oid", "regclass", "regtype"});
}

TEST_CASE("statements name what they write") {
  const TextNames names = names_in(
      "insert into log (at, who) values (now(), $1) on conflict (at) do update set who = "
      "excluded.who;"
      "update stock s set n = n - 1 from item i where i.id = s.item; delete from old using gone g; "
      "return f(1)",
      TextForm::statements);
  CHECK(show(names.relations) == Names{"gone as g", "item as i", "log", "old", "stock as s"});
  CHECK(show(names.columns) ==
        Names{"n", "excluded.who", "i.id", "log.at", "log.who", "s.item", "s.n"});
  CHECK(show(names.functions) == Names{"f", "now"});
}

TEST_CASE("of a text that came after the parser its words tell what it may name") {
  const auto uses = [](std::string_view text, TextForm form) {
    const TextFacts facts = inspect_text(text, form);
    REQUIRE(facts.error);
    CHECK(facts.readable());
    static constexpr std::string_view kWhat[] = {"relation ", "function ", "type "};
    Names out;
    for (const NameUse& use : facts.uses)
      out.push_back(std::string(kWhat[static_cast<int>(use.what)]) + show(use.name));
    return out;
  };
  CHECK(uses("with x as (select * from shop.\"Order\") select x.id, label(p.n)::shop.tag from x, "
             "json_table(x.data, '$[*]' columns (n int path '$.n', m shop.kind path '$')) p "
             "join only part on extract(year from at) is distinct from other",
             TextForm::query) == Names{"relation shop.Order", "function label", "type shop.tag",
                                       "function json_table", "type shop.kind", "relation part"});
  CHECK(uses("merge into stock s using delivery d on d.id = s.id when not matched by source then "
             "delete returning old.id",
             TextForm::statements) == Names{"relation stock", "relation delivery"});
  CHECK(uses("body is json and n < 1_000", TextForm::expression).empty());
  const TextFacts facts = inspect_text("body is json", TextForm::expression);
  CHECK(facts.columns.front().name.text == "body");
  CHECK_FALSE(inspect_text("body and", TextForm::expression).readable());
}

TEST_CASE("text is checked in its form, with the place of what is wrong") {
  const auto at = [](std::string_view text, TextForm form) {
    const auto error = check_text(text, form);
    return error ? static_cast<int>(error->offset) : -1;
  };
  CHECK(at("a + 1", TextForm::expression) == -1);
  CHECK(at("a + + ) 1", TextForm::expression) == 6);
  CHECK(at("'ü' || 'é' ) 1", TextForm::expression) == 13);
  CHECK(at("a + ", TextForm::expression) == 3);
  for (const char* text :
       {"", "a, b", "a b", "a as b", "1 from t", "*", "1; select 2", "distinct a", "a order by 1",
        "-- nothing", "a limit 1", "1 union select 2"})
    CHECK(at(text, TextForm::expression) == 0);
  CHECK(at("select 1", TextForm::query) == -1);
  CHECK(at("values (1)", TextForm::query) == -1);
  for (const char* text : {"", "delete from t", "select 1 into t", "select 1; select 2"})
    CHECK(at(text, TextForm::query) == 0);
  for (const char* text : {"", "select 1", "select 1;", "select 1; -- done", "return 1",
                           "select 1;\nreturn a + 1;\n", "select 1 -- a;"})
    CHECK(at(text, TextForm::statements) == -1);
  CHECK(at("select 1; selekt 2", TextForm::statements) == 10);
  CHECK(at(std::string_view("a\0b", 3), TextForm::expression) == 1);
  CHECK(check_text("select 1; end; drop table t", TextForm::statements).has_value());
}

TEST_CASE("deep and huge text is parsed or refused, never a crash") {
  const auto repeat = [](std::string_view what, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += what;
    return out;
  };
  CHECK_FALSE(check_text("1" + repeat("+1", 4'000), TextForm::expression));
  CHECK_FALSE(check_text("1 in (1" + repeat(",1", 200'000) + ")", TextForm::expression));
  CHECK_FALSE(
      check_text(repeat("(select ", 1'200) + "1" + repeat(")", 1'200), TextForm::expression));
  for (const auto& [open, close] :
       {std::pair("(", ")"), std::pair("f(", ")"), std::pair("-", ""), std::pair("not ", ""),
        std::pair("(select ", ")"), std::pair("array[", "]"),
        std::pair("case when ", " then 1 end")})
    for (int count : {700, 3'000, 100'000}) {
      const std::string text = repeat(open, count) + "1" + repeat(close, count);
      const auto error = check_text(text, TextForm::expression);
      if (count == 100'000) CHECK(error.has_value());
    }
  const std::string chain = "1" + repeat("::int", 100'000);
  CHECK(check_text(chain, TextForm::expression)->message == "this nests too deeply");
  const std::string sum = "a" + repeat(" + a", 5'000);
  CHECK(same_text(sum, "  " + sum, TextForm::expression));
  CHECK(names_in(sum, TextForm::expression).columns.size() == 1);
}
