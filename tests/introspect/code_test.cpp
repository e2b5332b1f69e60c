// Views, functions, procedures and triggers.
#include <catch2/catch.hpp>

#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

TEST_CASE("views") {
  const Catalog catalog = read_after(R"sql(
    CREATE TABLE t (a int, b text, c numeric);
    CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
    CREATE VIEW v (x, y) WITH (security_barrier) AS SELECT a, b FROM t WHERE twice(a) > 1
      WITH LOCAL CHECK OPTION;
    CREATE VIEW w AS SELECT x FROM v;
    CREATE VIEW whole AS SELECT t FROM t;
    ALTER VIEW v ALTER y SET DEFAULT 'none';
    COMMENT ON VIEW v IS 'some';
    COMMENT ON COLUMN w.x IS 'first';
    CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT count(*) AS n FROM v WITH NO DATA;
    COMMENT ON COLUMN m.n IS 'how many';
  )sql")
                              .catalog;
  CHECK(fields(catalog, "view", {"public", "v"}) ==
        R"j({"with":[{"name":"security_barrier","value":"true"},)j"
        R"j({"name":"check_option","value":"local"}],)j"
        R"j("query":" SELECT t.a AS x,\n    t.b AS y\n   FROM public.t\n)j"
        R"j(  WHERE (public.twice(t.a) > 1)"})j");
  CHECK(edges(catalog, "view", {"public", "v"}) ==
        "function public.twice(integer) | column public.t.a | column public.t.b");
  CHECK(edges(catalog, "view", {"public", "w"}) == "view public.v");
  CHECK(edges(catalog, "view", {"public", "whole"}) == "table public.t");
  CHECK(fields(catalog, "view_column", {"public", "v", "y"}) == R"j({"default":"'none'::text"})j");
  CHECK(fields(catalog, "view_column", {"public", "w", "x"}) == "{}");
  CHECK(fields(catalog, "comment", {"view_column", "public", "w", "x"}) == R"j({"text":"first"})j");
  CHECK(fields(catalog, "comment", {"materialized_view_column", "public", "m", "n"}) ==
        R"j({"text":"how many"})j");
  CHECK(fields(catalog, "materialized_view", {"public", "m"}) ==
        R"j({"with":[{"name":"fillfactor","value":"70"}],)j"
        R"j("query":" SELECT count(*) AS n\n   FROM public.v","no_data":true})j");
  CHECK(edges(catalog, "materialized_view", {"public", "m"}) == "view public.v");
  CHECK(catalog.size() == 15);
}

namespace {

constexpr const char* kRoutines = R"sql(
    CREATE DOMAIN code AS text;
    CREATE TABLE t (a int);
    CREATE FUNCTION plain() RETURNS void LANGUAGE plpgsql AS $$ begin end $$;
    CREATE FUNCTION many(a int, character(3), c code[] DEFAULT '{a,b}', d numeric(9,2) DEFAULT 1,
                         VARIADIC rest text[] DEFAULT ARRAY['x', 'y'])
      RETURNS SETOF t LANGUAGE sql STABLE STRICT LEAKPROOF SECURITY DEFINER PARALLEL RESTRICTED
      COST 5.5 ROWS 20 SET search_path = public, pg_temp SET work_mem = '8MB'
      AS $$ SELECT * FROM t $$;
    CREATE FUNCTION outs(a int, OUT b int, INOUT c text, OUT code) LANGUAGE sql
      AS $$ SELECT 1, 'x', 'y'::code $$;
    CREATE FUNCTION rows(n int) RETURNS TABLE (x int, "Y" code) LANGUAGE sql
      BEGIN ATOMIC
        SELECT a, 'c'::code FROM t;
        SELECT 2, 'd'::code;
      END;
    CREATE FUNCTION sum_of(a int, b int) RETURNS int RETURN a + b;
    CREATE FUNCTION fast(text) RETURNS int LANGUAGE internal IMMUTABLE AS 'textlen';
    CREATE PROCEDURE work(a int, INOUT b text DEFAULT 'q') LANGUAGE plpgsql SECURITY DEFINER
      SET work_mem = '8MB' AS $$ begin b := 'z'; end $$;
    CREATE PROCEDURE parsed() BEGIN ATOMIC INSERT INTO t VALUES (1); END;
    COMMENT ON FUNCTION plain() IS 'nothing';
    COMMENT ON PROCEDURE work IS 'something';
)sql";

}  // namespace

