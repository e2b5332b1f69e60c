#include <catch2/catch.hpp>

#include "compiler/ir/catalog.h"
#include "tests/cases/case_file.h"
#include "tests/cases/shape.h"

using namespace schemac;
using namespace schemac::test;

namespace {

constexpr const char* kCase =
    "# A column comes.\n"
    "--- from\n"
    "table t { a int; }\n"
    "--- to: shop.schema\n"
    "table t { a int; b int?; }\n"
    "--- shape\n"
    "require create column public.t.b\n"
    "--- expect-failure: rows: not written yet\n"
    "--- up.sql\n"
    "old\n";

Step step(Verb verb, const ObjectId& subject) {
  Step made;
  made.verb = verb;
  made.subject = subject;
  made.action.loss = Loss::nothing;
  return made;
}

ObjectId id(const char* kind, const std::vector<std::string_view>& path) {
  return ObjectId(*find_kind(kind), path);
}

}  // namespace

TEST_CASE("a case file is read and printed as it is") {
  const CaseFile file("folder/add_column.test", kCase);
  CHECK(file.print() == kCase);
  CHECK(file.name() == "add_column");
  CHECK_FALSE(file.expects_errors());
  CHECK(file.side("from").front().name == "from.schema");
  CHECK(file.side("to").front().name == "to/shop.schema");
  CHECK(file.text_of("up.sql") == "old\n");
  REQUIRE(file.expected_failures().size() == 1);
  CHECK(file.expected_failures().front().what == "rows");
  CHECK(CaseFile("fail_twice.test", kCase).expects_errors());
}

TEST_CASE("golden sections are replaced, added in their order, and removed") {
  CaseFile file("x.test", kCase);
  file.set_golden("down.sql", "down\n");
  file.set_golden("diagnostics", "warning\n");
  file.set_golden("up.sql", "new\n");
  const std::string text = file.print();
  CHECK(text.ends_with("--- diagnostics\nwarning\n--- up.sql\nnew\n--- down.sql\ndown\n"));
  file.set_golden("down.sql", "");
  CHECK(file.print().find("down") == std::string::npos);
}

TEST_CASE("a case that says nothing of itself is refused") {
  CHECK_THROWS_AS(CaseFile("x.test", "--- from\n"), CaseError);
  CHECK_THROWS_AS(CaseFile("x.test", "# Why.\n--- form\n"), CaseError);
  CHECK_THROWS_AS(CaseFile("x.test", "# Why.\n--- to\n--- live: skip\n").live(), CaseError);
}

TEST_CASE("shapes are judged by what a plan does") {
  Plan plan;
  const ObjectId view = id("view", {"public", "v"});
  const ObjectId column = id("column", {"shop", "t", "b"});
  plan.segments.push_back(
      {true, {step(Verb::drop, view), step(Verb::alter, column), step(Verb::create, view)}});
  CHECK(shape_of(plan) ==
        "alter column shop.t.b\ncreate view public.v\ndrop view public.v\nreplace view public.v\n");
  CHECK(judge_shape("# why\n\nrequire replace view\nrequire alter column shop.t.b\n"
                    "forbid drop column\nforbid loss\nrequire drop view v\n",
                    plan)
            .empty());
  CHECK(judge_shape("forbid drop view public.v", plan).starts_with("does not hold: forbid drop"));
  CHECK(judge_shape("require rename column", plan).starts_with("does not hold: require rename"));
  CHECK(judge_shape("require loss", plan).starts_with("does not hold: require loss"));
  CHECK(judge_shape("require creates view", plan).starts_with("no demand on a shape"));
  CHECK(judge_shape("forbid drop veiw", plan).starts_with("no demand on a shape"));
}

TEST_CASE("what folds into its parent's statement counts as created") {
  Plan plan;
  plan.changes.push_back({.verb = Change::Verb::create,
                          .id = id("column", {"public", "t", "a"}),
                          .was = {},
                          .field = 0,
                          .before = {},
                          .after = {},
                          .unproven = false});
  CHECK(judge_shape("require create column t.a\nforbid create table", plan).empty());
  plan.lost.push_back(id("column", {"public", "t", "z"}));
  CHECK(judge_shape("require loss", plan).empty());
}
