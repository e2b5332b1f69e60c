// The commands that work on databases, on a throwaway server.

#include <csignal>
#include <filesystem>

#include "tests/cli/live_project.h"

using Catch::Contains;
using schemac::test::Database;
using schemac::test::Project;
using schemac::test::Ran;
using schemac::test::start_apply;
namespace fs = std::filesystem;

namespace {

const std::string kOne = "table one { id int; }\n";
const std::string kTwo = "table one { id int; }\ntable two { id int; }\n";
const std::string kSecondUp = "migrations/20250224120001_second/up.sql";

}  // namespace

TEST_CASE("apply, status and rollback") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.generate("second", kTwo);
  CHECK(project.run({"status"}).status == 2);
  CHECK_FALSE(database.has("schemac.revision"));  // looking creates nothing

  CHECK(project.run({"apply", "--to", "@first"}).out == "applied 20250224120000_first\n");
  CHECK(database.has("one"));
  CHECK_FALSE(database.has("two"));
  CHECK(project.run({"apply"}).out == "applied 20250224120001_second\n");
  CHECK(project.run({"apply"}).out == "nothing to do\n");
  const Ran status = project.run({"status"});
  CHECK(status.status == 0);
  CHECK_THAT(status.out, Contains("applied 20") && Contains("  20250224120001_second\n"));
  CHECK(project.run({"check", "--url", database.url()}).status == 0);

  CHECK(project.run({"rollback"}).out == "rolled back 20250224120001_second\n");
  CHECK_FALSE(database.has("two"));
  CHECK(project.run({"apply"}).status == 0);
  CHECK(project.run({"rollback", "--to", "empty"}).out ==
        "rolled back 20250224120001_second\nrolled back 20250224120000_first\n");
  CHECK_FALSE(database.has("one"));
  CHECK(project.run({"rollback"}).out == "nothing to do\n");
  CHECK(project.run_json({"apply"}, 0)["result"]["applied"].size() == 2);
  CHECK(project.run_json({"status"}, 0)["result"]["pending"] == 0);
  CHECK(project.run_json({"rollback", "--steps", "2"}, 0)["result"]["rolled_back"].size() == 2);
}

TEST_CASE("psql runs the files") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate(
      "first",
      "/// All of it.\ntable one { id int primary key; }\nview v as $$ select id from one $$;\n");
  for (const char* file : {"up.sql", "down.sql", "up.sql"}) {
    const std::string command = "psql -q -v ON_ERROR_STOP=1 -f '" +
                                project.path("migrations/20250224120000_first/") + file + "' '" +
                                database.url() + "' >/dev/null 2>&1";
    CHECK(std::system(command.c_str()) == 0);
  }
  CHECK(database.has("v"));
  // Run by another tool, so without a ledger: the head is what it should be.
  CHECK(project.run({"check", "--url", database.url()}).status == 0);
}

TEST_CASE("a statement that fails: its place, its reason, and nothing of its transaction") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.generate("second", kTwo);
  project.append(kSecondUp, "BEGIN;\nCREATE TABLE three (id int);\nSELECT 1/0;\nCOMMIT;\n");
  const auto document = project.run_json({"apply"}, 1);
  const auto& finding = document["findings"][0];
  CHECK(finding["code"] == "database");
  CHECK(finding["file"] == kSecondUp);
  CHECK(finding["line"].get<int>() > 10);
  CHECK_THAT(finding["message"].get<std::string>(),
             Contains("division by zero") && Contains("22012") && Contains("1 of 2 steps"));
  CHECK(database.has("two"));
  CHECK_FALSE(database.has("three"));
  CHECK_THAT(project.run({"status"}).out, Contains("stopped up after 1 of 2"));

  // The part that failed may be mended; the part that is applied may not.
  const std::string failed = project.read(kSecondUp);
  const std::string edited = failed.substr(0, failed.find("CREATE TABLE public.two"));
  project.write(kSecondUp, edited + "CREATE TABLE public.other (id int);\n\nCOMMIT;\n");
  REQUIRE(project.run({"rehash"}).status == 0);
  CHECK_THAT(project.run({"apply"}).err, Contains("applied already was edited"));
  project.write(kSecondUp, failed);
  std::string mended = failed;
  mended.replace(mended.find("1/0"), 3, "1/1");
  project.write(kSecondUp, mended);
  REQUIRE(project.run({"rehash"}).status == 0);
  const Ran ran = project.run({"apply"});
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Contains("going on at step 2"));
  CHECK(database.has("three"));
  CHECK(project.run({"status"}).status == 0);
}

TEST_CASE("a statement outside of a transaction is recorded behind it") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.append("migrations/20250224120000_first/up.sql",
                 "CREATE INDEX CONCURRENTLY one_id ON one (id);\n");
  const Ran ran = project.run({"apply"});
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(database.run("SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_id'::regclass") ==
        "t");
  CHECK(database.run("SELECT steps_done FROM schemac.run") == "2");
}

