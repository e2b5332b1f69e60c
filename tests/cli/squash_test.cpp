// One revision in the place of several.

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

const std::string kFirst = "20250224120000_first";
const std::string kSecond = "20250224120001_second";
const std::string kThird = "20250224120002_third";
const std::string kSum = "migrations/schemac.sum";

void generate(const Workspace& space, const std::string& name, const std::string& schema) {
  space.write("schema/a.schema", schema);
  const Ran ran = space.run({"generate", name});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

// A column that is renamed twice.
void begin(const Workspace& space) {
  REQUIRE(space.run({"init"}).status == 0);
  generate(space, "first", "table a { id int; name text; }\n");
  generate(space, "second", "table a { id int; title was name text; }\n");
  generate(space, "third", "table a { id int; label was title text; note text; }\n");
}

nlohmann::json json_of(const Workspace& space, const std::string& id) {
  return nlohmann::json::parse(space.read("migrations/" + id + "/revision.json"));
}

std::string check(const Workspace& space) {
  return space.run({"check", "--shadow", "none"}).out;
}

}  // namespace

TEST_CASE("all of a history becomes one revision, which is proven") {
  const Workspace space;
  begin(space);
  const Ran squash =
      space.run({"squash", "@first", "@head", "--name", "all of it", "--shadow", "auto"});
  INFO(squash.err);
  REQUIRE(squash.status == 0);
  const std::string id = "20250224120002_all_of_it";
  CHECK(space.revisions() == std::vector<std::string>{id});
  const nlohmann::json json = json_of(space, id);
  CHECK(json["replaces"] == nlohmann::json{kFirst, kSecond, kThird});
  CHECK(json["parents"].empty());
  CHECK(json["proof"]["proven"] == true);
  CHECK_THAT(squash.out, Contains("removed " + kFirst) && Contains("removed " + kThird));
  CHECK_THAT(space.read("migrations/" + id + "/up.sql"),
             Contains("CREATE TABLE public.a") && Contains("label text") && !Contains("RENAME"));
  CHECK_THAT(check(space), !Contains("sum") && !Contains("squash") && !Contains("ahead"));
  CHECK_THAT(space.run({"generate", "again"}).out, Contains("nothing to do"));
}

TEST_CASE("renames of several revisions become one, and what goes on behind them stands") {
  const Workspace space;
  begin(space);
  generate(space, "fourth", "table a { id int; label text; note text; more text; }\n");
  const std::string fourth = "20250224120003_fourth";
  const std::string before = space.read("migrations/" + fourth + "/revision.json");
  REQUIRE(space.run({"squash", "@second", "@third"}).status == 0);
  const std::string id = "20250224120002_squash_second_to_third";
  CHECK(space.revisions() == std::vector<std::string>{kFirst, id, fourth});
  CHECK_THAT(space.read("migrations/" + id + "/up.sql"),
             Contains("RENAME COLUMN name TO label") && Contains("ADD COLUMN note"));
  CHECK(json_of(space, id)["parents"] == nlohmann::json{kFirst});
  CHECK(space.read("migrations/" + fourth + "/revision.json") == before);
  CHECK_THAT(check(space), !Contains("parent-unknown") && !Contains("sum"));
  CHECK_THAT(space.run({"diff", "@head~2", "@head", "--shadow", "none"}).out,
             Contains("ADD COLUMN more"));
  CHECK_THAT(space.run({"generate", "again"}).out, Contains("nothing to do"));
}

TEST_CASE("a squash that was cut short is seen, and finished") {
  const Workspace space;
  begin(space);
  const std::string sum = space.read(kSum);
  fs::copy(space.path("migrations"), space.path("before"), fs::copy_options::recursive);
  REQUIRE(space.run({"squash", "@first", "@second"}).status == 0);
  const std::string done = space.read(kSum);
  const auto revisions = space.revisions();
  const auto restore = [&](const std::string& id) {
    fs::copy(space.path("before/" + id), space.path("migrations/" + id));
  };
  const auto finish = [&] {
    CHECK_THAT(check(space), Contains("squash-unfinished") && Contains("`schemac squash`"));
    CHECK(space.run({"generate", "more"}).status == 1);
    const Ran squash = space.run({"squash"});
    INFO(squash.err);
    CHECK(squash.status == 0);
    CHECK(space.read(kSum) == done);
    CHECK(space.revisions() == revisions);
  };
  // Before the sum was written.
  restore(kFirst);
  restore(kSecond);
  space.write(kSum, sum);
  finish();
  // Before the last folder went.
  restore(kSecond);
  space.write(kSum, sum);
  finish();
  // Before the sum was written anew.
  space.write(kSum, sum);
  finish();
  // What was edited besides is not passed over.
  restore(kSecond);
  space.write("migrations/" + kThird + "/up.sql", "SELECT 1;\n");
  CHECK_THAT(space.run({"squash"}).err, Contains("revision-edited"));
}

TEST_CASE("what cannot be squashed") {
  const Workspace space;
  begin(space);
  CHECK_THAT(space.run({"squash", "@third", "@third"}).err, Contains("squash-single"));
  CHECK_THAT(space.run({"squash", "@third", "@first"}).err, Contains("range-empty"));
  CHECK_THAT(space.run({"squash", "@first"}).err, Contains("needs the first revision"));
  CHECK_THAT(space.run({"squash"}).err, Contains("needs the first revision"));
  // A line that begins in between.
  space.write("schema/b.schema", "table b { id int; }\n");
  REQUIRE(space.run({"generate", "side", "--head", "@second"}).status == 0);
  CHECK_THAT(space.run({"squash", "@first", "@third"}).err,
             Contains("squash-open") && Contains("stands on `" + kSecond + "`"));
  fs::remove_all(space.path("migrations/" + space.revisions().back()));
  fs::remove(space.path("schema/b.schema"));
  REQUIRE(space.run({"rehash"}).status == 0);
  const std::string up = "migrations/" + kSecond + "/up.sql";
  space.write(up, space.read(up) + "UPDATE a SET title = 'x';\n");
  REQUIRE(space.run({"rehash"}).status == 0);
  CHECK_THAT(space.run({"squash", "@first", "@third"}).err,
             Contains("squash-by-hand") && Contains(up));
  CHECK(space.revisions().size() == 3);
}

TEST_CASE("a squash in place of a squash") {
  const Workspace space;
  begin(space);
  REQUIRE(space.run({"squash", "@first", "@second"}).status == 0);
  CHECK_THAT(space.run({"squash", space.revisions().front(), "@third"}).err,
             Contains("squash-nested"));
}

TEST_CASE("values that a squash would not make") {
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  generate(space, "first", "table a { id int; name text; }\n");
  generate(space, "second", "table a { id int; name text; size int using (length(name)); }\n");
  generate(space, "third", "table a { id int; name int using (length(name)); size int; }\n");
  CHECK_THAT(space.run({"squash", "@second", "@third"}).err,
             Contains("squash-rows") && Contains("column public.a.name"));
  // Nobody has rows yet.
  CHECK(space.run({"squash", "@first", "@third"}).status == 0);
}
