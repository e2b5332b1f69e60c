#include "runner/script.h"

#include <catch2/catch.hpp>

using namespace schemac;

namespace {

std::vector<std::string> statements(std::string_view text) {
  const Script script = read_script(text);
  CHECK_FALSE(script.error);
  std::vector<std::string> found;
  for (const ScriptStatement& statement : script.statements) found.emplace_back(statement.text);
  return found;
}

}  // namespace

TEST_CASE("a semicolon ends a statement only where PostgreSQL's scanner says so") {
  const std::vector<std::string> one[] = {
      {"SELECT ';'", "SELECT 2"},
      {"SELECT E'\\';'", "SELECT 2"},
      {"SELECT 'it''s;'", "SELECT 2"},
      {"SELECT \"a;\"\";\" FROM t", "SELECT 2"},
      {"SELECT $$;$$", "SELECT 2"},
      {"SELECT $q$;$$;$q$", "SELECT 2"},
      {"SELECT /* ; /* ; */ ; */ 1", "SELECT 2"},
      {"SELECT 1 -- ;\n + 1", "SELECT 2"},
      {"CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)", "SELECT 2"},
      {"SELECT a$b FROM t", "SELECT 2"},
      {"SELECT U&'\\0441;'", "SELECT 2"},
  };
  for (const auto& parts : one) CHECK(statements(parts[0] + ";\n" + parts[1] + ";") == parts);
}

TEST_CASE("the body of a routine in SQL is one statement with its semicolons") {
  const std::string routine =
      "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC\n"
      "  SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END;\n  SELECT 3;\nEND";
  CHECK(statements(routine + "; SELECT 1") == std::vector<std::string>{routine, "SELECT 1"});
  // Elsewhere the same words mean nothing.
  CHECK(statements("BEGIN; SELECT CASE WHEN true THEN 1 END; END;").size() == 3);
}

TEST_CASE("statements know their line, their role and the comments above them") {
  const std::string text =
      "-- header\nBEGIN;\n\n-- why\nALTER TABLE t /* here */ ADD a int;\nCOMMIT; -- end\n";
  const Script script = read_script(text);
  REQUIRE(script.statements.size() == 3);
  CHECK(script.statements[0].role == StatementRole::begin);
  CHECK(script.statements[0].comments == std::vector<std::string_view>{"-- header"});
  CHECK(script.statements[1].line == 5);
  CHECK(script.statements[1].comments == std::vector<std::string_view>{"-- why", "/* here */"});
  CHECK(script.statements[2].role == StatementRole::commit);
  CHECK(script.comments_at_end == std::vector<std::string_view>{"-- end"});
}

TEST_CASE("what cannot be scanned is an error at its place") {
  const std::pair<const char*, std::size_t> broken[] = {{"SELECT 'a", 7},
                                                        {"SELECT $x$ a", 7},
                                                        {"SELECT \"a", 7},
                                                        {"/* a", 0},
                                                        {"SELECT 1;\n\\d t", 10}};
  for (const auto& [text, offset] : broken) {
    const Script script = read_script(text);
    INFO(text);
    REQUIRE(script.error);
    CHECK(script.error->offset == offset);
  }
}

TEST_CASE("BEGIN and COMMIT cut a file into segments") {
  const Script script = read_script(
      "BEGIN; SELECT 1; SELECT 2; COMMIT; CREATE INDEX CONCURRENTLY i ON t (a);\n"
      "START TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 3; ROLLBACK TO s; END;");
  const ScriptSegments split = split_segments(script);
  CHECK_FALSE(split.error);
  REQUIRE(split.segments.size() == 3);
  CHECK(split.segments[0].transactional);
  CHECK(split.segments[0].statements == std::vector<std::size_t>{1, 2});
  CHECK_FALSE(split.segments[1].transactional);
  CHECK(split.segments[2].begin == 5);
  CHECK(split.segments[2].statements == std::vector<std::size_t>{6, 7});
}

TEST_CASE("transactions that do not pair up are refused") {
  for (const char* text : {"BEGIN; BEGIN; COMMIT;", "SELECT 1; COMMIT;", "BEGIN; SELECT 1;",
                           "BEGIN; SELECT 1; ROLLBACK;"})
    CHECK(split_segments(read_script(text)).error);
}

TEST_CASE("comments and layout do not change a digest, tokens do") {
  const std::string base = script_digest("ALTER TABLE t ADD a int;");
  CHECK(script_digest("-- schemac:allow X reason=\"y\"\nALTER TABLE t\n  ADD a int ;") == base);
  CHECK(script_digest("ALTER TABLE t ADD b int;") != base);
  CHECK(script_digest("ALTER TABLE t ADD \"a\" int;") != base);
  CHECK(script_digest("SELECT 'a b'") != script_digest("SELECT 'a  b'"));
  CHECK(script_digest("SELECT ab") != script_digest("SELECT a b"));
}

TEST_CASE("a large file is read in linear time") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "SELECT 1;\n";
  const Script script = read_script(text);
  CHECK(script.statements.size() == 200'000);
  CHECK(script.statements.back().line == 200'000);
  CHECK(read_script(std::string(1'000'000, '(')).statements.size() == 1);
}