TEST_CASE("files that cannot be run are refused before anything runs") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  const std::string path = "migrations/20250224120000_first/up.sql";
  const std::string good = project.read(path);
  const std::pair<const char*, const char*> bad[] = {{"\\d one\n", "backslash commands"},
                                                     {"COMMIT;\n", "ends that never began"},
                                                     {"SELECT 'x\n", "without its end"}};
  for (const auto& [sql, message] : bad) {
    project.write(path, good + sql);
    REQUIRE(project.run({"rehash"}).status == 0);
    const Ran ran = project.run({"apply"});
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, Contains(message) && Contains(path));
    CHECK_FALSE(database.has("one"));
  }
}

TEST_CASE("edited and missing applied revisions are refused") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  REQUIRE(project.run({"apply"}).status == 0);
  const std::string path = "migrations/20250224120000_first/up.sql";
  const std::string good = project.read(path);
  project.append(path, "-- a remark changes nothing\n");
  CHECK(project.run({"apply"}).status == 0);
  project.append(path, "SELECT 1;\n");
  CHECK_THAT(project.run({"apply"}).err, Contains("[applied-edited]"));
  CHECK_THAT(project.run({"rollback"}).err, Contains("[applied-edited]"));
  CHECK(project.run({"status"}).status == 2);
  fs::remove_all(project.path("migrations"));
  CHECK_THAT(project.run({"apply"}).err, Contains("[revision-not-in-folder]"));
}

TEST_CASE("drift is found, and what is not managed is named") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first",
                   "table one { id int primary key; name text; check named (name <> ''); }\n"
                   "view renamed(key) as $$ select id from one $$;\n");
  project.generate("second",
                   "table one { id int primary key; name text; check named (name <> ''); }\n"
                   "view renamed(key) as $$ select id from one $$;\n"
                   "table two { id int; }\n");
  REQUIRE(project.run({"apply", "--to", "@first"}).status == 0);
  // What is merely pending is no drift.
  project.write("schemac.toml", "allow = [\"not-proven\"]\n");
  const auto behind = project.run_json({"check", "--url", database.url()}, 0);
  CHECK(behind["findings"][0]["code"] == "revisions-pending");
  REQUIRE(project.run({"apply"}).status == 0);
  database.run(
      "ALTER TABLE one DROP CONSTRAINT named; ALTER TABLE one ADD extra int; "
      "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS a; "
      "ALTER MATERIALIZED VIEW kept REPLICA IDENTITY FULL; "
      "ALTER TABLE one ALTER name DROP NOT NULL");
  const auto document = project.run_json({"check", "--url", database.url()}, 2);
  std::string found;
  for (const auto& finding : document["findings"])
    found +=
        finding["severity"].get<std::string>() + " " + finding["message"].get<std::string>() + "\n";
  CHECK_THAT(found,
             Contains("error column public.one.extra is in the database and in no revision"));
  CHECK_THAT(found, Contains("error check constraint public.one.named is missing in the database"));
  CHECK_THAT(found,
             Contains("error column public.one.name is different in the database (nullable)"));
  // The server keeps the names of a view's columns in its query.
  CHECK_THAT(found, !Contains("error view public.renamed"));
  CHECK_THAT(
      found,
      Contains("note replica identities of materialized views are not managed: public.kept"));
  CHECK(project.run({"diff", database.url(), "@head", "--exit-code"}).status == 2);
}

TEST_CASE("drift.toml accepts drift for a while") {
  const Database database;
  Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table one { id int primary key; }\n");
  REQUIRE(project.run({"apply"}).status == 0);
  project.write("schemac.toml", "allow = [\"not-proven\"]\n");
  database.run("CREATE INDEX one_hot ON one (id)");
  const auto codes = [&](int status) {
    const auto document = project.run_json({"check", "--url", database.url()}, status);
    std::vector<std::string> found;
    for (const auto& finding : document["findings"]) found.push_back(finding["code"]);
    return found;
  };
  using Codes = std::vector<std::string>;
  CHECK(codes(2) == Codes{"drift"});
  const auto entry = [](const std::string& object, const std::string& until) {
    return "[[drift]]\nobject = \"" + object + "\"\nreason = \"an incident\"\nowner = \"ops\"\n" +
           (until.empty() ? "" : "until = " + until + "\n");
  };
  project.write("drift.toml", entry("index public.one_hot", "9999-12-31"));
  CHECK(codes(0).empty());
  project.write("drift.toml", entry("public.one_*", "2001-01-01"));
  CHECK(codes(2) == Codes{"drift-expired"});
  project.write("drift.toml", entry("public.two", "9999-12-31"));
  CHECK(codes(2) == Codes{"drift-unused", "drift"});
  project.write("drift.toml", entry("index public.one_hot", ""));
  CHECK(codes(2) == Codes{"drift-file", "drift"});
}

