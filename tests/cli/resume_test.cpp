// Indexes that are built and dropped outside of transactions, and what a run leaves that stops
// there.

#include <csignal>

#include "tests/cli/live_project.h"

using Catch::Contains;
using schemac::test::Database;
using schemac::test::Project;
using schemac::test::Ran;

TEST_CASE("an index whose build or drop was cut short") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table one { id int; }\n");
  REQUIRE(project.run({"apply"}).status == 0);
  project.generate("second", "table one { id int; index (id); }\n");
  const auto valid = [&] {
    return database.run(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_id_idx'::regclass");
  };
  // As it is where the last run was killed before it could say that its one statement is done.
  const std::string begun =
      "UPDATE schemac.run SET state = 'running', steps_done = 0, done_digest = "
      "encode(sha256(''), 'hex') WHERE number = (SELECT max(number) FROM schemac.run); "
      "UPDATE schemac.step SET state = 'begun' WHERE run = (SELECT max(number) FROM schemac.run); ";
  const std::string up_begun = begun + "DELETE FROM schemac.revision WHERE id LIKE '%second'";

  SECTION("is cleared away and built again") {
    pqxx::connection other(database.url());
    pqxx::work writer(other);  // that the build waits for
    writer.exec("INSERT INTO one VALUES (1)");
    const pid_t child = start_apply(project, database);
    const std::string build = "query LIKE 'CREATE INDEX CONCURRENTLY%'";
    database.wait_for(build + " AND wait_event_type = 'Lock'");
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + build);
    writer.commit();
    REQUIRE(valid() == "f");
    CHECK_THAT(project.run({"status"}).out, Contains("stopped up after 0 of 1"));
    const Ran ran = project.run({"apply"});
    INFO(ran.err);
    CHECK(ran.status == 0);
    CHECK(valid() == "t");
  }
  SECTION("is done where only the ledger does not know") {
    REQUIRE(project.run({"apply"}).status == 0);
    database.run(up_begun);
    CHECK(project.run({"apply"}).status == 0);
    CHECK(valid() == "t");
    const std::string row = database.run(
        "SELECT format('INSERT INTO schemac.revision (number, id, parents, checksum, "
        "catalog_change, run) VALUES (%L, %L, %L, %L, %L, %L)', number, id, parents, checksum, "
        "catalog_change, run) "
        "FROM schemac.revision WHERE id LIKE '%second'");
    REQUIRE(project.run({"rollback"}).status == 0);
    database.run(begun + row);
    CHECK_THAT(project.run({"status"}).out, Contains("stopped down after 0 of 1"));
    CHECK(project.run({"rollback"}).out == "rolled back 20250224120001_second\n");
  }
  SECTION("stays as somebody made it") {
    database.run("CREATE INDEX one_id_idx ON one ((id + 1))");
    CHECK_THAT(project.run({"apply"}).err, Contains("already exists"));
    CHECK(project.run({"apply"}).status == 1);
    CHECK_THAT(project.run({"status"}).out, !Contains("stopped"));
  }
  CHECK(database.run("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == "0");
}

TEST_CASE("a unique index that finds duplicates leaves nothing behind") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table one { id int; }\n");
  REQUIRE(project.run({"apply"}).status == 0);
  database.run("INSERT INTO one VALUES (1), (1)");
  project.generate("second", "table one { id int; unique (id); }\n");
  const Ran ran = project.run({"apply"});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err,
             Contains("could not create unique index") && Contains("nothing of it is left"));
  CHECK_FALSE(database.has("one_id_key"));
  CHECK_THAT(project.run({"status"}).out, !Contains("stopped"));
  database.run("DELETE FROM one WHERE ctid = '(0,2)'");
  CHECK(project.run({"apply"}).status == 0);
  CHECK(database.has("one_id_key"));
}
