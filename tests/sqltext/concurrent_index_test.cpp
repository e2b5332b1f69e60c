#include "compiler/sqltext/concurrent_index.h"

#include <catch2/catch.hpp>

using namespace schemac;

TEST_CASE("index builds and drops that share no transaction") {
  const auto shown = [](std::string_view statement) -> std::string {
    const auto found = concurrent_index(statement);
    if (!found) return "";
    return (found->builds ? "builds " : "drops ") + found->index.schema.text + "." +
           found->index.name.text;
  };
  CHECK(shown("CREATE INDEX CONCURRENTLY i ON shop.item (a)") == "builds shop.i");
  CHECK(shown("create unique index concurrently if not exists \"I\" on t (a) where a > 0") ==
        "builds .I");
  CHECK(shown("DROP INDEX CONCURRENTLY shop.i") == "drops shop.i");
  CHECK(shown("/* why */ drop index concurrently if exists i;") == "drops .i");
  CHECK(shown("CREATE INDEX CONCURRENTLY ON t (a)").empty());  // its name is the server's
  CHECK(shown("DROP INDEX CONCURRENTLY i, j").empty());        // the server refuses it
  CHECK(shown("CREATE INDEX i ON t (a)").empty());
  CHECK(shown("DROP INDEX i").empty());
  CHECK(shown("REINDEX INDEX CONCURRENTLY i").empty());
  CHECK(shown("SELECT 'CREATE INDEX CONCURRENTLY i ON t (a)'").empty());
  CHECK(shown("CREATE INDEX CONCURRENTLY oops").empty());
  CHECK(shown("").empty());
}