TEST_CASE("a partition that keys of a database refer to is detached before it goes") {
  const Database database;
  const Project project(database);
  database.run(
      "CREATE TABLE entry (id int PRIMARY KEY) PARTITION BY RANGE (id); "
      "CREATE TABLE entry_1 PARTITION OF entry FOR VALUES FROM (1) TO (10); "
      "CREATE TABLE note (entry_id int NOT NULL REFERENCES entry)");
  REQUIRE(project.run({"init"}).status == 0);
  project.write("schema/all.schema",
                "table entry { id int primary key; partition by range (id); }\n"
                "table note { entry_id int references entry; }\n");
  const Ran planned = project.run({"diff", database.url(), "schema"});
  INFO(planned.err);
  CHECK_THAT(planned.out, Contains("ALTER TABLE public.entry DETACH PARTITION public.entry_1") &&
                              Contains("DROP TABLE public.entry_1"));
}

TEST_CASE("pull writes what the database is, and overwrites nobody's work") {
  const Database database;
  const Project project(database);
  database.run(
      "CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
      "name text NOT NULL CHECK (length(name) > 1)); "
      "COMMENT ON TABLE customer IS 'People'; CREATE VIEW v AS SELECT name FROM customer");
  REQUIRE(project.run({"init"}).status == 0);
  const Ran pulled = project.run({"pull"});
  INFO(pulled.err);
  CHECK(pulled.status == 0);
  CHECK_THAT(project.read("schema/customer.schema"), Contains("/// People\ntable customer {"));
  CHECK(project.run({"fmt", "--check"}).status == 0);
  CHECK(project.run({"diff", database.url(), "schema", "--exit-code", "--shadow", "auto"}).status ==
        0);
  CHECK_THAT(project.run({"pull"}).out, Contains("unchanged") && !Contains("wrote"));

  project.write("schema/customer.schema", "// mine\n" + project.read("schema/customer.schema"));
  project.write("schema/other.schema", "table other { id int; }\n");
  const Ran refused = project.run({"pull"});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Contains("[file-differs]") && Contains("[file-foreign]"));
  CHECK_THAT(project.read("schema/customer.schema"), Contains("// mine"));
  CHECK(project.run({"pull", "--force"}).status == 0);
  CHECK_FALSE(project.has("schema/other.schema"));
  CHECK_THAT(project.run({"pull", "-o", "-"}).out, Contains("table customer {"));
  CHECK(project.run({"pull", "-o", "shop.json"}).status == 0);
  CHECK(project.run({"diff", "shop.json", database.url(), "--exit-code"}).status == 0);
}

TEST_CASE("a database that exists becomes a project by a baseline") {
  const Database database, empty;
  const Project project(database);
  database.run("CREATE TABLE one (id int NOT NULL); CREATE INDEX ON one (id)");
  const Ran begun = project.run({"init", "--from", database.url()});
  INFO(begun.err);
  REQUIRE(begun.status == 0);
  CHECK_THAT(begun.out, Contains("schemac baseline"));
  const std::string version =
      std::to_string(std::stoi(database.run("SHOW server_version_num")) / 10000);
  CHECK_THAT(project.read("schemac.toml"), Contains("\nserver_version = " + version + "\n"));
  CHECK(project.run({"check"}).status == 0);
  CHECK_THAT(project.run({"generate", "nothing"}).out, Contains("nothing to do"));
  // The database has it already: it is recorded, never run.
  CHECK_THAT(project.run({"apply"}).err, Contains("[baseline-exists]"));
  CHECK_FALSE(database.has("schemac.revision"));
  database.run("ALTER TABLE one ADD extra int");
  CHECK_THAT(project.run({"baseline"}).err, Contains("[baseline-differs]") && Contains("extra"));
  database.run("ALTER TABLE one DROP extra");
  CHECK(project.run({"baseline"}).status == 0);
  CHECK_THAT(project.run({"baseline"}).err, Contains("[revision-applied]"));
  CHECK(project.run({"apply"}).out == "nothing to do\n");
  // On an empty one it runs like any other.
  CHECK(project.run({"apply", "--url", empty.url()}).status == 0);
  CHECK(empty.has("one"));
}

