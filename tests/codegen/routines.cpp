#include <catch2/catch.hpp>

#include "compiler/kinds/function.h"
#include "compiler/kinds/procedure.h"
#include "compiler/kinds/trigger.h"
#include "tests/codegen/bench.h"

namespace schemac::postgres {
namespace {

Object function(const Function& value, std::string_view signature = "integer") {
  return make(function_kind, {"shop", "f", signature}, value);
}
const Function kPlain{.arguments = {{.name = Ident("a"), .type = type("integer")}},
                      .returns = type("integer"),
                      .body = "select a"};

std::string redefined(const Function& now) {
  return sql_of(Bench().alter("body", function(kPlain), function(now)));
}

}  // namespace

TEST_CASE("functions are written a clause a line") {
  CHECK(sql_of(Bench().create(function(kPlain))) ==
        "CREATE FUNCTION shop.f(a integer) RETURNS integer\n"
        "    LANGUAGE sql\n"
        "    AS $$select a$$;");
  const Function rich{
      .arguments = {{.name = Ident("time"), .type = type("integer"), .initial = text("0")},
                    {.mode = "out", .name = Ident("b"), .type = type("text")},
                    {.mode = "variadic", .type = array_of(type("text"))}},
      .returns_set = true,
      .returns = type("text"),
      .language = Ident("plpgsql"),
      .window = true,
      .volatility = "immutable",
      .leakproof = true,
      .strict = true,
      .security_definer = true,
      .parallel = "safe",
      .cost = "0.5",
      .rows = "10",
      .support = shop("helper"),
      .settings = {{"search_path", "shop, \"$user\", \"My Schema\""},
                   {"work_mem", "64MB"},
                   {"app.depth", "5"}},
      .body = "\nbegin\nend\n"};
  CHECK(sql_of(Bench().create(function(rich, "integer, text[]"))) ==
        "CREATE FUNCTION shop.f(\"time\" integer DEFAULT 0, OUT b text, VARIADIC text[])"
        " RETURNS SETOF text\n"
        "    LANGUAGE plpgsql WINDOW IMMUTABLE LEAKPROOF STRICT SECURITY DEFINER PARALLEL SAFE"
        " COST 0.5 ROWS 10 SUPPORT shop.helper\n"
        "    SET search_path = shop, '$user', 'My Schema'\n"
        "    SET work_mem = '64MB'\n"
        "    SET app.depth = 5\n"
        "    AS $$\nbegin\nend\n$$;");
  CHECK(sql_of(Bench().drop(function(rich, "integer, text[]"))) ==
        "DROP FUNCTION shop.f(integer, VARIADIC text[]);");
}

TEST_CASE("functions have one of four bodies") {
  Function f = kPlain;
  f.body.reset();
  f.expression = text("a + 1");
  CHECK(sql_of(Bench().create(function(f))).ends_with("LANGUAGE sql\nRETURN a + 1;"));
  f.expression.reset();
  f.atomic = text("select 1;\nselect a");
  CHECK(sql_of(Bench().create(function(f)))
            .ends_with("LANGUAGE sql\nBEGIN ATOMIC\nselect 1;\nselect a;\nEND;"));
  f.atomic.reset();
  f.language = Ident("c");
  f.library = "$libdir/x";
  f.body = "sym";
  CHECK(sql_of(Bench().create(function(f))).ends_with("LANGUAGE c\n    AS '$libdir/x', 'sym';"));
  f.library.reset();
  f.language = Ident("internal");
  CHECK(sql_of(Bench().create(function(f))).ends_with("LANGUAGE internal\n    AS 'sym';"));
}

TEST_CASE("functions that return a table") {
  Function f = kPlain;
  f.returns.reset();
  f.returns_table = {{Ident("id"), type("bigint")}, {Ident("values"), type("text")}};
  CHECK(sql_of(Bench().create(function(f)))
            .starts_with("CREATE FUNCTION shop.f(a integer) RETURNS TABLE (id bigint, "
                         "\"values\" text)\n"));
}

TEST_CASE("a function is replaced in place as long as its callers see the same") {
  Function now = kPlain;
  now.body = "select a + 1";
  CHECK(redefined(now) ==
        "CREATE OR REPLACE FUNCTION shop.f(a integer) RETURNS integer\n"
        "    LANGUAGE sql\n"
        "    AS $$select a + 1$$;");
  now.arguments[0].initial = text("0");
  CHECK(redefined(now).starts_with("CREATE OR REPLACE FUNCTION shop.f(a integer DEFAULT 0)"));
  now.arguments[0].name = Ident("b");
  CHECK(redefined(now) == "replace");
  Function with_default = kPlain;
  with_default.arguments[0].initial = text("0");
  CHECK(sql_of(Bench().alter("arguments", function(with_default), function(kPlain))) == "replace");
  for (const char* field : {"returns", "returns_set", "returns_table", "window"})
    CHECK(sql_of(Bench().alter(field, function(kPlain), function(kPlain))) == "replace");
}

TEST_CASE("a routine is renamed by its signature") {
  const Object now = make(function_kind, {"shop", "g", "integer"}, kPlain);
  CHECK(sql_of(Bench().rename(function(kPlain), now)) ==
        "ALTER FUNCTION shop.f(integer) RENAME TO g;");
}

TEST_CASE("procedures") {
  const Procedure plain{.arguments = {{.mode = "inout", .name = Ident("n"), .type = type("text")}},
                        .language = Ident("plpgsql"),
                        .body = "begin end"};
  Procedure rich = plain;
  rich.security_definer = true;
  rich.settings = {{"search_path", ""}};
  const auto procedure = [](const Procedure& value) {
    return make(procedure_kind, {"shop", "p", "text"}, value);
  };
  CHECK(sql_of(Bench().create(procedure(plain))) ==
        "CREATE PROCEDURE shop.p(INOUT n text)\n"
        "    LANGUAGE plpgsql\n"
        "    AS $$begin end$$;");
  CHECK(sql_of(Bench().alter("settings", procedure(plain), procedure(rich))) ==
        "CREATE OR REPLACE PROCEDURE shop.p(INOUT n text)\n"
        "    LANGUAGE plpgsql SECURITY DEFINER\n"
        "    SET search_path = ''\n"
        "    AS $$begin end$$;");
  CHECK(sql_of(Bench().drop(procedure(plain))) == "DROP PROCEDURE shop.p(text);");
  CHECK(sql_of(
            Bench().rename(procedure(plain), make(procedure_kind, {"shop", "q", "text"}, plain))) ==
        "ALTER PROCEDURE shop.p(text) RENAME TO q;");
}

TEST_CASE("triggers") {
  const auto trigger = [](const Trigger& value) { return in_item(trigger_kind, "touch", value); };
  const Trigger plain{.timing = "before",
                      .events = {{"insert", {}}, {"update", {Ident("a"), Ident("b")}}},
                      .level = "row",
                      .call = {shop("touched"), {"x'y"}}};
  Bench bench;
  bench.both(item());
  const std::string body =
      "TRIGGER touch\n"
      "    BEFORE INSERT OR UPDATE OF a, b ON shop.item\n"
      "    FOR EACH ROW\n"
      "    EXECUTE FUNCTION shop.touched('x''y');";
  CHECK(sql_of(bench.create(trigger(plain))) == "CREATE " + body);
  CHECK(facts_of(bench.create(trigger(plain))[0]) == "table shop.item SHARE ROW EXCLUSIVE");
  CHECK(sql_of(bench.drop(trigger(plain))) == "DROP TRIGGER touch ON shop.item;");
  CHECK(sql_of(bench.rename(trigger(plain), in_item(trigger_kind, "poke", plain))) ==
        "ALTER TRIGGER touch ON shop.item RENAME TO poke;");

  Trigger off = plain;
  off.enabled = "disabled";
  CHECK(sql_of(bench.create(trigger(off))) ==
        "CREATE " + body + "\nALTER TABLE shop.item DISABLE TRIGGER touch;");
  CHECK(sql_of(bench.alter("enabled", trigger(off), trigger(plain))) ==
        "ALTER TABLE shop.item ENABLE TRIGGER touch;");
  off.enabled = "always";
  CHECK(sql_of(bench.alter("enabled", trigger(plain), trigger(off))) ==
        "ALTER TABLE shop.item ENABLE ALWAYS TRIGGER touch;");

  Trigger changed = plain;
  changed.when = text("new.a > 0");
  CHECK(sql_of(bench.alter("when", trigger(plain), trigger(changed)))
            .starts_with("CREATE OR REPLACE TRIGGER touch\n"));
  bench.version = 13;
  CHECK(sql_of(bench.alter("when", trigger(plain), trigger(changed))) == "replace");
}

TEST_CASE("constraint triggers and transition tables") {
  Bench bench;
  bench.both(item());
  const Trigger constraint{.constraint = true,
                           .timing = "after",
                           .events = {{"delete", {}}},
                           .from = shop("place"),
                           .deferrable = true,
                           .initially_deferred = true,
                           .level = "row",
                           .when = text("old.a > 0"),
                           .call = {shop("touched"), {}}};
  const Object object = in_item(trigger_kind, "t", constraint);
  CHECK(sql_of(bench.create(object)) ==
        "CREATE CONSTRAINT TRIGGER t\n"
        "    AFTER DELETE ON shop.item\n"
        "    FROM shop.place DEFERRABLE INITIALLY DEFERRED\n"
        "    FOR EACH ROW WHEN (old.a > 0)\n"
        "    EXECUTE FUNCTION shop.touched();");
  Trigger later = constraint;
  later.when.reset();
  CHECK(sql_of(bench.alter("when", object, in_item(trigger_kind, "t", later))) == "replace");
  const Trigger transition{.timing = "after",
                           .events = {{"update", {}}},
                           .old_table = Ident("was"),
                           .new_table = Ident("now"),
                           .call = {shop("touched"), {}}};
  CHECK(sql_of(bench.create(in_item(trigger_kind, "t", transition))) ==
        "CREATE TRIGGER t\n"
        "    AFTER UPDATE ON shop.item\n"
        "    REFERENCING OLD TABLE AS was NEW TABLE AS now\n"
        "    FOR EACH STATEMENT\n"
        "    EXECUTE FUNCTION shop.touched();");
}

}  // namespace schemac::postgres
