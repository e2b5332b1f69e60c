// Security labels. A server takes them only with a module that is their provider, so that they are
// put where such a module would leave them.
#include <catch2/catch.hpp>

#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

TEST_CASE("labels are read from wherever a provider left them") {
  const ReadResult result = read_after(R"sql(
    CREATE TABLE t (a int, b text);
    CREATE TABLE heir () INHERITS (t);
    CREATE VIEW v AS SELECT a FROM t;
    CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE TYPE mood AS ENUM ('good');
    CREATE TYPE pair AS (x int);
    CREATE SUBSCRIPTION s CONNECTION 'host=none' PUBLICATION p WITH (connect = false);
    SET allow_system_table_mods = on;
    INSERT INTO pg_seclabel VALUES
      ('t'::regclass, 'pg_class'::regclass, 0, 'dummy', 'of a table'),
      ('t'::regclass, 'pg_class'::regclass, 0, 'other', 'of a table, too'),
      ('t'::regclass, 'pg_class'::regclass, 2, 'dummy', 'of a column'),
      ('heir'::regclass, 'pg_class'::regclass, 1, 'dummy', 'of an inherited column'),
      ('v'::regclass, 'pg_class'::regclass, 1, 'dummy', 'of a column of a view'),
      ('pair'::regclass, 'pg_class'::regclass, 1, 'dummy', 'of an attribute'),
      ('f(int)'::regprocedure, 'pg_proc'::regclass, 0, 'dummy', 'of a function'),
      ('mood'::regtype, 'pg_type'::regclass, 0, 'dummy', 'of a type'),
      ('public'::regnamespace, 'pg_namespace'::regclass, 0, 'dummy', 'of a schema');
    INSERT INTO pg_shseclabel
      SELECT oid, 'pg_subscription'::regclass, 'dummy', 'of a subscription' FROM pg_subscription;
    SET allow_system_table_mods = off;
  )sql");
  CHECK(result.unmanaged.empty());
  const auto label = [&](std::vector<std::string_view> path) {
    return fields(result.catalog, "security_label", path);
  };
  CHECK(label({"table", "public", "t", "dummy"}) ==
        R"j({"provider":"dummy","label":"of a table"})j");
  CHECK(label({"table", "public", "t", "other"}) ==
        R"j({"provider":"other","label":"of a table, too"})j");
  CHECK(label({"column", "public", "t", "b", "dummy"}) ==
        R"j({"provider":"dummy","label":"of a column"})j");
  CHECK(label({"inherited_column", "public", "heir", "a", "dummy"}) ==
        R"j({"provider":"dummy","label":"of an inherited column"})j");
  CHECK(label({"view_column", "public", "v", "a", "dummy"}) ==
        R"j({"provider":"dummy","label":"of a column of a view"})j");
  CHECK(label({"attribute", "public", "pair", "x", "dummy"}) ==
        R"j({"provider":"dummy","label":"of an attribute"})j");
  CHECK(label({"function", "public", "f", "integer", "dummy"}) ==
        R"j({"provider":"dummy","label":"of a function"})j");
  CHECK(label({"enum", "public", "mood", "dummy"}) ==
        R"j({"provider":"dummy","label":"of a type"})j");
  CHECK(label({"schema", "public", "dummy"}) == R"j({"provider":"dummy","label":"of a schema"})j");
  CHECK(label({"subscription", "s", "dummy"}) ==
        R"j({"provider":"dummy","label":"of a subscription"})j");
}
