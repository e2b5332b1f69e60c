// Schemas, extensions, types, sequences: what stands before tables.
#include <catch2/catch.hpp>

#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

TEST_CASE("schemas and extensions") {
  const Catalog catalog = read_after(R"sql(
    CREATE SCHEMA shop;
    COMMENT ON SCHEMA shop IS 'Where it is sold';
    CREATE SCHEMA tools;
    CREATE EXTENSION citext;
    CREATE EXTENSION hstore SCHEMA tools;
    CREATE EXTENSION btree_gist;
    COMMENT ON EXTENSION btree_gist IS 'for bookings';
    CREATE EXTENSION pg_trgm;
    COMMENT ON EXTENSION pg_trgm IS NULL;
    CREATE TABLE shop.t (email citext, more tools.hstore[]);
    CREATE SCHEMA ledger;
    CREATE TABLE ledger.revision (id text);
  )sql")
                              .catalog;
  CHECK(catalog.server_version >= 13);
  CHECK(fields(catalog, "schema", {"shop"}) == "{}");
  CHECK(fields(catalog, "comment", {"schema", "shop"}) == R"j({"text":"Where it is sold"})j");
  CHECK(fields(catalog, "extension", {"citext"}) == "{}");
  CHECK(fields(catalog, "extension", {"hstore"}) == R"j({"schema":"tools"})j");
  CHECK(edges(catalog, "extension", {"hstore"}) == "schema tools");
  CHECK(fields(catalog, "comment", {"extension", "btree_gist"}) == R"j({"text":"for bookings"})j");
  CHECK(fields(catalog, "comment", {"extension", "pg_trgm"}) == "{}");
  CHECK(edges(catalog, "table", {"shop", "t"}) == "schema shop");
  CHECK(edges(catalog, "column", {"shop", "t", "email"}) == "extension citext");
  CHECK(edges(catalog, "column", {"shop", "t", "more"}) == "extension hstore");
  // Standard comments, members of extensions, the ledger and `public` are nobody's declaration.
  CHECK_FALSE(catalog.contains(ObjectId(*find_kind("comment"), {"extension", "citext"})));
  CHECK_FALSE(catalog.contains(ObjectId(*find_kind("schema"), {"public"})));
  CHECK_FALSE(catalog.contains(ObjectId(*find_kind("schema"), {"ledger"})));
  CHECK(catalog.size() == 12);
}

TEST_CASE("the comment of schema public") {
  const Catalog changed = read_after("COMMENT ON SCHEMA public IS 'ours'").catalog;
  CHECK(changed.size() == 2);
  CHECK(fields(changed, "comment", {"schema", "public"}) == R"j({"text":"ours"})j");
  const Catalog removed = read_after("COMMENT ON SCHEMA public IS NULL").catalog;
  CHECK(fields(removed, "comment", {"schema", "public"}) == "{}");
}

TEST_CASE("types made of functions, and those in name alone") {
  const ReadResult result = read_after(R"sql(
    CREATE TYPE shell;
    CREATE TYPE word;
    CREATE FUNCTION word_in(cstring) RETURNS word IMMUTABLE STRICT LANGUAGE internal AS 'textin';
    CREATE FUNCTION word_out(word) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'textout';
    CREATE TYPE word (INPUT = word_in, OUTPUT = word_out, TYPMOD_IN = varchartypmodin,
                      STORAGE = extended, ALIGNMENT = double, CATEGORY = 'S', PREFERRED = true,
                      DEFAULT = 'w', COLLATABLE = true, DELIMITER = ';');
    CREATE TYPE span;
    CREATE FUNCTION same(span) RETURNS span IMMUTABLE STRICT LANGUAGE internal AS 'int4recv';
    CREATE TYPE span AS RANGE (subtype = float8, canonical = same);
    CREATE TABLE t (a word, b word[], c span);
  )sql");
  const Catalog& catalog = result.catalog;
  CHECK(describe(result.unmanaged) == "");
  CHECK(fields(catalog, "shell_type", {"public", "shell"}) == "{}");
  CHECK(fields(catalog, "base_type", {"public", "word"}) ==
        R"j({"input":["public","word_in"],"output":["public","word_out"],)j"
        R"j("typmod_in":"varchartypmodin",)j"
        R"j("alignment":"double","storage":"extended","category":"S","preferred":true,)j"
        R"j("default":"w","delimiter":";","collatable":true})j");
  CHECK(edges(catalog, "base_type", {"public", "word"}) ==
        "function public.word_in(cstring) | function public.word_out(public.word)");
  CHECK(edges(catalog, "function", {"public", "word_in", "cstring"}) == "base type public.word");
  CHECK(fields(catalog, "range_type", {"public", "span"}) ==
        R"j({"subtype":{"name":"double precision"},"canonical":["public","same"]})j");
  CHECK(edges(catalog, "range_type", {"public", "span"}) == "function public.same(public.span)");
}

