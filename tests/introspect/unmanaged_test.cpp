// What no kind describes is named, and so is what cannot be rebuilt without it.
#include <catch2/catch.hpp>

#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

TEST_CASE("relations without a kind, and what needs them") {
  const ReadResult result = read_after(R"sql(
    CREATE FOREIGN DATA WRAPPER wrapper;
    CREATE SERVER far FOREIGN DATA WRAPPER wrapper;
    CREATE FOREIGN TABLE measure (id int, at date) SERVER far;
    CREATE VIEW totals AS SELECT count(*) FROM measure;
    CREATE VIEW totals_again AS SELECT * FROM totals;
    CREATE FUNCTION last() RETURNS measure LANGUAGE sql AS 'SELECT NULL::measure';
    CREATE TABLE fine (a int);
  )sql");
  CHECK(describe(result.unmanaged) ==
        "foreign data wrappers: wrapper\n"
        "foreign servers: far\n"
        "foreign tables: public.measure\n"
        "functions: public.last() (needs foreign table public.measure)\n"
        "views: public.totals (needs foreign table public.measure), "
        "public.totals_again (needs view public.totals)\n");
  get(result.catalog, "column", {"public", "fine", "a"});
  CHECK(result.catalog.size() == 2);
}

TEST_CASE("types and code without a kind, and what needs them") {
  const ReadResult result = read_after(R"sql(
    CREATE TYPE span AS RANGE (subtype = float8);
    CREATE TYPE shell;
    CREATE COLLATION german (provider = icu, locale = 'de');
    CREATE TABLE spans (id int PRIMARY KEY, s span);
    CREATE TABLE refers (id int REFERENCES spans);
    CREATE TABLE words (w text COLLATE german);
    CREATE AGGREGATE product(numeric) (sfunc = numeric_mul, stype = numeric);
    CREATE VIEW products AS SELECT product(n) FROM (VALUES (1.0)) AS x(n);
    CREATE FUNCTION same(text, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
    CREATE OPERATOR === (leftarg = text, rightarg = text, function = same);
    CREATE TABLE texts (a text CHECK (a === 'x'));
    CREATE CAST (text AS point) WITH INOUT;
    CREATE TEXT SEARCH CONFIGURATION ours (COPY = simple);
    CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple);
    CREATE STATISTICS stats ON id, s FROM spans;
    CREATE FUNCTION watching() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
    CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watching();
    CREATE PUBLICATION news FOR TABLE texts;
    CREATE FOREIGN DATA WRAPPER wrapper;
    CREATE SERVER remote FOREIGN DATA WRAPPER wrapper;
    CREATE USER MAPPING FOR PUBLIC SERVER remote;
    CREATE FOREIGN TABLE far (a int) SERVER remote;
    CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
    CREATE TABLE other_way (a int) USING heap_too;
    CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
  )sql");
  CHECK(describe(result.unmanaged) ==
        "access methods: heap_too\n"
        "aggregates: public.product(numeric)\n"
        "casts: text as point\n"
        "check constraints: public.texts.texts_a_check (needs operator public.===(text, text))\n"
        "collations: public.german\n"
        "conversions: public.latin\n"
        "event triggers: watch\n"
        "extended statistics: public.stats\n"
        "foreign data wrappers: wrapper\n"
        "foreign keys: public.refers.refers_id_fkey (needs table public.spans)\n"
        "foreign servers: remote\n"
        "foreign tables: public.far\n"
        "operators: public.===(text, text)\n"
        "publications: news\n"
        "range types: public.span\n"
        "shell types: public.shell\n"
        "tables: public.other_way (needs access method heap_too), "
        "public.spans (column public.spans.s needs range type public.span), "
        "public.words (column public.words.w needs collation public.german)\n"
        "text search configurations: public.ours\n"
        "text search dictionaries: public.dict\n"
        "user mappings: public on server remote\n"
        "views: public.products (needs aggregate public.product(numeric))\n");
  CHECK(edges(result.catalog, "column", {"public", "refers", "id"}).empty());
  CHECK(fields(result.catalog, "column", {"public", "texts", "a"}) ==
        R"j({"type":{"name":"text"},"nullable":true})j");
}

TEST_CASE("properties without a kind leave their objects in the catalog") {
  const ReadResult result = read_after(R"sql(
    CREATE TABLE t (a int PRIMARY KEY, b text, c int GENERATED ALWAYS AS IDENTITY);
    CREATE INDEX t_lower ON t (lower(b));
    ALTER TABLE t ENABLE ROW LEVEL SECURITY, REPLICA IDENTITY FULL, CLUSTER ON t_pkey;
    ALTER INDEX t_lower ALTER COLUMN 1 SET STATISTICS 100;
    CREATE POLICY mine ON t USING (a = 1);
    CREATE RULE quiet AS ON DELETE TO t DO INSTEAD NOTHING;
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
        "column options of materialized views: public.m.b\n"
        "comments on parts of objects: primary key public.t.t_pkey\n"
        "dependencies on extensions: function public.f()\n"
        "grants: function public.similarity(text,text), language sql\n"
        "options of identity sequences: column public.t.c\n"
        "rules: quiet on public.t\n");
  get(result.catalog, "primary_key", {"public", "t", "t_pkey"});
  get(result.catalog, "row_security", {"public", "t"});
  get(result.catalog, "policy", {"public", "t", "mine"});
  get(result.catalog, "grant", {"table", "public", "t", "public"});
  get(result.catalog, "revoke", {"function", "public", "f", "", "public"});
  get(result.catalog, "revoke", {"schema", "public", "public"});
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
