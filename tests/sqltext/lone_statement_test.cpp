#include "compiler/sqltext/lone_statement.h"

#include <catch2/catch.hpp>

using namespace schemac;

namespace {

std::string name_of(const QName& name) {
  return name.schema.text + "." + name.name.text;
}

std::string shown(std::string_view statement) {
  const auto found = lone_statement(statement);
  if (!found) return "";
  switch (found->kind) {
    case LoneKind::builds_index:
      return "builds " + name_of(found->object) + " on " + name_of(found->table);
    case LoneKind::drops_index:
      return "drops " + name_of(found->object);
    case LoneKind::reindexes:
      return (found->of_table ? "reindexes table " : "reindexes ") + name_of(found->object);
    case LoneKind::detaches:
      return "detaches " + name_of(found->object) + " from " + name_of(found->table);
    case LoneKind::creates_database:
      return "creates database " + found->object.name.text;
    case LoneKind::drops_database:
      return "drops database " + found->object.name.text;
    case LoneKind::creates_subscription:
      return "creates subscription " + found->object.name.text;
    case LoneKind::drops_subscription:
      return "drops subscription " + found->object.name.text;
    case LoneKind::creates_tablespace:
      return "creates tablespace " + found->object.name.text;
    case LoneKind::drops_tablespace:
      return "drops tablespace " + found->object.name.text;
    case LoneKind::repeatable:
      return "repeatable";
  }
  return "?";
}

}  // namespace

TEST_CASE("index builds and drops that share no transaction") {
  CHECK(shown("CREATE INDEX CONCURRENTLY i ON shop.item (a)") == "builds shop.i on shop.item");
  CHECK(shown("create unique index concurrently if not exists \"I\" on t (a) where a > 0") ==
        "builds .I on .t");
  CHECK(shown("DROP INDEX CONCURRENTLY shop.i") == "drops shop.i");
  CHECK(shown("/* why */ drop index concurrently if exists i;") == "drops .i");
  CHECK(shown("CREATE INDEX CONCURRENTLY ON t (a)").empty());  // its name is the server's
  CHECK(shown("DROP INDEX CONCURRENTLY i, j").empty());        // the server refuses it
  CHECK(shown("CREATE INDEX i ON t (a)").empty());
  CHECK(shown("DROP INDEX i").empty());
  CHECK(shown("SELECT 'CREATE INDEX CONCURRENTLY i ON t (a)'").empty());
  CHECK(shown("CREATE INDEX CONCURRENTLY oops").empty());
  CHECK(shown("").empty());
}

TEST_CASE("other statements that share no transaction") {
  CHECK(shown("REINDEX INDEX CONCURRENTLY shop.i") == "reindexes shop.i");
  CHECK(shown("REINDEX (CONCURRENTLY) TABLE t") == "reindexes table .t");
  CHECK(shown("REINDEX SCHEMA shop") == "repeatable");
  CHECK(shown("ALTER TABLE a DETACH PARTITION shop.a_1 CONCURRENTLY") ==
        "detaches shop.a_1 from .a");
  CHECK(shown("ALTER TABLE a DETACH PARTITION a_1").empty());
  CHECK(shown("CREATE DATABASE one") == "creates database one");
  CHECK(shown("DROP DATABASE IF EXISTS one") == "drops database one");
  CHECK(shown("CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p") == "creates subscription s");
  CHECK(shown("DROP SUBSCRIPTION s") == "drops subscription s");
  CHECK(shown("CREATE TABLESPACE fast LOCATION '/fast'") == "creates tablespace fast");
  CHECK(shown("DROP TABLESPACE fast") == "drops tablespace fast");
  CHECK(shown("VACUUM ANALYZE t") == "repeatable");
  CHECK(shown("ALTER SYSTEM SET work_mem = '1MB'") == "repeatable");
}

TEST_CASE("statements whose effect is the session's") {
  CHECK(sets_session("SET search_path = shop"));
  CHECK(sets_session("SET ROLE owner"));
  CHECK(sets_session("RESET search_path"));
  CHECK(sets_session("SELECT pg_catalog.set_config('search_path', '', false)"));
  CHECK_FALSE(sets_session("SET LOCAL search_path = shop"));
  CHECK_FALSE(sets_session("SET TRANSACTION READ ONLY"));
  CHECK_FALSE(sets_session("SELECT 'SET search_path'"));
  CHECK_FALSE(sets_session("SET ="));
}
