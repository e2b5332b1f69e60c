// Cost: a number of queries that does not depend on the size, and time that grows with it.
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <iostream>

#include "introspect/postgres/read.h"
#include "tests/introspect/fixture.h"

using namespace schemac;
using namespace schemac::test;

namespace {

std::string many_tables(int count) {
  std::string sql;
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    sql += "CREATE TABLE t" + n +
           " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code varchar(40) NOT NULL UNIQUE,"
           " a numeric(12,2) DEFAULT 0 CHECK (a >= 0), b text DEFAULT '', c timestamptz DEFAULT "
           "now(), other bigint REFERENCES t" +
           std::to_string(i / 2) + ");CREATE INDEX ON t" + n + " (lower(b), c DESC);";
    if (i % 10 == 0) sql += "CREATE VIEW v" + n + " AS SELECT id, code FROM t" + n + ";";
  }
  return sql;
}

// Statements that a read sends, as the server counts them.
std::size_t queries_of_read(const std::string& url) {
  const std::string database = query(url, "SELECT current_database()");
  execute(url, "ALTER DATABASE \"" + database + "\" SET log_statement = 'all'");
  std::string folder = url.substr(url.find("host=") + 5);
  folder = folder.substr(0, folder.find('&'));
  for (std::size_t at; (at = folder.find("%2F")) != std::string::npos;) folder.replace(at, 3, "/");
  const auto count = [&] {
    std::ifstream log(folder + "/log");
    std::size_t lines = 0;
    for (std::string line; std::getline(log, line);)
      lines += line.find("LOG:  statement:") != std::string::npos ||
               line.find("LOG:  execute") != std::string::npos;
    return lines;
  };
  const std::size_t before = count();
  postgres::read_database(url, {});
  return count() - before;
}

}  // namespace

TEST_CASE("the number of queries does not depend on the size") {
  const std::string small = server().create_database(), large = server().create_database();
  execute(small, many_tables(1));
  execute(large, many_tables(60));
  const std::size_t queries = queries_of_read(small);
  CHECK(queries > 20);
  CHECK(queries < all_kinds().size() + 15);  // one for each kind, and those for what they share
  CHECK(queries_of_read(large) == queries);
}

TEST_CASE("a thousand tables") {
  const std::string url = server().create_database();
  execute(url, many_tables(1000));
  execute(url, "ANALYZE");
  const auto begin = std::chrono::steady_clock::now();
  const Catalog catalog = postgres::read_database(url, {}).catalog;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::cout << "1,000 tables, " << catalog.size() << " objects: read in " << took.count() << " s\n";
  CHECK(catalog.size() == 1000 * 15 + 100);
}