TEST_CASE("enums, domains and composite types") {
  const Catalog catalog = read_after(R"sql(
    CREATE TYPE mood AS ENUM ('sad', 'it''s "ok", {x}', '');
    ALTER TYPE mood ADD VALUE 'so-so' BEFORE 'sad';
    COMMENT ON TYPE mood IS 'how it feels';
    CREATE DOMAIN amount AS numeric(12, 2) DEFAULT 0 NOT NULL
      CONSTRAINT positive CHECK (value >= 0) CHECK (value < 1000000);
    CREATE DOMAIN code AS text COLLATE "C";
    ALTER DOMAIN code ADD CONSTRAINT short CHECK (length(value) < 9) NOT VALID;
    COMMENT ON DOMAIN code IS 'a code';
    COMMENT ON CONSTRAINT short ON DOMAIN code IS 'not long';
    CREATE TYPE money_amount AS (gone int, amount amount, currency char(3), label text COLLATE "C",
                                 moods mood[]);
    ALTER TYPE money_amount DROP ATTRIBUTE gone;
    COMMENT ON COLUMN money_amount.currency IS 'ISO 4217';
  )sql")
                              .catalog;
  CHECK(fields(catalog, "enum", {"public", "mood"}) ==
        R"j({"labels":[{"label":"so-so"},{"label":"sad"},{"label":"it's \"ok\", {x}"},{}]})j");
  CHECK(fields(catalog, "comment", {"enum", "public", "mood"}) == R"j({"text":"how it feels"})j");
  CHECK(fields(catalog, "domain", {"public", "amount"}) ==
        R"j({"type":{"name":"numeric","modifiers":["12","2"]},"default":"0","not_null":true})j");
  CHECK(fields(catalog, "check", {"public", "amount", "positive"}) ==
        R"j({"expression":"(VALUE >= (0)::numeric)"})j");
  CHECK(fields(catalog, "check", {"public", "amount", "amount_check"}) ==
        R"j({"expression":"(VALUE < (1000000)::numeric)"})j");
  CHECK(get(catalog, "check", {"public", "amount", "positive"}).parent ==
        get(catalog, "domain", {"public", "amount"}).id);
  CHECK(fields(catalog, "domain", {"public", "code"}) ==
        R"j({"type":{"name":"text"},"collation":"C"})j");
  CHECK(fields(catalog, "check", {"public", "code", "short"}) ==
        R"j({"expression":"(length(VALUE) < 9)","not_valid":true})j");
  CHECK(fields(catalog, "comment", {"check", "public", "code", "short"}) ==
        R"j({"text":"not long"})j");
  CHECK(fields(catalog, "composite_type", {"public", "money_amount"}) == "{}");
  CHECK(fields(catalog, "attribute", {"public", "money_amount", "currency"}) ==
        R"j({"type":{"name":"character","modifiers":["3"]}})j");
  CHECK(fields(catalog, "attribute", {"public", "money_amount", "label"}) ==
        R"j({"type":{"name":"text"},"collation":"C"})j");
  const Object& moods = get(catalog, "attribute", {"public", "money_amount", "moods"});
  CHECK(moods.position == 3);
  CHECK(fields(catalog, "attribute", {"public", "money_amount", "moods"}) ==
        R"j({"type":{"name":["public","mood"],"dimensions":1}})j");
  CHECK(edges(catalog, "attribute", {"public", "money_amount", "moods"}) == "enum public.mood");
  CHECK(fields(catalog, "comment", {"attribute", "public", "money_amount", "currency"}) ==
        R"j({"text":"ISO 4217"})j");
}

TEST_CASE("sequences") {
  const Catalog catalog = read_after(R"sql(
    CREATE SEQUENCE plain;
    CREATE SEQUENCE every AS smallint INCREMENT 5 MINVALUE 10 MAXVALUE 1000 START 20 CACHE 7 CYCLE;
    CREATE SEQUENCE down AS int INCREMENT -1;
    CREATE SEQUENCE down_from INCREMENT -2 MINVALUE -50 START -3;
    CREATE UNLOGGED SEQUENCE risky;
    CREATE TABLE t (id serial);
    COMMENT ON SEQUENCE plain IS 'counts';
  )sql")
                              .catalog;
  CHECK(fields(catalog, "sequence", {"public", "plain"}) == "{}");
  CHECK(fields(catalog, "sequence", {"public", "every"}) ==
        R"j({"type":{"name":"smallint"},"options":{"start":20,"increment":5,"minvalue":10,)j"
        R"j("maxvalue":1000,"cache":7,"cycle":true}})j");
  CHECK(fields(catalog, "sequence", {"public", "down"}) ==
        R"j({"type":{"name":"integer"},"options":{"increment":-1}})j");
  CHECK(fields(catalog, "sequence", {"public", "down_from"}) ==
        R"j({"options":{"start":-3,"increment":-2,"minvalue":-50}})j");
  CHECK(fields(catalog, "sequence", {"public", "risky"}) == R"j({"unlogged":true})j");
  CHECK(fields(catalog, "sequence", {"public", "t_id_seq"}) ==
        R"j({"type":{"name":"integer"},"owned_by":["public","t","id"]})j");
  CHECK(get(catalog, "sequence", {"public", "t_id_seq"}).parent ==
        get(catalog, "column", {"public", "t", "id"}).id);
  CHECK(get(catalog, "sequence", {"public", "plain"}).parent.empty());
  CHECK(edges(catalog, "default", {"public", "t", "id"}) == "sequence public.t_id_seq");
}
