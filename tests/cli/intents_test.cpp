// Intents that have nothing left to do, and fmt --prune.

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;

namespace {

constexpr const char* kBefore = R"(enum state { 'new', 'it''s off', 'gone' }
mixin dated { changed_on date?; }
table person {
  id    int primary key;
  name  text check (name <> '');
  state state;
  size  int?;
  shoe  text;
  include dated;
}
)";

// All of it applies once.
constexpr const char* kAfter = R"(enum state { 'new', 'sent' was 'it''s off' /* by post */, 'gone' }
mixin dated { modified_on date? was changed_on; }
/// Who buys.
table customer was person {
  id        int primary key;
  full_name text was name check (full_name <> '');  // both of them
  state     state;
  size      int backfill (0);
  shoe      int
    using (shoe::int);
  include dated;
}
table fresh { id int; include dated; }
)";

constexpr const char* kPruned = R"(enum state { 'new', 'sent' /* by post */, 'gone' }
mixin dated { modified_on date?; }
/// Who buys.
table customer {
  id        int primary key;
  full_name text check (full_name <> '');  // both of them
  state     state;
  size      int;
  shoe      int;
  include dated;
}
table fresh { id int; include dated; }
)";

void begin(const Workspace& space, const std::string& text) {
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/a.schema", text);
  space.write("schema/b.schema", "table apart { id int; }\n");
  const Ran ran = space.run({"generate", "first"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

void generate(const Workspace& space, const std::string& name) {
  const Ran ran = space.run({"generate", name, "--no-prove"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.err, !Contains("intent-done") && !Contains("was-unknown"));
}

// Lines of the findings with a code.
std::vector<int> lines(const nlohmann::json& document, const std::string& code) {
  std::vector<int> found;
  for (const auto& finding : document["findings"])
    if (finding["code"] == code) found.push_back(finding["line"]);
  return found;
}

}  // namespace

TEST_CASE("an intent that has nothing left to do is a warning at its line, until it is pruned") {
  const Workspace space;
  begin(space, kBefore);
  space.write("schema/a.schema", kAfter);
  generate(space, "second");
  const std::vector<int> expected{1, 2, 4, 6, 8, 10};
  CHECK(lines(space.run_json({"generate", "third"}, 0), "intent-done") == expected);
  CHECK(lines(space.run_json({"check"}, 2), "intent-done") == expected);
  CHECK_THAT(space.run({"check"}).out, Contains("`was 'it''s off'` has nothing left to do"));
  // Whatever the runs before kept.
  CHECK(lines(space.run_json({"generate", "third"}, 0), "intent-done") == expected);
  std::filesystem::remove_all(space.path(".schemac"));
  CHECK(lines(space.run_json({"generate", "third"}, 0), "intent-done") == expected);

  const Ran pruned = space.run({"fmt", "--prune"});
  CHECK(pruned.status == 0);
  CHECK_THAT(pruned.out, Contains("pruned schema/a.schema") && !Contains("b.schema"));
  CHECK(space.read("schema/a.schema") == kPruned);
  CHECK(space.run({"fmt", "--prune"}).out == "");
  CHECK(lines(space.run_json({"generate", "third"}, 0), "intent-done").empty());
  CHECK(space.run({"fmt", "--check", "schema/b.schema", "--prune"}).status == 1);
}

TEST_CASE("an intent that still leads somewhere stays") {
  const Workspace space;
  begin(space, kBefore);
  space.write("schema/a.schema", kAfter);
  CHECK(space.run({"fmt", "--prune"}).out == "");
  CHECK(space.read("schema/a.schema") == kAfter);
  // As long as it does for one of those that a mixin makes.
  generate(space, "second");
  space.write("schema/b.schema", "table apart { id int; changed_on date?; }\n");
  REQUIRE(space.run({"generate", "third", "--no-prove"}).status == 0);
  space.write("schema/b.schema", "table apart { id int; include dated; }\n");
  CHECK(space.run({"fmt", "--prune", "schema/b.schema"}).out == "");
  CHECK_THAT(space.run({"fmt", "--prune"}).out, Contains("pruned schema/a.schema"));
  CHECK_THAT(space.read("schema/a.schema"), Contains("modified_on date? was changed_on;"));
}

TEST_CASE("a `was` that names nothing there was is a warning") {
  const Workspace space;
  begin(space, kBefore);
  space.write("schema/b.schema",
              "table apart {\n  id int;\n  more text was naem;\n}\nextension cube was citext;\n");
  const auto document = space.run_json({"generate", "second", "--dry-run"}, 0);
  CHECK(lines(document, "was-unknown") == std::vector<int>{3, 5});
  space.write("schema/b.schema", "table apart { id int; }\n");
  std::string text = kBefore;
  text.replace(text.find("name  text check (name"), 22, "full_name text was nam check (full_name");
  space.write("schema/a.schema", text);
  // It is one that loses the rows, so that its line is shown as it should be.
  CHECK_THAT(space.run({"generate", "second", "--dry-run"}).err,
             Contains("`was nam` renames nothing: column public.person.full_name is new") &&
                 Contains("did you mean `was name`?") &&
                 Contains("`full_name text was name check (full_name <> '');`"));
}

TEST_CASE("what no server gives another name is said to be made anew") {
  Workspace space;
  space.environment["SCHEMAC_SHADOW"] = "none";
  begin(space, "extension hstore;\n");
  space.write("schema/a.schema", "extension citext was hstore;\n");
  CHECK(lines(space.run_json({"generate", "second", "--dry-run"}, 0), "was-unknown") ==
        std::vector<int>{1});
}
