// explain: the pages of the hazards.

#include <catch2/catch.hpp>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;

TEST_CASE("explain prints the page of a hazard, in any folder") {
  const Workspace here;
  const Ran ran = here.run({"explain", "ds103"});
  CHECK(ran.status == 0);
  CHECK(ran.err.empty());
  CHECK_THAT(ran.out, Contains("DS103 (error): drops a column and its values\n\n"));
  CHECK_THAT(ran.out, Contains("\nLock: ACCESS EXCLUSIVE on the table"));
  CHECK_THAT(ran.out, Contains("\nWay out: "));
  CHECK_THAT(ran.out, Contains("\n    ALTER TABLE customer DROP COLUMN note;\n"));
  CHECK_THAT(ran.out, Contains("-- schemac:allow DS103 reason="));
  CHECK_THAT(here.run({"explain", "DD101"}).out, Contains("(SQLSTATE 23502):\n"));
}

TEST_CASE("explain lists all hazards by family") {
  const Workspace here;
  const Ran ran = here.run({"explain"});
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Contains("Destructive: "));
  CHECK_THAT(ran.out, Contains("\n  DS102   error    drops a table and its rows\n"));
  CHECK_THAT(ran.out, Contains("\n  SEC111  note     "));
}

TEST_CASE("explain names the nearest codes to one that is none") {
  const Workspace here;
  const Ran ran = here.run({"explain", "DS193"});
  CHECK(ran.status == 1);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Contains("there is no hazard `DS193`"));
  CHECK_THAT(ran.err, Contains("the nearest: DS103, "));
}

TEST_CASE("explain as data") {
  const Workspace here;
  const auto one = here.run_json({"explain", "DD101"}, 0)["result"];
  CHECK(one["code"] == "DD101");
  CHECK(one["fails"] == "23502");
  CHECK(one["in_plans"] == true);
  CHECK(one["versions"].is_null());
  const auto all = here.run_json({"explain"}, 0)["result"]["families"];
  CHECK(all.size() == 10);
  CHECK(all[0]["hazards"][1]["code"] == "DS102");
  CHECK(here.run_json({"explain", "nothing"}, 1)["findings"][0]["code"] == "hazard-unknown");
}
