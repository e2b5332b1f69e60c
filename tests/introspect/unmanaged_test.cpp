// What no kind describes is named, and so is what cannot be rebuilt without it.
#include <catch2/catch.hpp>

#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

TEST_CASE("what needs a type that is passed over") {
  const ReadResult result = read_after(R"sql(
    CREATE SCHEMA ledger;
    CREATE TYPE ledger.dense AS RANGE (subtype = float8);
    CREATE FUNCTION same(ledger.dense) RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE TABLE spans (id int PRIMARY KEY, s ledger.dense);
    CREATE TABLE refers (id int REFERENCES spans);
    CREATE VIEW shown AS SELECT 1 FROM spans;
    CREATE SCHEMA other;
    CREATE TABLE texts (a text, b text);
    CREATE STATISTICS other.stats ON a, b FROM texts;
  )sql");
  CHECK(describe(result.unmanaged) ==
        "foreign keys: public.refers.refers_id_fkey (needs table public.spans)\n"
        "functions: public.same(ledger.dense) (needs range type ledger.dense)\n"
        "tables: public.spans (column public.spans.s needs range type ledger.dense)\n"
        "views: public.shown (needs table public.spans)\n");
  CHECK(edges(result.catalog, "column", {"public", "refers", "id"}).empty());
}

TEST_CASE("secrets stay on the server, and that there are some is said") {
  const ReadResult result = read_after(R"sql(
    CREATE FOREIGN DATA WRAPPER wrapper;
    CREATE SERVER remote FOREIGN DATA WRAPPER wrapper OPTIONS (host 'h', api_token 't');
    CREATE USER MAPPING FOR PUBLIC SERVER remote
      OPTIONS ("user" 'me', password 'hidden', password_required 'false');
  )sql");
  CHECK(describe(result.unmanaged) ==
        "secrets of servers: server remote\n"
        "secrets of user mappings: user mapping public server remote\n");
  CHECK(fields(result.catalog, "user_mapping", {"public server remote"}) ==
        R"j({"server":"remote","options":[{"name":"user","value":"me"},)j"
        R"j({"name":"password_required","value":"false"}]})j");
}

TEST_CASE("properties without a kind leave their objects in the catalog") {
  const ReadResult result = read_after(R"sql(
    CREATE TABLE t (a int PRIMARY KEY, b text, c int GENERATED ALWAYS AS IDENTITY);
    CREATE INDEX t_lower ON t (lower(b));
    ALTER TABLE t ENABLE ROW LEVEL SECURITY, REPLICA IDENTITY FULL, CLUSTER ON t_pkey;
    ALTER INDEX t_lower ALTER COLUMN 1 SET STATISTICS 100;
    CREATE POLICY mine ON t USING (a = 1);
    GRANT SELECT ON t TO PUBLIC;
    GRANT UPDATE (b) ON t TO PUBLIC;
    CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
    REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
    CREATE MATERIALIZED VIEW m AS SELECT b FROM t;
    ALTER MATERIALIZED VIEW m ALTER b SET STATISTICS 50;
    COMMENT ON INDEX t_pkey IS 'of the key';
    CREATE EXTENSION pg_trgm;
    ALTER FUNCTION f() DEPENDS ON EXTENSION pg_trgm;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    REVOKE EXECUTE ON FUNCTION similarity(text, text) FROM PUBLIC;
    REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
    ALTER SEQUENCE t_c_seq AS smallint;
  )sql");
  CHECK(describe(result.unmanaged) ==
        "dependencies on extensions: function public.f()\n"
        "options of identity sequences: column public.t.c\n");
  get(result.catalog, "primary_key", {"public", "t", "t_pkey"});
  get(result.catalog, "row_security", {"public", "t"});
  get(result.catalog, "policy", {"public", "t", "mine"});
  get(result.catalog, "grant", {"table", "public", "t", "public"});
  get(result.catalog, "revoke", {"function", "public", "f", "", "public"});
  get(result.catalog, "revoke", {"schema", "public", "public"});
  get(result.catalog, "revoke", {"system_language", "sql", "public"});
  get(result.catalog, "default_privilege", {"on tables to public"});
  get(result.catalog, "function", {"public", "f", ""});
  get(result.catalog, "materialized_view", {"public", "m"});
}

TEST_CASE("ignored schemas are passed over without a word") {
  const ReadResult result = read_after(R"sql(
    CREATE SCHEMA ledger;
    CREATE TYPE ledger.state AS ENUM ('done');
    CREATE TABLE ledger.revision (id text PRIMARY KEY, state ledger.state);
    CREATE INDEX ON ledger.revision (state);
    COMMENT ON TABLE ledger.revision IS 'ours';
    GRANT SELECT ON ledger.revision TO PUBLIC;
    CREATE TABLE ledger.parts (a int) PARTITION BY LIST (a);
    CREATE VIEW peek AS SELECT id FROM ledger.revision;
    CREATE TABLE fine (a int);
  )sql");
  CHECK(result.catalog.size() == 2);
  CHECK(describe(result.unmanaged) == "views: public.peek (needs table ledger.revision)\n");
}

TEST_CASE("a database of one's own making reports nothing") {
  CHECK(read_after("").unmanaged.empty());
  CHECK(read_after("CREATE TABLE t (id serial PRIMARY KEY); CREATE EXTENSION hstore;"
                   "CREATE EXTENSION postgres_fdw; CREATE EXTENSION btree_gin")
            .unmanaged.empty());
}
