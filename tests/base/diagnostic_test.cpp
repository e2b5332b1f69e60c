#include "base/diagnostic.h"

#include <catch2/catch.hpp>

using namespace schemac;

namespace {

constexpr Diag<std::string_view, std::string_view> unknown_thing{"unknown-thing",
                                                                 "unknown `{}` in `{}`"};
constexpr Diag<> odd_thing{"odd-thing", "odd", Severity::warning};

std::shared_ptr<const SourceFile> file_of(std::string text) {
  return std::make_shared<SourceFile>("f.schema", std::move(text));
}

}  // namespace

TEST_CASE("placeholders are filled in order, and values are not searched for more") {
  CHECK(unknown_thing("{}", "b").text == "unknown `{}` in `b`");
}

TEST_CASE("a diagnostic shows its line with carets, its labels and the way out") {
  const auto file = file_of("first\n  täble x\n");
  Sink sink;
  sink.report(unknown_thing("täble", "x"), {file, 8, 14})
      .hint("did you mean `table`?")
      .label({file, 0, 5}, "seen here");
  CHECK(render_text(sink.diagnostics()[0], false) ==
        "f.schema:2:3: error: unknown `täble` in `x` [unknown-thing]\n"
        " 2 |   täble x\n"
        "   |   ^^^^^\n"
        "   f.schema:1: seen here\n"
        " 1 | first\n"
        "   | -----\n"
        "   help: did you mean `table`?\n");
}

TEST_CASE("a place at the end of a line or of the file has one caret") {
  const auto file = file_of("ab\ncd");
  Sink sink;
  sink.report(odd_thing(), {file, 2, 2});
  sink.report(odd_thing(), {file, 5, 5});
  CHECK(render_text(sink.diagnostics()[0], false) ==
        "f.schema:1:3: warning: odd [odd-thing]\n 1 | ab\n   |   ^\n");
  CHECK(render_text(sink.diagnostics()[1], false) ==
        "f.schema:2:3: warning: odd [odd-thing]\n 2 | cd\n   |   ^\n");
}

TEST_CASE("of a long line only what is near the place is shown") {
  const auto file = file_of(std::string(100'000, 'x') + "y" + std::string(100'000, 'z'));
  Sink sink;
  sink.report(odd_thing(), {file, 100'000, 100'001});
  const std::string text = render_text(sink.diagnostics()[0], false);
  CHECK(text.size() < 500);
  const std::size_t line = text.find(" | ") + 3;
  const std::size_t caret = text.find('^') - (text.find(" | ", line) + 3);
  CHECK(text[line + caret] == 'y');
}

TEST_CASE("only errors count as errors, and places sort") {
  const auto file = file_of("abc");
  Sink sink;
  sink.report(odd_thing());
  sink.report(odd_thing(), {file, 2, 3});
  CHECK_FALSE(sink.has_errors());
  sink.report(unknown_thing("a", "b"), {file, 0, 1});
  CHECK(sink.error_count() == 1);
  sink.sort();
  CHECK(sink.diagnostics()[0].at.begin == 0);
  CHECK(sink.diagnostics()[1].at.begin == 2);
  CHECK_FALSE(sink.diagnostics()[2].at.known());
}

TEST_CASE("what one sink has goes over to another, behind what that has") {
  const auto file = file_of("abc");
  Sink sink, other;
  sink.report(unknown_thing("a", "b"), {file, 2, 3});
  other.report(odd_thing());
  other.report(unknown_thing("c", "d"), {file, 0, 1});
  sink.take(std::move(other));
  REQUIRE(sink.diagnostics().size() == 3);
  CHECK(sink.error_count() == 2);
  CHECK(sink.diagnostics()[0].at.begin == 2);
  CHECK(sink.diagnostics()[2].at.begin == 0);
}

TEST_CASE("a near word is found, and none where none is near") {
  CHECK(nearest("citex", {"citext", "text"}) == "citext");
  CHECK(nearest("totl", {"id", "total"}) == "total");
  CHECK(nearest("abc", {"xyz"}) == "");
  CHECK(nearest(std::string(1'000'000, 'a'), {"aaa"}) == "");
  CHECK(nearest("a", {}) == "");
}
