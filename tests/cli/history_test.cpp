// What can be wrong with a migrations folder.

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

const std::string kFirst = "migrations/20250224120000_first";
const std::string kSecond = "migrations/20250224120001_second";
const std::string kSum = "migrations/schemac.sum";

// A project with two revisions.
void begin(const Workspace& space) {
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/a.schema", "table a { id int; }\n");
  REQUIRE(space.run({"generate", "first"}).status == 0);
  space.write("schema/b.schema", "table b { id int; }\n");
  REQUIRE(space.run({"generate", "second"}).status == 0);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// The codes that check reports, by blank.
std::string found(const Workspace& space) {
  std::string codes;
  const nlohmann::json document = space.run_json({"check"}, 2);
  for (const auto& finding : document["findings"])
    codes += (codes.empty() ? "" : " ") + finding["code"].get<std::string>();
  // Nothing is written on top of a history that is not sound.
  CHECK(space.run({"generate", "third"}).status == 1);
  return codes;
}

}  // namespace

TEST_CASE("a missing file of a revision") {
  const Workspace space;
  begin(space);
  fs::remove(space.path(kFirst + "/down.sql"));
  CHECK(found(space) == "revision-file-missing");
  CHECK_THAT(space.run({"check"}).out, Contains("`" + kFirst + "/down.sql` is missing"));
}

TEST_CASE("a missing revision") {
  const Workspace space;
  begin(space);
  fs::remove_all(space.path(kSecond));
  CHECK(found(space) == "revision-missing");
}

TEST_CASE("a broken revision.json") {
  const Workspace space;
  begin(space);
  const std::string json = space.read(kSecond + "/revision.json");
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string(), json.substr(0, json.size() / 2),
        replaced(json, "\"delta\"", "\"gamma\""),
        replaced(json, "\"baseline\": false", "\"baseline\": 3")}) {
    space.write(kSecond + "/revision.json", text);
    CHECK(found(space) == "revision-file-broken");
  }
  for (const std::string& text :
       {replaced(json, "[\"table\",", "[\"tabel\","), replaced(json, "\"after\"", "\"afer\""),
        replaced(json, "\"lock\"", "\"look\"")}) {
    space.write(kSecond + "/revision.json", text);
    CHECK(found(space) == "revision-edited");
    const Ran rehash = space.run({"rehash"});
    CHECK(rehash.status == 1);
    CHECK_THAT(rehash.err, Contains("revision-file-broken"));
    CHECK_THAT(rehash.err, Contains("revision.json:"));
  }
}

TEST_CASE("a copied revision, an unknown parent, a cycle") {
  const Workspace space;
  begin(space);
  fs::copy(space.path(kSecond), space.path("migrations/20250224120002_copy"));
  CHECK(found(space) == "revision-duplicate revision-unrecorded");
  fs::remove_all(space.path("migrations/20250224120002_copy"));
  const std::string first = space.read(kFirst + "/revision.json");
  space.write(kFirst + "/revision.json",
              replaced(first, "\"parents\": []", "\"parents\": [\"20200101000000_gone\"]"));
  CHECK_THAT(found(space), Contains("parent-unknown"));
  space.write(kFirst + "/revision.json",
              replaced(first, "\"parents\": []", "\"parents\": [\"20250224120001_second\"]"));
  CHECK_THAT(found(space), Contains("revision-cycle"));
  CHECK_THAT(space.run({"check"}).out,
             Contains("20250224120000_first -> 20250224120001_second -> 20250224120000_first"));
}

TEST_CASE("several heads are named, and neither is chosen") {
  const Workspace space;
  begin(space);
  space.write(kSecond + "/revision.json",
              replaced(space.read(kSecond + "/revision.json"),
                       "\"parents\": [\"20250224120000_first\"]", "\"parents\": []"));
  REQUIRE(space.run({"rehash"}).status == 0);
  CHECK(found(space) == "several-heads");
  CHECK_THAT(space.run({"generate", "third"}).err,
             Contains("20250224120000_first, 20250224120001_second"));
}

TEST_CASE("everything that can be wrong with schemac.sum") {
  const Workspace space;
  begin(space);
  const std::string sum = space.read(kSum);
  const std::string second = sum.substr(sum.rfind("20250224120001"));
  const std::pair<std::string, std::string> broken[] = {
      {"<<<<<<< ours\n" + sum + "=======\n>>>>>>> theirs\n", "sum-conflict"},
      {replaced(sum, "schemac.sum 1", "schemac.sum 2"), "sum-header-broken"},
      {sum + second, "sum-line-repeated"},
      {sum + "20260101000000_x abc\n", "sum-line-broken"},
      {replaced(sum, second, ""), "revision-unrecorded"},
      {replaced(sum, second,
                replaced(second, "second ", "second 0").substr(0, second.size() - 1) + "\n"),
       "revision-edited"},
  };
  for (const auto& [text, code] : broken) {
    space.write(kSum, text);
    CHECK(found(space) == code);
  }
  fs::remove(space.path(kSum));
  CHECK(found(space) == "sum-missing");
  REQUIRE(space.run({"rehash"}).status == 0);
  CHECK(space.read(kSum) == sum);
}

TEST_CASE("a hash covers the line before it") {
  const Workspace space;
  begin(space);
  const std::string path = kFirst + "/up.sql";
  space.write(path, replaced(space.read(path), "CREATE TABLE", "CREATE UNLOGGED TABLE"));
  // Only the edited one is named, although all later lines would change with it.
  CHECK(found(space) == "revision-edited");
  const std::string sum = space.read(kSum);
  REQUIRE(space.run({"rehash"}).status == 0);
  CHECK(space.read(kSum).substr(space.read(kSum).rfind(' ')) != sum.substr(sum.rfind(' ')));
}

TEST_CASE("other things in the folder are not its business") {
  const Workspace space;
  begin(space);
  space.write("migrations/README.md", "notes");
  space.write("migrations/scripts/x.sql", "SELECT 1;");
  space.write("migrations/.schemac-tmp-1-1/up.sql", "half");
  CHECK(space.run({"check"}).status == 0);
  CHECK(space.run({"generate", "nothing"}).status == 0);
  CHECK_FALSE(space.has("migrations/.schemac-tmp-1-1"));
}
