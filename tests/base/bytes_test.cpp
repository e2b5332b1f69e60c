#include "base/bytes.h"

#include <catch2/catch.hpp>
#include <string>

using namespace schemac;

TEST_CASE("bytes grow at their end") {
  Bytes bytes;
  CHECK(bytes.empty());
  CHECK(bytes.view().empty());
  std::string same;
  for (int i = 0; i < 1000; ++i) {
    const std::string more(static_cast<std::size_t>(i % 7), static_cast<char>('a' + i % 26));
    bytes.append(more);
    same += more;
  }
  CHECK(bytes.view() == same);
  CHECK(bytes.size() == same.size());
  bytes.append(bytes.view());
  CHECK(bytes.view() == same + same);
}

TEST_CASE("a copy of bytes is its own, and room is no content") {
  Bytes bytes;
  bytes.append("a");
  Bytes copy = bytes;
  copy.reserve(100);
  copy.append("b");
  CHECK(bytes.view() == "a");
  CHECK(copy.view() == "ab");
  const Bytes moved = std::move(copy);
  CHECK(moved.view() == "ab");
}
