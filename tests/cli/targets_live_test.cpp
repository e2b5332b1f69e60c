// Lines of revisions, merges and squashes on databases.

#include <catch2/catch.hpp>

#include "tests/cli/live_project.h"

using Catch::Contains;
using schemac::test::Database;
using schemac::test::Project;
using schemac::test::Ran;
using schemac::test::Workspace;

namespace {

// The ids that the ledger has, without their times.
std::string ledger(const Database& database) {
  return database.run(
      "SELECT coalesce(string_agg(substr(id, 16), ' ' ORDER BY id), '') FROM schemac.revision");
}

std::string run(const Workspace& space, const std::vector<std::string>& arguments, int status = 0) {
  const Ran ran = space.run(arguments);
  INFO(ran.out + ran.err);
  CHECK(ran.status == status);
  return ran.out + ran.err;
}

// first, then ours and theirs beside each other, then both joined.
void branch(const Project& project) {
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table a { id int; }\n");
  project.generate("ours", "table a { id int; }\ntable b { id int; }\n");
  project.write("schema/a.schema", "table a { id int; note text; }\n");
  run(project, {"generate", "theirs", "--head", "@first", "--label", "side"});
  project.write("schema/a.schema", "table a { id int; note text; }\ntable b { id int; }\n");
}

}  // namespace

TEST_CASE("targets lead up and down a forked history") {
  const Database database;
  const Project project(database);
  branch(project);
  CHECK_THAT(run(project, {"apply"}, 1), Contains("several-heads") && Contains("`heads`"));
  run(project, {"apply", "--to", "@first"});
  CHECK_THAT(run(project, {"apply", "--to", "+1"}, 1), Contains("may be any of"));
  run(project, {"apply", "--to", "side@+1"});
  CHECK(ledger(database) == "first theirs");
  run(project, {"apply", "--to", "heads"});
  CHECK(ledger(database) == "first ours theirs");
  CHECK_THAT(run(project, {"rollback", "--to", "-1"}, 1), Contains("may be any of"));
  run(project, {"rollback", "--to", "side@base"});
  CHECK(ledger(database) == "first ours");
  run(project, {"merge"});
  run(project, {"apply"});
  CHECK(ledger(database) == "first ours theirs merge_ours_and_theirs");
  CHECK_THAT(run(project, {"check", "--url", database.url()}, 2), !Contains("drift"));
  run(project, {"rollback", "--to", "-1"});
  CHECK(ledger(database) == "first ours theirs");
  CHECK_THAT(run(project, {"check", "--url", database.url()}, 2),
             !Contains("[drift]") && Contains("lacks 1 of the revisions"));
  run(project, {"rollback", "--to", "base"});
  CHECK(ledger(database).empty());
  CHECK_FALSE(database.has("a"));
}

TEST_CASE("a squash on databases that have all, none and some of it") {
  const Database all, none, some;
  const Project project(all);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table a { id int; }\n");
  project.generate("second", "table a { id int; note text; }\n");
  project.generate("third", "table a { id int; note text; more text; }\n");
  run(project, {"apply"});
  run(project, {"apply", "--url", some.url(), "--to", "@first"});
  run(project, {"squash", "@first", "@second", "--name", "both"});

  CHECK_THAT(run(project, {"apply"}), Contains("recorded 20250224120001_both, which replaces "));
  CHECK(ledger(all) == "both third");
  CHECK_THAT(run(project, {"apply"}), Contains("nothing to do"));
  run(project, {"apply", "--url", none.url()});
  CHECK(ledger(none) == "both third");
  CHECK_THAT(run(project, {"apply", "--url", some.url()}, 1),
             Contains("replaced-in-part") && Contains("20250224120001_second") &&
                 Contains("schemac apply --to"));
  CHECK(ledger(some) == "first");
  // What was recorded goes back as what ran.
  for (const Database* database : {&all, &none}) {
    run(project, {"rollback", "--url", database->url(), "--to", "base"});
    CHECK(ledger(*database).empty());
    CHECK_FALSE(database->has("a"));
    run(project, {"apply", "--url", database->url()});
    CHECK(ledger(*database) == "both third");
  }
}

TEST_CASE("a squash that is not recorded yet is taken back all the same") {
  const Database database;
  const Project project(database);
  REQUIRE(project.run({"init"}).status == 0);
  project.generate("first", "table a { id int; }\n");
  project.generate("second", "table a { id int; note text; }\n");
  run(project, {"apply"});
  run(project, {"squash", "@first", "@second", "--name", "both"});
  CHECK_THAT(run(project, {"check", "--url", database.url()}), !Contains("not-in-folder"));
  run(project, {"rollback"});
  CHECK(ledger(database).empty());
  CHECK_FALSE(database.has("a"));
}
