#include "codegen/render.h"

#include <catch2/catch.hpp>

#include "codegen/postgres/postgres.h"
#include "compiler/bind/bind.h"
#include "compiler/parse/statement.h"
#include "compiler/plan/planner.h"

using namespace schemac;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

namespace {

Catalog compiled(const std::string& text) {
  Sink sink;
  const auto file = std::make_shared<const SourceFile>("shop.schema", text);
  Catalog catalog = schemac::bind({parse_file(file, sink)}, sink);
  REQUIRE_FALSE(sink.has_errors());
  return catalog;
}

std::map<std::string, std::string> rendered(const std::string& from, const std::string& to) {
  const Catalog before = compiled(from), after = compiled(to);
  const Target target = postgres::target(postgres::kOldestVersion);
  const Plan up = make_plan(before, after, target);
  const Plan down = make_plan(after, before, {}, target);
  RenderInput input;
  input.revision = "20250101000000_test";
  input.parents = "20240101000000_before";
  input.up = &up;
  input.down = &down;
  input.dialect = &postgres::dialect();
  return render_files(input, "native");
}

}  // namespace

TEST_CASE("the files of a revision, byte for byte") {
  const auto files = rendered("table t {\n  id int;\n  note text?;\n}\n",
                              "table t {\n  id int;\n  tier smallint default 1;\n}\n");
  CHECK(files.size() == 2);
  CHECK_THAT(files.at("up.sql"),
             StartsWith("-- 20250101000000_test, up\n"
                        "--\n"
                        "-- Adds column public.t.tier; drops column public.t.note.\n"
                        "-- Follows 20240101000000_before.\n"
                        "-- Run it by: psql -v ON_ERROR_STOP=1 -f up.sql\n"
                        "--\n"
                        "-- Destroys for good, so that down.sql brings it back empty:\n"
                        "--   the data of column public.t.note\n"
                        "\n"
                        "BEGIN;\n"
                        "\n"
                        "-- public.t."));
  CHECK_THAT(files.at("up.sql"),
             Contains("-- public.t.tier: added (shop.schema:3)\n"
                      "-- ACCESS EXCLUSIVE on public.t\n"
                      "ALTER TABLE public.t ADD COLUMN tier smallint NOT NULL DEFAULT 1;\n"));
  CHECK_THAT(files.at("up.sql"), Contains("-- DS103: drops a column and its values\n"));
  CHECK_THAT(files.at("up.sql"), EndsWith(";\n\nCOMMIT;\n"));
  CHECK_THAT(files.at("down.sql"),
             StartsWith("-- 20250101000000_test, down\n"
                        "--\n"
                        "-- Adds column public.t.note; drops column public.t.tier.\n"
                        "-- Run it by: psql -v ON_ERROR_STOP=1 -f down.sql\n"
                        "--\n"
                        "-- Cannot bring back what up.sql destroyed; returns empty:\n"
                        "--   column public.t.note\n"
                        "--\n"
                        "-- Destroys for good:\n"
                        "--   the data of column public.t.tier\n"));
}

TEST_CASE("a new table speaks for what stands in it, and shows no locks") {
  const auto files = rendered("", "table t {\n  id int primary key;\n  name text unique;\n}\n");
  const std::string& up = files.at("up.sql");
  CHECK_THAT(up, Contains("\n-- public.t: added (shop.schema:1)\nCREATE TABLE public.t (\n"));
  CHECK_THAT(up, !Contains("public.t.name") && !Contains("EXCLUSIVE") && !Contains("Destroys"));
}

TEST_CASE("bodies go unchecked only where what they name may come later") {
  const std::string function = "function f() returns int language sql as $$ select 1 $$;\n";
  CHECK_THAT(rendered("", function).at("up.sql"), !Contains("check_function_bodies"));
  CHECK_THAT(rendered("", function + "table t { id int; }").at("up.sql"),
             Contains("BEGIN;\n\n-- Bodies are checked when they first run") &&
                 Contains("SET LOCAL check_function_bodies = off;\n\n--"));
}

TEST_CASE("many changes are counted, few are named") {
  CHECK_THAT(
      rendered("",
               "table a { id int; } table b { id int; } enum e { 'x' } view v as $$ select 1 $$;")
          .at("up.sql"),
      Contains("\n-- Adds 1 enum, 2 tables and 1 view.\n"));
}

TEST_CASE("a template that is missing or broken is named") {
  setenv("SCHEMAC_TEMPLATES", "/nowhere", 1);
  CHECK_THROWS_WITH(rendered("", "table t { id int; }"), Contains("/nowhere/native"));
  unsetenv("SCHEMAC_TEMPLATES");
}

TEST_CASE("no name ends a comment") {
  const std::string name = "\"a\n; DROP TABLE x; --\u202E\"";
  const auto files = rendered("table " + name + " { id int; }", "");
  const std::string& up = files.at("up.sql");
  CHECK_THAT(up, Contains("-- Drops table public.\"a\\n; DROP TABLE x; --\\u{202E}\".\n"));
  CHECK_THAT(up, Contains("--   the data of table public.\"a\\n; DROP TABLE x;"));
  // The name stands as it is in the statement alone.
  CHECK(up.find("\n; DROP TABLE x;") == up.find("DROP TABLE public.\"a\n;") + 20);
  CHECK(up.rfind("\n; DROP TABLE x;") == up.find("\n; DROP TABLE x;"));
}