TEST_CASE("functions") {
  const Catalog catalog = read_after(kRoutines).catalog;
  CHECK(fields(catalog, "function", {"public", "plain", ""}) ==
        R"j({"returns":{"name":"void"},"language":"plpgsql","body":" begin end "})j");
  CHECK(fields(catalog, "function",
               {"public", "many", "integer, character, public.code[], numeric, text[]"}) ==
        R"j({"arguments":[{"name":"a","type":{"name":"integer"}},{"type":{"name":"character"}},)j"
        R"j({"name":"c","type":{"name":["public","code"],"dimensions":1},)j"
        R"j("default":"'{a,b}'::public.code[]"},)j"
        R"j({"name":"d","type":{"name":"numeric"},"default":"1"},)j"
        R"j({"mode":"variadic","name":"rest","type":{"name":"text","dimensions":1},)j"
        R"j("default":"ARRAY['x'::text, 'y'::text]"}],"returns_set":true,)j"
        R"j("returns":{"name":["public","t"]},"volatility":"stable","leakproof":true,)j"
        R"j("strict":true,"security_definer":true,"parallel":"restricted","cost":"5.5",)j"
        R"j("rows":"20","settings":[{"name":"search_path","value":"public, pg_temp"},)j"
        R"j({"name":"work_mem","value":"8MB"}],"body":" SELECT * FROM t "})j");
  CHECK(edges(catalog, "function",
              {"public", "many", "integer, character, public.code[], numeric, text[]"}) ==
        "domain public.code | table public.t");
  CHECK(fields(catalog, "function", {"public", "outs", "integer, text"}) ==
        R"j({"arguments":[{"name":"a","type":{"name":"integer"}},)j"
        R"j({"mode":"out","name":"b","type":{"name":"integer"}},)j"
        R"j({"mode":"inout","name":"c","type":{"name":"text"}},)j"
        R"j({"mode":"out","type":{"name":["public","code"]}}],)j"
        R"j("body":" SELECT 1, 'x', 'y'::code "})j");
  CHECK(fields(catalog, "function", {"public", "rows", "integer"}) ==
        R"j({"arguments":[{"name":"n","type":{"name":"integer"}}],)j"
        R"j("returns_table":[{"name":"x","type":{"name":"integer"}},)j"
        R"j({"name":"Y","type":{"name":["public","code"]}}],)j"
        R"j("atomic":" SELECT t.a,\n     ('c'::text)::public.code AS code\n    FROM public.t;\n)j"
        R"j( SELECT 2,\n     ('d'::text)::public.code AS code;"})j");
  CHECK(edges(catalog, "function", {"public", "rows", "integer"}) ==
        "domain public.code | column public.t.a");
  CHECK(fields(catalog, "function", {"public", "sum_of", "integer, integer"}) ==
        R"j({"arguments":[{"name":"a","type":{"name":"integer"}},)j"
        R"j({"name":"b","type":{"name":"integer"}}],"returns":{"name":"integer"},)j"
        R"j("expression":"(a + b)"})j");
  CHECK(fields(catalog, "function", {"public", "fast", "text"}) ==
        R"j({"arguments":[{"type":{"name":"text"}}],"returns":{"name":"integer"},)j"
        R"j("language":"internal","volatility":"immutable","body":"textlen"})j");
  CHECK(fields(catalog, "comment", {"function", "public", "plain", ""}) ==
        R"j({"text":"nothing"})j");
}

TEST_CASE("procedures") {
  const Catalog catalog = read_after(kRoutines).catalog;
  CHECK(fields(catalog, "procedure", {"public", "work", "integer, text"}) ==
        R"j({"arguments":[{"name":"a","type":{"name":"integer"}},)j"
        R"j({"mode":"inout","name":"b","type":{"name":"text"},"default":"'q'::text"}],)j"
        R"j("language":"plpgsql","security_definer":true,)j"
        R"j("settings":[{"name":"work_mem","value":"8MB"}],"body":" begin b := 'z'; end "})j");
  CHECK(fields(catalog, "procedure", {"public", "parsed", ""}) ==
        R"j({"atomic":" INSERT INTO public.t (a)\n   VALUES (1);"})j");
  CHECK(fields(catalog, "comment", {"procedure", "public", "work", "integer, text"}) ==
        R"j({"text":"something"})j");
}

