#include "base/source.h"

#include <catch2/catch.hpp>

using namespace schemac;

namespace {

std::string position(const SourceFile& file, std::uint32_t offset) {
  const auto at = file.position(offset);
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

}  // namespace

TEST_CASE("positions count lines from one and columns in code points") {
  const SourceFile file("f", "aä\n\n€x\r\nlast");
  CHECK(position(file, 0) == "1:1");
  CHECK(position(file, 1) == "1:2");
  CHECK(position(file, 3) == "1:3");
  CHECK(position(file, 4) == "2:1");
  CHECK(position(file, 5) == "3:1");
  CHECK(position(file, 8) == "3:2");
  CHECK(position(file, 11) == "4:1");
  CHECK(position(file, 15) == "4:5");
  CHECK(position(SourceFile("f", ""), 0) == "1:1");
}

TEST_CASE("lines come without their ends") {
  const SourceFile file("f", "one\r\ntwo\n\nfour");
  CHECK(file.line(1) == "one");
  CHECK(file.line(2) == "two");
  CHECK(file.line(3) == "");
  CHECK(file.line(4) == "four");
  CHECK(file.line(5) == "");
  CHECK(file.line(0) == "");
}

TEST_CASE("spans know their text and their line") {
  const auto file = std::make_shared<SourceFile>("dir/f.schema", "a\nbcd");
  const SourceSpan span{file, 2, 4};
  CHECK(span.known());
  CHECK(span.text() == "bc");
  CHECK(path_and_line(span) == "dir/f.schema:2");
  CHECK_FALSE(SourceSpan{}.known());
  CHECK(path_and_line(SourceSpan{}) == "");
}
