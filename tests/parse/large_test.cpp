// Input that no one wrote: errors, in time and memory that the size of the input explains.
#include <catch2/catch.hpp>
#include <ctime>

#include "compiler/parse/splitter.h"
#include "tests/parse/parsing.h"

using namespace schemac;

namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

// Unoptimised builds are some ten times slower than what users run, and look at a tenth.
#ifdef NDEBUG
constexpr std::size_t kSize = 10'000'000;
#else
constexpr std::size_t kSize = 1'000'000;
#endif
constexpr double kSecondsMax = 30;

std::string first_error(const std::string& text) {
  const std::clock_t start = std::clock();
  const Parsed result = parsed(text);
  for (const Diagnostic& diagnostic : result.sink.diagnostics())
    CHECK(render_text(diagnostic, false).size() < 2000);
  CHECK(result.sink.diagnostics().size() < 300);
  CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < kSecondsMax);
  return result.errors.substr(0, result.errors.find(' ', result.errors.find(' ') + 1));
}

}  // namespace

TEST_CASE("ten megabytes in one line") {
  const std::size_t size = kSize;
  CHECK(first_error("a " + repeated("b ", size)) == "1:400001 declaration-too-long");
  CHECK(first_error(repeated("x", size)) == "1:" + std::to_string(size + 1) + " missing-semicolon");
  CHECK(first_error("'" + repeated("x", size)) == "1:1 unterminated-string");
  CHECK(first_error("'" + repeated("x''", size) + "';") == "");
  CHECK(first_error("$b$" + repeated("$ $", size)) == "1:1 unterminated-body");
  CHECK(first_error("a $b$" + repeated("$a", size)) == "1:3 unterminated-body");
  CHECK(first_error(repeated("/*", size)) == "1:1 unterminated-comment");
  CHECK(first_error("a " + repeated("/**/", size) + ";") == "");
  CHECK(first_error("a; " + repeated("/**/", size) + "b;") == "");
  CHECK(first_error("a ('" + repeated("/**/", size) + "b');") == "");
  CHECK(first_error(repeated("//", size)) == "");
  CHECK(first_error(repeated("-", size)) == "");
  CHECK(first_error(repeated("+", size)) == "1:200001 declaration-too-long");
  CHECK(first_error(repeated(";", size)) == "1:1 missing-declaration");
  CHECK(first_error(repeated("};", size)) == "1:1 stray-closer");
  CHECK(first_error(repeated("\\;", size)) == "1:1 unexpected-character");
}

TEST_CASE("more than a million declarations in one file are too many") {
  const auto file = std::make_shared<SourceFile>("a.schema", repeated("\xC3\xA4;", 3'300'000));
  Sink sink;
  Splitter splitter(file, sink);
  int count = 0;
  for (Chunk chunk; splitter.next(chunk);) ++count;
  CHECK(count == kStatementsMax + 1);
  REQUIRE(sink.diagnostics().size() == 1);
  CHECK(sink.diagnostics()[0].code == "too-many-declarations");
}

TEST_CASE("nesting is bounded") {
  CHECK(first_error("a " + repeated("(", 10'000)) == "1:259 nesting-too-deep");
  CHECK(first_error("a " + repeated("(", kSize)) == "1:259 nesting-too-deep");
  CHECK(first_error(repeated("a{", 10'000)) == "1:514 nesting-too-deep");
  CHECK(first_error(repeated("a{(", 10'000)) == "1:768 nesting-too-deep");
  CHECK(first_error("a " + repeated("(", 10'000) + repeated(")", 10'000) + ";") ==
        "1:259 nesting-too-deep");
  const std::string deepest = "a " + repeated("(", 256) + repeated(")", 256) + "; " +
                              repeated("a{", 512) + repeated("}", 256);
  CHECK(first_error(deepest) == "");
  CHECK(formatted(parsed(deepest)).wrong == "");
}

TEST_CASE("a declaration behind one that is refused is parsed") {
  const Parsed result =
      parsed("a " + repeated("(", 300) + "; b; c " + repeated("(", 300) + "{} d;");
  CHECK(result.errors == "1:259 nesting-too-deep 1:566 nesting-too-deep");
  CHECK(meaning(result.file.statements) == "w<b>;w<d>;");
}

TEST_CASE("blocks that are never closed cost no more than a few looks at the file") {
  CHECK(first_error(repeated("a {\n  b;\n", kSize)) == "513:3 nesting-too-deep");
  CHECK(first_error(repeated("a {\n  b;\nc {\n", 1'000)) == "1:3 unclosed-block");
}

TEST_CASE("errors beyond a hundred are not told") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a );\nok;\n";
  const Parsed result = parsed(text);
  CHECK(result.sink.error_count() > 100);
  CHECK(result.sink.error_count() < 110);
  CHECK(result.sink.diagnostics().back().code == "too-many-errors");
}
