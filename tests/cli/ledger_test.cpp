// Several runs at once, what a database remembers of them, and what a person may say of it.

#include <sstream>

#include "tests/cli/live_project.h"

using Catch::Contains;
using schemac::test::Database;
using schemac::test::Project;
using schemac::test::Ran;
using schemac::test::start_apply;

namespace {

const std::string kOne = "table one { id int; }\n";
const std::string kTwo = kOne + "table two { id int; }\n";

int exit_status(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string runs_of(const Project& project) {
  std::string seen;
  const auto document = project.run_json({"history"}, 0);
  for (const auto& run : document["result"]["runs"])
    seen += run["operation"].get<std::string>() + " " + run["state"].get<std::string>() + "\n";
  return seen;
}

}  // namespace

TEST_CASE("of runs that start together each revision is applied once") {
  const int together = GENERATE(2, 10);
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.generate("second", kTwo);
  project.append("migrations/20250224120001_second/up.sql",
                 "CREATE INDEX CONCURRENTLY by_id ON one (id);\n");
  std::vector<pid_t> children;
  for (int i = 0; i < together; ++i) children.push_back(start_apply(project, database));
  for (const pid_t child : children) CHECK(exit_status(child) == 0);
  CHECK(runs_of(project) == "up done\nup done\n");
  CHECK(database.run("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_id'::regclass") ==
        "t");
}

TEST_CASE("a run says whom it waits for, and gives up") {
  const Database database;
  Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  const std::string path = "migrations/20250224120000_first/up.sql";
  const std::string good = project.read(path);
  std::string slow = good;
  slow.replace(slow.find("COMMIT;"), 7, "SELECT pg_sleep(60);\n\nCOMMIT;");
  project.write(path, slow);
  REQUIRE(project.run({"rehash"}).status == 0);
  const pid_t child = start_apply(project, database);
  const std::string sleeps = "query LIKE '%pg_sleep(60)%'";
  database.wait_for(sleeps);
  const Ran late = project.run({"apply", "--lock-wait", "1s"});
  CHECK(late.status == 1);
  CHECK_THAT(late.err, Contains("waiting for another run of schemac: server process ") &&
                           Contains(" of schemac") && Contains("; waited 1 s"));
  // The program is gone; the server is still at its statement.
  kill(child, SIGKILL);
  CHECK(exit_status(child) == -1);
  const Ran behind = project.run({"apply", "--lock-wait", "0s"});
  CHECK(behind.status == 1);
  CHECK_THAT(behind.err, Contains("another run of schemac works on this database"));
  project.write(path, good);
  REQUIRE(project.run({"rehash"}).status == 0);
  database.run(
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " +
      sleeps);
  CHECK(project.run({"apply"}).status == 0);
  CHECK(database.has("one"));
}

TEST_CASE("a transaction that gets no lock is tried again") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  REQUIRE(project.run({"apply"}).status == 0);
  project.generate("second", "table one { id int; more int?; }\n");
  pqxx::connection other(database.url());
  auto reader = std::make_unique<pqxx::work>(other);
  reader->exec("SELECT * FROM one");
  const std::string waits = "query LIKE 'ALTER TABLE%' AND wait_event_type = 'Lock'";
  std::thread leaving([&] {
    database.wait_for(waits);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    reader.reset();
  });
  const Ran ran = project.run({"apply", "--lock-timeout", "100ms"});
  leaving.join();
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Contains("canceling statement due to lock timeout; trying again (1 of 5)"));
}

TEST_CASE("history tells of runs that failed, and of what people decided") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  CHECK(project.run({"history"}).out == "nothing was ever run\n");
  CHECK_FALSE(database.has("schemac.run"));
  project.generate("first", kOne);
  project.generate("second", kTwo);
  database.run("CREATE TABLE two (id int)");
  CHECK(project.run({"apply"}).status == 1);
  CHECK(runs_of(project) == "up done\nup failed\n");
  const auto failed = project.run_json({"history", "--last", "1"}, 0)["result"]["runs"][0];
  CHECK(failed["sqlstate"] == "42P07");
  CHECK_THAT(failed["message"].get<std::string>(), Contains("already exists"));
  CHECK(failed["catalog_after"].is_null());

  CHECK(project.run({"resolve", "@second", "--applied", "--reason", "it was there"}).out ==
        "recorded as applied: 20250224120001_second\n");
  CHECK(project.run({"status"}).status == 0);
  CHECK(project.run({"apply"}).out == "nothing to do\n");
  CHECK(project.run({"resolve", "@second", "--rolled-back", "--reason", "no"}).status == 0);
  CHECK(project.run({"status"}).status == 2);
  CHECK_THAT(project.run({"history"}).out,
             Contains("resolve 20250224120001_second: done") && Contains("reason: it was there"));
  CHECK(project.run({"resolve", "@second", "--reason", "x"}).status == 1);
  CHECK(project.run({"resolve", "@second", "--applied"}).status == 1);

  // What is there adds up: to where it was before, after the way back.
  const auto runs = project.run_json({"history"}, 0)["result"]["runs"];
  CHECK(runs[0]["catalog_after"] == runs[1]["catalog_before"]);
  CHECK(runs[2]["catalog_after"] != runs[2]["catalog_before"]);
  CHECK(runs[3]["catalog_after"] == runs[2]["catalog_before"]);
}

