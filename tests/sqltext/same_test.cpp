#include <catch2/catch.hpp>

#include "compiler/sqltext/sqltext.h"

using namespace schemac;

TEST_CASE("texts are the same by their trees") {
  const auto same = [](std::string_view a, std::string_view b) {
    return same_text(a, b, TextForm::expression);
  };
  CHECK(same("a+1", "A  + /* one */ 1"));
  CHECK(same("((a)) > (0)", "a > 0"));
  CHECK(same("cast(a as int)", "a::integer"));
  CHECK(same("a::int", "a::pg_catalog.int4"));
  CHECK(same("a::varchar(10)", "a::character varying(10)"));
  CHECK(same("pg_catalog.now()", "now()"));
  CHECK(same("a != b", "a <> b"));
  CHECK(same("\"a\"", "a"));
  CHECK(same("oops oops oops", "oops  oops oops"));
  CHECK_FALSE(same("a + 1", "a + 2"));
  CHECK_FALSE(same("a and b", "a or b"));
  CHECK_FALSE(same("'a'", "'b'"));
  CHECK_FALSE(same("'1'", "1"));
  CHECK_FALSE(same("\"A\"", "a"));
  CHECK_FALSE(same("a::varchar(10)", "a::varchar(11)"));
  CHECK_FALSE(same("a in (1, 2)", "a in (1, 2, 3)"));
  CHECK_FALSE(same("true", "false"));
  CHECK_FALSE(same("null", "true"));
  CHECK_FALSE(same("oops oops oops", "oops oops"));
  CHECK(same_text("select a from t where b", "SELECT a\nFROM t WHERE (b)", TextForm::query));
  CHECK_FALSE(same_text("select a from t", "select a from t order by 1", TextForm::query));
  CHECK_FALSE(same_text("select a from t", "select distinct a from t", TextForm::query));
  CHECK(same_text("select 1; return 2", "select 1;\nreturn 2;", TextForm::statements));
}

TEST_CASE("names of expressions are those that the server derives") {
  CHECK(derived_name("a") == "a");
  CHECK(derived_name("t.a") == "a");
  CHECK(derived_name("lower(a)") == "lower");
  CHECK(derived_name("pg_catalog.lower(a)") == "lower");
  CHECK(derived_name("a + 1").empty());
  CHECK(derived_name("(a + 1)::text") == "text");
  CHECK(derived_name("(a + 1)::int") == "int4");
  CHECK(derived_name("lower(a)::text") == "lower");
  CHECK(derived_name("coalesce(a, b)") == "coalesce");
  CHECK(derived_name("case when a then 1 else b end") == "b");
  CHECK(derived_name("case when a then b end") == "case");
  CHECK(derived_name("case when a then b else 1::int end") == "case");
  CHECK(derived_name("(a).b") == "b");
  CHECK(derived_name("a[1]") == "a");
  CHECK(derived_name("(f(a))[1]") == "f");
  CHECK(derived_name("array[1]") == "array");
  CHECK(derived_name("row(1, 2)") == "row");
  CHECK(derived_name("greatest(a, b)") == "greatest");
  CHECK(derived_name("least(a, b)") == "least");
  CHECK(derived_name("nullif(a, b)") == "nullif");
  CHECK(derived_name("current_date") == "current_date");
  CHECK(derived_name("extract(year from a)") == "extract");
  CHECK(derived_name("a collate \"C\"") == "a");
  CHECK(derived_name("exists (select 1)") == "exists");
  CHECK(derived_name("(select max(x) from t)") == "max");
  CHECK(derived_name("xmlelement(name a)") == "xmlelement");
  CHECK(derived_name("a is null").empty());
  CHECK(derived_name(")").empty());
}

TEST_CASE("output columns are told where the text tells") {
  const auto columns = [](std::string_view query) -> std::string {
    const auto names = output_columns(query);
    if (!names) return "open";
    std::string out;
    for (const Ident& name : *names) out += (out.empty() ? "" : " ") + name.text;
    return out;
  };
  CHECK(columns("select a, b as c, lower(d) from t") == "a c lower");
  CHECK(columns("select a from t union select b from u") == "a");
  CHECK(columns("with x as (select 1) select q from x") == "q");
  CHECK(columns("select * from t") == "open");
  CHECK(columns("select t.* from t") == "open");
  CHECK(columns("select 1") == "open");
  CHECK(columns("values (1)") == "open");
  CHECK(columns("nonsense") == "open");
}

TEST_CASE("a view keeps its output where columns are only added behind") {
  CHECK(keeps_output("select a from t", "select a, b from t"));
  CHECK(keeps_output("select a from t", "select a from t where c"));
  CHECK_FALSE(keeps_output("select a, b from t", "select a from t"));
  CHECK_FALSE(keeps_output("select a from t", "select b, a from t"));
  CHECK_FALSE(keeps_output("select a as x from t", "select a as y from t"));
  CHECK_FALSE(keeps_output("select a from t", "select a from u"));
  CHECK_FALSE(keeps_output("select a::int from t", "select a::text from t"));
}

TEST_CASE("texts that came after the parser are compared by their words") {
  CHECK(same_text("body IS JSON", "Body is /* what */ json", TextForm::expression));
  CHECK_FALSE(same_text("body is json", "\"Body\" is json", TextForm::expression));
  CHECK_FALSE(same_text("body is json", "body is json object", TextForm::expression));
  CHECK(same_text("x is json and n < 1_000", "x is json and n<1_000", TextForm::expression));
}
