#include "introspect/postgres/literals.h"

#include <catch2/catch.hpp>

#include "compiler/parse/type_parser.h"
#include "tests/introspect/fixture.h"

using namespace schemac;

namespace {

std::string bare(const std::string& text, std::string_view type) {
  return postgres::bare_literal(text, parse_type(type)->type);
}

}  // namespace

TEST_CASE("a literal of the column's type needs no cast") {
  CHECK(bare("''::text", "text") == "''");
  CHECK(bare("'it''s ''::'::character varying", "varchar(10)") == "'it''s ''::'");
  CHECK(bare("'{}'::text[]", "text[]") == "'{}'");
  CHECK(bare("'new'::shop.status", "shop.status") == "'new'");
  CHECK(bare("'1 day'::interval", "interval") == "'1 day'");
}

TEST_CASE("a number needs neither quotes nor cast") {
  CHECK(bare("'-1'::integer", "bigint") == "-1");
  CHECK(bare("'5000000000'::bigint", "numeric(20,2)") == "5000000000");
  CHECK(bare("'-0.5'::numeric", "numeric") == "-0.5");
  // As numbers these are of another type.
  CHECK(bare("'-1'::bigint", "integer") == "'-1'::bigint");
  CHECK(bare("'NaN'::numeric", "integer") == "'NaN'::numeric");
}

TEST_CASE("what a cast changes keeps it") {
  CHECK(bare("'a'::text", "shop.name") == "'a'::text");
  CHECK(bare("'{}'::text[]", "text") == "'{}'::text[]");
  CHECK(bare("'new'::shop.status", "other.status") == "'new'::shop.status");
  CHECK(bare("'t'::regclass", "regclass") == "'t'::regclass");
  CHECK(bare("'02:00:00'::interval", "interval minute") == "'02:00:00'::interval");
  CHECK(bare("('a'::text || 'b'::text)", "text") == "('a'::text || 'b'::text)");
  CHECK(bare("'a'::text || 'b'::text", "text") == "'a'::text || 'b'::text");
  CHECK(bare("now()", "text") == "now()");
  CHECK(bare("'open", "text") == "'open");
}

TEST_CASE("defaults that are read say what an author would, and keep the server's form") {
  const ReadResult read =
      test::read_after("create table t (a varchar(5) default 'x', b smallint default -1)");
  const auto text = [&](std::string_view column) {
    return *test::get(read.catalog, "default", {"public", "t", column}).value("expression").sql();
  };
  CHECK(text("a").written == "'x'");
  CHECK(text("a").canonical == "'x'::character varying");
  CHECK(text("b").written == "-1");
  CHECK(text("b").canonical == "'-1'::integer");
}