TEST_CASE("a person's word ends a run that stands half-way") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.append("migrations/20250224120000_first/up.sql", "SELECT 1 / 0;\n");
  CHECK(project.run({"apply"}).status == 1);
  CHECK_THAT(project.run({"status"}).out, Contains("stopped up after 1 of 2"));
  CHECK(project.run({"resolve", "@first", "--applied", "--reason", "no need"}).status == 0);
  CHECK(project.run({"status"}).status == 0);
  CHECK(runs_of(project) == "up continued\nresolve done\n");
}

TEST_CASE("the ledger may live in another schema") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.write("schemac.toml", "ledger = \"Kept Here\"\n");
  project.generate("first", kOne);
  CHECK(project.run({"apply"}).status == 0);
  CHECK(database.has("\"Kept Here\".revision"));
  CHECK_FALSE(database.has("schemac.revision"));
  CHECK(project.run({"status"}).status == 0);
  CHECK(project.run({"check", "--url", database.url()}).status == 0);
  CHECK(project.run({"rollback"}).status == 0);
}

TEST_CASE("statements run as the role that is asked for, and the ledger is kept by who connects") {
  const Database database;
  Project project(database);
  database.run(
      "DROP ROLE IF EXISTS schemac_owner; DROP ROLE IF EXISTS schemac_deployer; "
      "CREATE ROLE schemac_owner; CREATE ROLE schemac_deployer LOGIN IN ROLE schemac_owner");
  database.run("GRANT CREATE ON DATABASE \"" + database.name() + "\" TO schemac_deployer");
  database.run("GRANT CREATE ON SCHEMA public TO schemac_owner");
  std::string url = database.url();
  url.replace(url.find("user=postgres"), 13, "user=schemac_deployer");
  project.environment["DATABASE_URL"] = url;
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.append("migrations/20250224120000_first/up.sql",
                 "CREATE INDEX CONCURRENTLY by_id ON one (id);\nCREATE TABLE three (id int);\n");
  const Ran ran = project.run({"apply", "--role", "schemac_owner"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto owner = [&](const std::string& relation) {
    return database.run("SELECT relowner::regrole FROM pg_class WHERE oid = '" + relation +
                        "'::regclass");
  };
  CHECK(owner("one") == "schemac_owner");
  CHECK(owner("three") == "schemac_owner");
  CHECK(owner("schemac.run") == "schemac_deployer");
  const auto run = project.run_json({"history"}, 0)["result"]["runs"][0];
  CHECK(run["user"] == "schemac_deployer");
  CHECK(run["role"] == "schemac_owner");
  CHECK(project.run({"rollback", "--role", "schemac_owner"}).status == 0);
  database.run("DROP OWNED BY schemac_owner, schemac_deployer");
  database.run("DROP ROLE schemac_owner, schemac_deployer");
}

TEST_CASE("what a file sets in the session holds for the rest of it, and for nothing else") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.append("migrations/20250224120000_first/up.sql",
                 "SET search_path = pg_catalog;\nCREATE SCHEMA aside;\nSET search_path = aside;\n"
                 "CREATE TABLE here (id int);\nSELECT 1 / 0;\nCREATE TABLE there (id int);\n");
  CHECK(project.run({"apply"}).status == 1);
  CHECK(database.has("aside.here"));
  const std::string path = "migrations/20250224120000_first/up.sql";
  std::string mended = project.read(path);
  project.write(path, mended.replace(mended.find("1 / 0"), 5, "1 / 1"));
  REQUIRE(project.run({"rehash"}).status == 0);
  CHECK(project.run({"apply"}).status == 0);
  CHECK(database.has("aside.there"));
  project.generate("second", kTwo);
  project.append("migrations/20250224120001_second/up.sql", "CREATE TABLE four (id int);\n");
  CHECK(project.run({"apply"}).status == 0);
  CHECK(database.has("public.four"));
}

TEST_CASE("a statement outside of transactions that nothing tells of is not run twice") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  const std::string path = "migrations/20250224120000_first/up.sql";
  const std::string good = project.read(path);
  const std::string batches =
      "DO $$ BEGIN\n INSERT INTO one VALUES (1);\n COMMIT;\n PERFORM pg_sleep(30);\nEND $$;\n";
  project.append(path, batches);
  const pid_t child = start_apply(project, database);
  database.wait_for("query LIKE '%pg_sleep(30)%' AND wait_event = 'PgSleep'");
  kill(child, SIGKILL);
  CHECK(exit_status(child) == -1);
  database.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
  const Ran again = project.run({"apply"});
  CHECK(again.status == 1);
  CHECK_THAT(again.err, Contains("nothing tells how far it came") &&
                            Contains("schemac resolve 20250224120000_first"));
  CHECK(database.run("SELECT count(*) FROM one") == "1");
  // Its author knows better.
  project.write(path, good + "-- schemac:resumable\n" + batches);
  std::string short_sleep = project.read(path);
  project.write(path, short_sleep.replace(short_sleep.find("(30)"), 4, "(0)"));
  REQUIRE(project.run({"rehash"}).status == 0);
  CHECK(project.run({"apply"}).status == 0);
  CHECK(database.run("SELECT count(*) FROM one") == "2");
}