TEST_CASE("after init, an edit gives the same revision with the kept state and without") {
  const Database database;
  database.run(
      "CREATE SCHEMA shop; CREATE TYPE shop.mood AS ENUM ('calm', 'busy');"
      "COMMENT ON SCHEMA shop IS 'What is sold';"
      "CREATE TABLE shop.customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
      "  name text NOT NULL, state shop.mood DEFAULT 'calm');"
      "CREATE TABLE shop.orders (id serial, customer bigint REFERENCES shop.customer,"
      "  placed date NOT NULL) PARTITION BY RANGE (placed);"
      "CREATE TABLE shop.orders_1 PARTITION OF shop.orders FOR VALUES FROM ('2024-01-01') TO "
      "  ('2025-01-01');"
      "CREATE INDEX ON shop.orders (customer);"
      "CREATE VIEW public.busy AS SELECT name FROM shop.customer WHERE state = 'busy';"
      "CREATE TABLE public.apart (id int CHECK (id > 0))");
  const Project with(database), without(database);
  for (const Project* project : {&with, &without}) {
    const Ran ran = project->run({"init", "--from", database.url()});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
  }
  REQUIRE(with.has(".schemac"));
  CHECK_THAT(with.run({"generate", "none"}).out, Contains("nothing to do"));
  fs::remove_all(without.path(".schemac"));
  const std::string file = "schema/shop/customer.schema";
  std::string text = with.read(file);
  const std::size_t block = text.find("{\n");
  REQUIRE(block != std::string::npos);
  text.insert(block + 2, "  note text?;\n");
  for (const Project* project : {&with, &without}) {
    project->write(file, text);
    const Ran ran = project->run({"generate", "note", "--no-prove"});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
  }
  const std::string folder = "migrations/20250224120001_note/";
  for (const char* name : {"up.sql", "down.sql", "revision.json"})
    CHECK(with.read(folder + name) == without.read(folder + name));
}

TEST_CASE("init can record the baseline at once") {
  const Database database;
  const Project project(database);
  database.run("CREATE TABLE one (id int NOT NULL)");
  const auto begun = project.run_json({"init", "--from", database.url(), "--mark-applied"}, 0);
  CHECK(begun["result"]["marked_applied"] == true);
  CHECK(project.run({"status"}).status == 0);
}

TEST_CASE("a role without rights is told so") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  database.run("DROP ROLE IF EXISTS schemac_poor; CREATE ROLE schemac_poor LOGIN");
  std::string url = database.url();
  url.replace(url.find("user=postgres"), 13, "user=schemac_poor");
  const Ran ran = project.run({"apply", "--url", url});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("permission denied"));
  CHECK_FALSE(database.has("one"));
  database.run("DROP ROLE schemac_poor");
}

TEST_CASE("Ctrl-C while a statement runs: nothing of it stays, and the lock is gone") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  const std::string path = "migrations/20250224120000_first/up.sql";
  const std::string good = project.read(path);
  std::string slow = good;
  slow.replace(slow.find("COMMIT;"), 7, "SELECT pg_sleep(30);\n\nCOMMIT;");
  project.write(path, slow);
  REQUIRE(project.run({"rehash"}).status == 0);
  const pid_t child = start_apply(project, database);
  database.wait_for("query LIKE '%pg_sleep(30)%'");
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 130);
  CHECK_FALSE(database.has("one"));
  project.write(path, good);
  REQUIRE(project.run({"rehash"}).status == 0);
  CHECK(project.run({"apply"}).status == 0);
}

TEST_CASE("declared texts are compared by way of a server") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table one { id int; total numeric; check (total > 0); }\n");
  REQUIRE(project.run({"apply"}).status == 0);
  project.write("schemac.toml", "allow = [\"not-proven\"]\n");
  // The server shows `total > (0)::numeric`. Without one, what was written is all that is known.
  const Ran unproven = project.run({"check", "--url", database.url()});
  CHECK(unproven.status == 0);
  CHECK_THAT(unproven.out, Contains("warning:"));
  const Ran proven = project.run({"check", "--url", database.url(), "--shadow", "auto"});
  CHECK(proven.status == 0);
  CHECK(proven.out == "ok\n");
}

TEST_CASE("a text that the server prints otherwise once it has read it makes no difference") {
  // Of the list it prints a cast as a whole, and of that casts of its items.
  const std::string sql = "CREATE TABLE one (state varchar(9) CHECK (state IN ('a', 'b')))";
  const Database database, built;
  database.run(sql);
  const Project project(built);
  REQUIRE(project.run({"init", "--from", database.url()}).status == 0);
  REQUIRE(project.run({"apply"}).status == 0);
  for (const std::string& source : {std::string("schema"), std::string("@head"), database.url()})
    for (const Database* other : {&database, &built}) {
      const Ran ran = project.run({"diff", other->url(), source, "--shadow", "auto"});
      INFO(source << ran.err);
      CHECK(ran.out == "no difference\n");
    }
  built.run(
      "ALTER TABLE one DROP CONSTRAINT one_state_check, "
      "ADD CONSTRAINT one_state_check CHECK (state IN ('a', 'c'))");
  CHECK_THAT(project.run({"diff", built.url(), database.url(), "--shadow", "auto"}).out,
             Contains("'b'"));
}
