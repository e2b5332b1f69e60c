// lint, run as a user would, on the layouts of the tools that keep SQL in files.

#include <catch2/catch.hpp>
#include <set>

#include "tests/cli/workspace.h"

using Catch::Contains;
using nlohmann::json;
using schemac::test::Ran;
using schemac::test::Workspace;

namespace schemac {
namespace {

const std::string kTable = "CREATE TABLE public.book (id bigint PRIMARY KEY, title text);\n";

// `file: code` of each finding.
std::set<std::string> findings(const json& result) {
  std::set<std::string> found;
  for (const json& finding : result["findings"])
    found.insert(finding.value("file", "") + ": " + finding["code"].get<std::string>());
  return found;
}

std::set<std::string> lint(const Workspace& workspace, const std::string& path, int status) {
  return findings(workspace.run_json({"lint", path}, status));
}

using Set = std::set<std::string>;

}  // namespace

TEST_CASE("lint judges one file behind those that run before it") {
  Workspace workspace;
  workspace.write("db/1_book.sql", kTable);
  workspace.write("db/2_index.sql",
                  "SET lock_timeout = 0;\nCREATE INDEX ON public.book (title);\n");
  workspace.write("db/10_later.sql", "DROP TABLE public.book;\n");
  // 10 runs behind 2, and says nothing of it.
  CHECK(lint(workspace, "db/2_index.sql", 2) ==
        Set{"db/2_index.sql: LK101", "db/2_index.sql: LK110"});
  const Set all = lint(workspace, "db", 2);
  CHECK(all.contains("db/10_later.sql: DS102"));
  CHECK_FALSE(all.contains("db/1_book.sql: LK110"));

  workspace.write(
      "db/3_checked.sql",
      "ALTER TABLE public.book ADD CONSTRAINT titled CHECK (title IS NOT NULL) NOT VALID;\n");
  workspace.write("db/4_valid.sql", "ALTER TABLE public.book VALIDATE CONSTRAINT titled;\n");
  workspace.write("db/5_required.sql", "ALTER TABLE public.book ALTER title SET NOT NULL;\n");
  CHECK_FALSE(lint(workspace, "db/5_required.sql", 2).contains("db/5_required.sql: SC101"));
}

TEST_CASE("lint knows the directives of the runners") {
  Workspace workspace;
  const std::string build = "CREATE INDEX CONCURRENTLY book_title ON public.book (title);\n";
  const std::string drop = "DROP INDEX CONCURRENTLY public.book_title;\n";
  const auto both = [&](const std::string& up, const std::string& down) {
    return up + "\n" + build + down + "\n" + drop;
  };
  const auto codes = [&](const std::string& name, const std::string& text) {
    Workspace one;
    one.write("m/1_a.sql", kTable);
    one.write("m/" + name, text);
    const json result = one.run_json({"lint", "m/" + name}, 2);
    Set found;
    for (const json& each : result["findings"]) found.insert(each["code"]);
    return found;
  };
  // Each opens a transaction unless it is told not to.
  for (const auto& [up, down] :
       {std::pair<std::string, std::string>{"-- migrate:up", "-- migrate:down"},
        {"-- +goose Up", "-- +goose Down"},
        {"-- +migrate Up", "-- +migrate Down"},
        {"-- Up Migration", "-- Down Migration"}}) {
    INFO(up);
    CHECK(codes("2_b.sql", both(up, down)).contains("TX101"));
  }
  workspace.write("m/1_a.sql", kTable);
  workspace.write("m/2_b.sql",
                  both("-- migrate:up transaction:false", "-- migrate:down transaction:false"));
  workspace.write("m/3_c.sql",
                  "-- +goose NO TRANSACTION\n" + both("-- +goose Up", "-- +goose Down"));
  workspace.write("m/4_d.sql",
                  both("-- +migrate Up notransaction", "-- +migrate Down notransaction"));
  for (const std::string& found : lint(workspace, "m", 0)) CHECK_THAT(found, !Contains("TX101"));
}

TEST_CASE("lint pairs the files of the runners, and judges downs as downs") {
  const std::string add = "ALTER TABLE public.book ADD COLUMN pages integer;\n";
  const std::string remove = "ALTER TABLE public.book DROP COLUMN pages;\n";
  const std::string lose = "ALTER TABLE public.book DROP COLUMN title;\n";
  for (const auto& [up, down] : {std::pair<std::string, std::string>{"2_b.up.sql", "2_b.down.sql"},
                                 {"V2__b.sql", "U2__b.sql"},
                                 {"2/up.sql", "2/down.sql"},
                                 {"2.do.b.sql", "2.undo.b.sql"},
                                 {"2_b.sql", "2_b.rollback.sql"},
                                 {"deploy/b.sql", "revert/b.sql"}}) {
    INFO(up);
    Workspace workspace;
    workspace.write("m/" + up, kTable + add);
    workspace.write("m/" + down, remove);
    // What the up part made is no loss.
    CHECK_FALSE(lint(workspace, "m", 0).contains("m/" + down + ": DS103"));
  }
  Workspace workspace;
  workspace.write("m/V1__a.sql", kTable);
  workspace.write("m/V2__b.sql", add);
  workspace.write("m/U2__b.sql", remove + lose + "CREATE INDEX ON public.book (id);\n");
  workspace.write("m/R__c.sql",
                  "CREATE OR REPLACE VIEW public.books AS SELECT id FROM public.book;\n");
  const Set found = lint(workspace, "m", 2);
  CHECK(found.contains("m/U2__b.sql: DS103"));
  CHECK(found.contains("m/U2__b.sql: IR104"));
  CHECK_FALSE(found.contains("m/U2__b.sql: LK110"));
  // The way back is tried: what it takes is there again for the next one.
  workspace.write("m/V3__d.sql", "ALTER TABLE public.book ALTER COLUMN title TYPE varchar(20);\n");
  CHECK(lint(workspace, "m", 2).contains("m/V3__d.sql: DS110"));
}

TEST_CASE("a way back that may drop what was there before is named") {
  Workspace workspace;
  workspace.write("m/1_a.up.sql", kTable);
  workspace.write("m/1_a.down.sql", "DROP TABLE public.book;\n");
  workspace.write("m/2_b.up.sql",
                  "CREATE TABLE IF NOT EXISTS public.leaf (id bigint);\n"
                  "ALTER TABLE public.book ADD COLUMN IF NOT EXISTS pages integer;\n");
  workspace.write("m/2_b.down.sql",
                  "DROP TABLE public.leaf;\nALTER TABLE public.book DROP COLUMN pages;\n");
  const json result = workspace.run_json({"lint", "m", "--notes"}, 0);
  int named = 0;
  for (const json& finding : result["findings"]) {
    if (finding["code"] != "IR107") continue;
    ++named;
    CHECK(finding["file"] == "m/2_b.down.sql");
  }
  CHECK(named == 2);
  // One that is missing is named as well, where the layout has a place for it.
  workspace.write("m/3_c.up.sql", "CREATE TABLE public.page (id bigint PRIMARY KEY);\n");
  CHECK(findings(workspace.run_json({"lint", "m/3_c.up.sql", "--notes"}, 0)) ==
        Set{"m/3_c.up.sql: IR108"});
}

TEST_CASE("sqitch's plan is the order of its files") {
  Workspace workspace;
  workspace.write("s/sqitch.plan",
                  "%syntax-version=1.0.0\n%project=s\n\nzoo 2024-01-01T00:00:00Z a <a@b> # z\n"
                  "ape [zoo] 2024-01-02T00:00:00Z a <a@b> # a\n");
  workspace.write("s/deploy/zoo.sql", kTable);
  workspace.write("s/deploy/ape.sql", "ALTER TABLE public.book ALTER COLUMN title TYPE varchar;\n");
  workspace.write("s/verify/zoo.sql", "TRUNCATE public.book;\n");
  // text to varchar writes nothing, which only who saw the table can know.
  const Set found = lint(workspace, "s", 0);
  CHECK_FALSE(found.contains("s/deploy/ape.sql: RW105"));
  CHECK_FALSE(found.contains("s/verify/zoo.sql: DS107"));
}

TEST_CASE("lint wants reasons, and says which are no longer needed") {
  Workspace workspace;
  workspace.write("a.sql", kTable);
  workspace.write(
      "b.sql", "-- schemac:allow DS102 reason=\"moved to the archive\"\nDROP TABLE public.book;\n");
  CHECK_FALSE(lint(workspace, "b.sql", 0).contains("b.sql: DS102"));
  workspace.write("b.sql", "-- schemac:allow DS102\nDROP TABLE public.book;\n");
  CHECK(lint(workspace, "b.sql", 2) == Set{"b.sql: DS102", "b.sql: LK101", "b.sql: allow-broken"});
  workspace.write("b.sql", "-- schemac:allow DS103 reason=\"once\"\nSELECT 1;\n");
  CHECK(lint(workspace, "b.sql", 0) == Set{"b.sql: allow-unused"});
  workspace.write("schemac.toml", "allow = [\"DS102\", \"LK101\"]\n");
  workspace.write("b.sql", "DROP TABLE public.book;\n");
  CHECK(lint(workspace, "b.sql", 0).empty());
}

TEST_CASE("what cannot be read is said once, and the rest is judged") {
  Workspace workspace;
  workspace.write("a.sql",
                  "\\set quiet on\nFROB 1;\nFROB 2;\nDROP TABLE public.book;\n"
                  "COPY public.book (id) FROM stdin;\n1\n\\.\nDROP TABLE public.leaf;\n");
  const json result = workspace.run_json({"lint", "a.sql"}, 2);
  int unread = 0, drops = 0;
  for (const json& finding : result["findings"]) {
    unread += finding["code"] == "sql-unread";
    drops += finding["code"] == "DS102";
  }
  CHECK(unread == 1);
  CHECK(drops == 2);
  const Ran ran = workspace.run({"lint", "a.sql"});
  CHECK_THAT(ran.out, Contains("a.sql:2:1: warning: this is not judged: syntax error"));
  CHECK_THAT(ran.out, Contains("1 file, 5 statements, judged for PostgreSQL 15: 2 errors"));
  workspace.write("a.sql", "SELECT 'begun;\n");
  CHECK(lint(workspace, "a.sql", 2) == Set{"a.sql: sql-broken"});
  CHECK(workspace.run({"lint", "nowhere"}).status == 1);
}

TEST_CASE("lint shows what each statement does to which relation") {
  Workspace workspace;
  workspace.write("a.sql", kTable);
  workspace.write("b.sql", "ALTER TABLE book ADD CONSTRAINT t CHECK (title <> '');\n");
  const json result = workspace.run_json({"lint", "b.sql"}, 2);
  CHECK(result["result"]["statements"] ==
        json::parse(R"([{"file": "b.sql", "line": 1, "direction": "up", "effects": [
          {"relation": "book", "lock": "ACCESS EXCLUSIVE", "rewrites": false, "scans": true,
           "builds": false, "existing": true}]}])"));
}

}  // namespace schemac
