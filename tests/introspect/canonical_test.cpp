// What is read can be built again and reads the same; what was written survives the way.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "compiler/ir/json.h"
#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

namespace {

constexpr const char* kSchema = R"sql(
  CREATE SCHEMA shop;
  CREATE EXTENSION btree_gist;
  CREATE TYPE shop.status AS ENUM ('new', 'paid');
  CREATE DOMAIN shop.email AS text COLLATE "C" CHECK (value ~ '@');
  CREATE TYPE shop.money AS (amount numeric(12, 2), currency char(3));
  CREATE SEQUENCE shop.numbers START 100;
  CREATE FUNCTION shop.code(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
  CREATE TABLE shop.customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email shop.email UNIQUE,
    number bigint DEFAULT nextval('shop.numbers') NOT NULL,
    serial_id serial,
    code text GENERATED ALWAYS AS (shop.code(5)) STORED,
    price shop.money,
    moods shop.status[] DEFAULT '{new}',
    born date CHECK (born > '1900-01-01'));
  CREATE TABLE shop.booking (
    customer bigint REFERENCES shop.customer ON DELETE CASCADE,
    status shop.status DEFAULT 'new',
    room int, during tstzrange,
    EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room > 0));
  CREATE INDEX ON shop.booking ((room + 1), customer DESC) INCLUDE (room) WHERE room > 1;
  CREATE VIEW shop.paid AS SELECT customer FROM shop.booking WHERE status = 'paid';
  CREATE MATERIALIZED VIEW shop.totals AS SELECT customer, count(*) FROM shop.paid GROUP BY 1;
  CREATE UNIQUE INDEX ON shop.totals (customer);
  CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
  CREATE TRIGGER touch BEFORE UPDATE OF room ON shop.booking FOR EACH ROW
    WHEN (new.room > 3) EXECUTE FUNCTION shop.touch('a');
  CREATE PROCEDURE shop.work(INOUT a int DEFAULT 1) LANGUAGE plpgsql AS 'begin end';
  COMMENT ON TABLE shop.customer IS 'buys';
  COMMENT ON COLUMN shop.paid.customer IS 'who';
)sql";

std::string json_of(const Catalog& catalog) {
  return to_json(catalog).dump(1);
}

}  // namespace

TEST_CASE("a catalog that is built again reads the same") {
  const Catalog catalog = read_after(kSchema).catalog;
  const Catalog again = canonical_catalog(catalog, server());
  CHECK(json_of(again) == json_of(catalog));
}

TEST_CASE("what was written stays beside what the server made of it") {
  Catalog declared = read_after("CREATE TABLE t (a int CHECK (a > 1), b int DEFAULT 2)").catalog;
  for (Object& object : declared.objects())
    for (std::size_t i = 0; i < object.kind().fields.size(); ++i)
      if (const SqlText* text = object.values[i].sql())
        object.values.set(i, SqlText{text->written == "(a > 1)" ? "a>1" : "1 + 1", "", 0});
  Object& column = *declared.find(ObjectId(*find_kind("column"), {"public", "t", "a"}));
  column.was = Ident("before");
  column.values.set(field_index(column.kind(), "backfill"), SqlText{"7", "", 0});
  const Catalog canonical = canonical_catalog(declared, server());
  const SqlText& check =
      *get(canonical, "check", {"public", "t", "t_a_check"}).value("expression").sql();
  CHECK(check.written == "a>1");
  CHECK(check.canonical == "(a > 1)");
  CHECK(check.server == canonical.server_version);
  const SqlText& initial =
      *get(canonical, "default", {"public", "t", "b"}).value("expression").sql();
  CHECK(initial.written == "1 + 1");
  CHECK(initial.canonical == "(1 + 1)");
  const Object& kept = get(canonical, "column", {"public", "t", "a"});
  CHECK(kept.was == Ident("before"));
  CHECK(kept.value("backfill").sql()->written == "7");
}

TEST_CASE("a statement that the server refuses is named with its object") {
  Catalog declared = read_after("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t").catalog;
  Object& view = *declared.find(ObjectId(*find_kind("view"), {"public", "v"}));
  view.values.set(field_index(view.kind(), "query"),
                  SqlText{"SELECT nothing FROM public.t", "", 0});
  try {
    canonical_catalog(declared, server());
    FAIL("the view was built");
  } catch (const DatabaseError& error) {
    CHECK_THAT(error.what(), Catch::StartsWith("view public.v: column \"nothing\" does not exist"));
    CHECK_THAT(error.what(), Catch::Contains("CREATE VIEW public.v"));
    CHECK(error.sqlstate == "42703");
  }
}

TEST_CASE("a missing extension says what to install") {
  Catalog declared = read_after("CREATE EXTENSION hstore").catalog;
  Object object = declared.objects().front();
  declared.erase(object.id);
  object.id = ObjectId(object.kind(), {"vector"});
  declared.add(object);
  CHECK_THROWS_WITH(canonical_catalog(declared, server()),
                    Catch::Contains("extension vector") && Catch::Contains("-pgvector"));
}

TEST_CASE("a missing locale says where it is made") {
  Catalog declared = read_after("CREATE TABLE t (a text COLLATE \"C\")").catalog;
  for (Object& object : declared.objects())
    if (object.kind().name == "column")
      object.values.set(field_index(object.kind(), "collation"), QName{{}, Ident{"xx_XX"}});
  CHECK_THROWS_WITH(canonical_catalog(declared, server()),
                    Catch::Contains("xx_XX") && Catch::Contains("dpkg-reconfigure locales"));
}

TEST_CASE("tablespaces that the schema names are there") {
  Catalog declared = read_after("CREATE TABLE t (a int PRIMARY KEY)").catalog;
  for (const auto& [kind, name] : {std::pair("table", "fast \"disk\""), {"primary_key", "other"}})
    for (Object& object : declared.objects())
      if (object.kind().name == kind)
        object.values.set(field_index(object.kind(), "tablespace"), Ident(name));
  const Catalog canonical = canonical_catalog(declared, server());
  CHECK(fields(canonical, "table", {"public", "t"}) == R"j({"tablespace":"fast \"disk\""})j");
  CHECK(fields(canonical, "primary_key", {"public", "t", "t_pkey"}) ==
        R"j({"columns":["a"],"tablespace":"other"})j");
  canonical_catalog(declared, server());
}
