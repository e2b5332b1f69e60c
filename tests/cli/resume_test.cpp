// Statements outside of transactions, indexes that are built and rows that are filled, and what a
// run leaves that stops there.

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

TEST_CASE("rows that are filled batch by batch") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table one { id int primary key; text text; }\n");
  REQUIRE(project.run({"apply"}).status == 0);
  database.run("INSERT INTO one SELECT i, repeat('x', i % 7) FROM generate_series(1, 12000) i");
  project.generate("second",
                   "table one {\n  id int primary key;\n  text text;\n"
                   "  size int default 9 backfill (length(text));\n}\n");
  const auto filled = [&] { return database.run("SELECT count(size) FROM one"); };

  // A row in the second batch waits.
  database.run(
      "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS "
      "'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN new; END';"
      "CREATE TRIGGER wait BEFORE UPDATE ON one FOR EACH ROW WHEN (new.id = 7000) "
      "EXECUTE FUNCTION wait()");
  pqxx::connection other(database.url());
  pqxx::work holder(other);
  holder.exec("SELECT pg_advisory_xact_lock(1)");
  const pid_t child = start_apply(project, database);
  database.wait_for("query LIKE 'DO %' AND wait_event_type = 'Lock'");
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'DO %'");
  holder.exec("INSERT INTO one VALUES (12001, 'later')");
  holder.commit();
  CHECK(filled() == "5001");
  CHECK_THAT(project.run({"status"}).out, Contains("stopped up after 1 of 5"));

  const Ran ran = project.run({"apply"});
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(filled() == "12001");
  CHECK(database.run("SELECT count(*) FROM one WHERE size <> length(text)") == "1");
  database.run("DROP FUNCTION wait CASCADE");
  CHECK(project.run({"check"}).status == 0);
}
