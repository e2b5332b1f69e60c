// Lines of revisions beside each other: where new ones stand, and what they may need.

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

nlohmann::json json_of(const Workspace& space, const std::string& id) {
  return nlohmann::json::parse(space.read("migrations/" + id + "/revision.json"));
}

void generate(const Workspace& space, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "generate");
  arguments.insert(arguments.end(), {"--shadow", "none"});
  const Ran ran = space.run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

// Customers on one line, invoices on another.
void begin(const Workspace& space) {
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/a.schema", "table a { id int primary key; }\n");
  generate(space, {"customers", "--label", "core"});
  space.write("schema/b.schema", "table b { id int primary key; }\n");
  generate(space, {"invoices", "--head", "base", "--label", "billing"});
}

const std::string kCore = "20250224120000_customers";
const std::string kBilling = "20250224120001_invoices";

}  // namespace

TEST_CASE("a line begins at base, with a label, and without what other lines make") {
  const Workspace space;
  begin(space);
  CHECK(json_of(space, kCore)["labels"] == nlohmann::json{"core"});
  CHECK(json_of(space, kBilling)["labels"] == nlohmann::json{"billing"});
  CHECK(json_of(space, kBilling)["parents"].empty());
  CHECK(json_of(space, kBilling)["delta"].size() == 3);
  CHECK_FALSE(json_of(space, kBilling).contains("depends_on"));
  CHECK_FALSE(json_of(space, kBilling).contains("replaces"));
  // Neither is chosen where nobody says which.
  space.write("schema/c.schema", "table c { id int; }\n");
  CHECK_THAT(space.run({"generate", "third", "--head", "core@head", "--head", "billing@head"}).err,
             Contains("branch-joins") && Contains("schemac merge"));
  CHECK_THAT(space.run({"generate", "third"}).err, Contains("several-heads"));
  generate(space, {"third", "--head", "core@head"});
  CHECK(json_of(space, "20250224120002_third")["parents"] == nlohmann::json{kCore});
  const Ran diff = space.run({"diff", "@billing@head", "@core@head", "--shadow", "none"});
  CHECK_THAT(diff.out, Contains("DROP TABLE public.b") && Contains("CREATE TABLE public.c"));
}

TEST_CASE("what another line makes is there only for who depends on it") {
  const Workspace space;
  begin(space);
  space.write("schema/b.schema", "table b { id int primary key; a int references a; }\n");
  const Ran ran = space.run({"generate", "link", "--head", "billing@head", "--shadow", "none"});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("dependency-undeclared") && Contains("--depends-on " + kCore));
  CHECK(space.revisions().size() == 2);
  generate(space, {"link", "--head", "billing@head", "--depends-on", "@customers"});
  const std::string link = "20250224120002_link";
  CHECK(json_of(space, link)["depends_on"] == nlohmann::json{kCore});
  // What it depends on comes along.
  CHECK_THAT(space.run({"diff", "empty", "@billing@head", "--shadow", "none"}).out,
             Contains("CREATE TABLE public.a"));
}

TEST_CASE("a fork leaves out what continues its parent") {
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/a.schema", "table a { id int; }\n");
  generate(space, {"first"});
  space.write("schema/b.schema", "table b { id int; }\n");
  generate(space, {"second"});
  fs::remove(space.path("schema/b.schema"));
  space.write("schema/c.schema", "table c { id int; }\n");
  generate(space, {"third", "--head", "@first"});
  CHECK(json_of(space, "20250224120002_third")["parents"] ==
        nlohmann::json{"20250224120000_first"});
  CHECK_THAT(space.read("migrations/20250224120002_third/up.sql"), !Contains("DROP TABLE"));
  const Ran check = space.run({"check", "--shadow", "none"});
  CHECK(check.status == 2);
  CHECK_THAT(check.out, Contains("several-heads") && Contains("schemac merge"));
}

TEST_CASE("labels that cannot be one") {
  const Workspace space;
  begin(space);
  space.write("schema/c.schema", "table c { id int; }\n");
  for (const char* label : {"core", "head", "base", "a b", "a@b", "x~1", ""}) {
    const Ran ran = space.run({"generate", "x", "--head", "core@head", "--label", label});
    INFO(label);
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, Contains("label-unfit"));
  }
}

TEST_CASE("ties that lead nowhere, or around") {
  const Workspace space;
  begin(space);
  const std::string path = "migrations/" + kBilling + "/revision.json";
  const std::string json = space.read(path);
  const auto check_with = [&](const std::string& line) {
    std::string text = json;
    text.insert(text.find("  \"baseline\""), line);
    space.write(path, text);
    return space.run({"check", "--shadow", "none"}).out;
  };
  CHECK_THAT(check_with("  \"depends_on\": [\"20200101000000_gone\"],\n"),
             Contains("dependency-unknown") && Contains(path));
  CHECK_THAT(check_with("  \"depends_on\": [\"" + kBilling + "\"],\n"),
             Contains("revision-cycle") && Contains(kBilling + " -> " + kBilling));
  CHECK_THAT(check_with("  \"depends_on\": [\"" + kCore + "\"],\n"), Contains("revision-edited"));
  std::string text = json;
  const std::string given = "\"labels\": [\"billing\"]";
  text.replace(text.find(given), given.size(), "\"labels\": [\"core\"]");
  space.write(path, text);
  CHECK_THAT(space.run({"check", "--shadow", "none"}).out,
             Contains("label-repeated") && Contains(kCore) && Contains(path));
}

TEST_CASE("a report of a range") {
  const Workspace space;
  begin(space);
  const nlohmann::json report =
      space.run_json({"report", "billing@base:billing@head"}, 0)["result"];
  CHECK(report["from"] == "");
  CHECK(report["to"] == kBilling);
  CHECK(report["revisions"].size() == 1);
  CHECK(space.run_json({"report", ":@customers"}, 0)["result"]["to"] == kCore);
  CHECK(space.run_json({"report", "core@head:billing@head"}, 1)["findings"][0]["code"] ==
        "range-empty");
}