TEST_CASE("triggers") {
  const Catalog catalog = read_after(R"sql(
    CREATE TABLE t (a int, b text);
    CREATE TABLE other (a int PRIMARY KEY);
    ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES other;
    CREATE VIEW v AS SELECT * FROM t;
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ begin return new; end $$;
    CREATE TRIGGER touch BEFORE UPDATE OF b, a OR DELETE OR INSERT ON t FOR EACH ROW
      EXECUTE FUNCTION note('x', E'a\\b\\000', '', 'ä');
    CREATE TRIGGER changed AFTER UPDATE ON t FOR EACH ROW
      WHEN (old.b IS DISTINCT FROM new.b) EXECUTE FUNCTION note();
    CREATE TRIGGER emptied AFTER TRUNCATE ON t EXECUTE FUNCTION note();
    CREATE TRIGGER batch AFTER UPDATE ON t REFERENCING OLD TABLE AS was NEW TABLE AS "Now"
      FOR EACH STATEMENT EXECUTE FUNCTION note();
    CREATE TRIGGER instead INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION note();
    CREATE TRIGGER same BEFORE UPDATE ON t FOR EACH ROW
      EXECUTE FUNCTION suppress_redundant_updates_trigger();
    CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON t FROM other DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION note();
    ALTER TABLE t DISABLE TRIGGER emptied, ENABLE REPLICA TRIGGER batch, ENABLE ALWAYS TRIGGER same;
    COMMENT ON TRIGGER touch ON t IS 'keeps time';
  )sql")
                              .catalog;
  const auto trigger = [&](std::string_view name) {
    return fields(catalog, "trigger", {"public", "t", name});
  };
  CHECK(trigger("touch") ==
        R"j({"timing":"before","events":[{"event":"insert"},)j"
        R"j({"event":"update","columns":["b","a"]},{"event":"delete"}],"level":"row",)j"
        R"j("execute":{"function":["public","note"],"arguments":["x","a\\b\\000","","ä"]}})j");
  CHECK(edges(catalog, "trigger", {"public", "t", "touch"}) ==
        "function public.note() | column public.t.a | column public.t.b");
  CHECK(trigger("changed") ==
        R"j({"timing":"after","events":[{"event":"update"}],"level":"row",)j"
        R"j("when":"(old.b IS DISTINCT FROM new.b)","execute":{"function":["public","note"]}})j");
  CHECK(trigger("emptied") ==
        R"j({"timing":"after","events":[{"event":"truncate"}],)j"
        R"j("execute":{"function":["public","note"]},"enabled":"disabled"})j");
  CHECK(trigger("batch") ==
        R"j({"timing":"after","events":[{"event":"update"}],"old_table":"was","new_table":"Now",)j"
        R"j("execute":{"function":["public","note"]},"enabled":"replica"})j");
  CHECK(trigger("same") == R"j({"timing":"before","events":[{"event":"update"}],"level":"row",)j"
                           R"j("execute":{"function":"suppress_redundant_updates_trigger"},)j"
                           R"j("enabled":"always"})j");
  CHECK(trigger("checked") ==
        R"j({"constraint":true,"timing":"after","events":[{"event":"insert"}],)j"
        R"j("from":["public","other"],"deferrable":true,"initially_deferred":true,"level":"row",)j"
        R"j("execute":{"function":["public","note"]}})j");
  CHECK(fields(catalog, "trigger", {"public", "v", "instead"}) ==
        R"j({"timing":"instead of","events":[{"event":"insert"}],"level":"row",)j"
        R"j("execute":{"function":["public","note"]}})j");
  CHECK(fields(catalog, "comment", {"trigger", "public", "t", "touch"}) ==
        R"j({"text":"keeps time"})j");
}