TEST_CASE("a run says what it does, to people and to programs") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.append("migrations/20250224120000_first/up.sql",
                 "CREATE INDEX CONCURRENTLY by_id ON one (id);\n");
  const Ran would = project.run({"apply", "--dry-run"});
  CHECK(would.out == "would apply 20250224120000_first (2 steps)\n");
  CHECK_FALSE(database.has("one"));
  CHECK_FALSE(database.has("schemac.run"));
  REQUIRE(project.run({"apply"}).status == 0);
  CHECK(project.run({"rollback", "--dry-run"}).out ==
        "would roll back 20250224120000_first (1 step)\n");
  REQUIRE(project.run({"rollback"}).status == 0);

  // Somebody holds up what an index build waits for.
  database.run("CREATE TABLE other (id int)");
  pqxx::connection other(database.url());
  auto writer = std::make_unique<pqxx::work>(other);
  writer->exec("INSERT INTO other VALUES (1)");
  std::thread leaving([&] {
    database.wait_for("query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'");
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    writer.reset();
  });
  std::string slow = project.read("migrations/20250224120000_first/up.sql");
  project.write("migrations/20250224120000_first/up.sql",
                slow.replace(slow.find("ON one"), 6, "ON other"));
  REQUIRE(project.run({"rehash"}).status == 0);
  const Ran ran = project.run({"apply", "--events", "events.jsonl"});
  leaving.join();
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Contains("index build: waiting for writers before build") &&
                          Contains("waiting for server process ") &&
                          Contains("idle in transaction, transaction open for "));
  std::istringstream lines(project.read("events.jsonl"));
  std::string kinds;
  for (std::string line; std::getline(lines, line);) {
    const auto event = nlohmann::json::parse(line);
    CHECK(event["time"].get<std::string>().size() == 24);
    CHECK(event["revision"] == "20250224120000_first");
    if (event["event"] != "progress") kinds += event["event"].get<std::string>() + " ";
  }
  CHECK(kinds == "revision-started step-started step-done step-started step-done revision-done ");
  CHECK_THAT(project.read("events.jsonl"), Contains("\"event\":\"progress\""));
}

TEST_CASE("a run waits for a database that is not there yet") {
  const Database database;
  Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  std::string url = database.url();
  url.replace(url.find(database.name()), database.name().size(), "comes_late");
  project.environment["DATABASE_URL"] = url;
  const Ran early = project.run({"apply", "--wait", "1s"});
  CHECK(early.status == 1);
  CHECK_THAT(early.err, Contains("waiting: cannot connect to ") && Contains("does not exist"));
  std::thread coming([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(1200));
    database.run("CREATE DATABASE comes_late TEMPLATE template0");
  });
  const Ran ran = project.run({"apply", "--wait", "1min"});
  coming.join();
  CHECK(ran.out == "applied 20250224120000_first\n");
  database.run("DROP DATABASE comes_late WITH (FORCE)");
  CHECK(project.run({"apply", "--wait", "soon"}).status == 1);
}

TEST_CASE("a statement that fails outside of a transaction as it does in one") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.append("migrations/20250224120000_first/up.sql",
                 "CREATE PROCEDURE never() LANGUAGE plpgsql SET search_path = public AS $$ BEGIN "
                 "COMMIT; END $$;\nCALL never();\n");
  const Ran ran = project.run({"apply"});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("invalid transaction termination") && Contains("2 of 3 steps"));
  CHECK_THAT(project.run({"status"}).out, Contains("stopped up after 2 of 3"));
}

TEST_CASE("a transaction has the isolation that its file asks for") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", kOne);
  project.append("migrations/20250224120000_first/up.sql",
                 "BEGIN ISOLATION LEVEL SERIALIZABLE;\nCREATE TABLE level AS SELECT "
                 "current_setting('transaction_isolation') AS said;\nCOMMIT;\n");
  const std::string path = "migrations/20250224120000_first/up.sql";
  std::string all = project.read(path);
  project.write(path, all.replace(all.find("BEGIN;"), 6, "BEGIN ISOLATION LEVEL REPEATABLE READ;"));
  REQUIRE(project.run({"rehash"}).status == 0);
  const Ran ran = project.run({"apply"});
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(database.run("SELECT said FROM level") == "serializable");
}
