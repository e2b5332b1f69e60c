#include "base/visible.h"

#include <catch2/catch.hpp>

using schemac::visible;

TEST_CASE("text that a reader sees as it is stays") {
  CHECK(visible("", "|").empty());
  CHECK(visible("column shop.café \"größe\" 名前 🙂", "|") ==
        "column shop.café \"größe\" 名前 🙂");
  CHECK(visible("a\nb", "\n   | ") == "a\n   | b");
}

TEST_CASE("what would deceive a reader is spelled out") {
  CHECK(visible("a\x1b[31mb", "|") == "a\\u{001B}[31mb");
  CHECK(visible("\r\t\x7f", "|") == "\\u{000D}\\u{0009}\\u{007F}");
  CHECK(visible("drop\u202Eelbat", "|") == "drop\\u{202E}elbat");
  CHECK(visible("\u2066x\u2069\u200b\u2028", "|") == "\\u{2066}x\\u{2069}\\u{200B}\\u{2028}");
  CHECK(visible("\u0085", "|") == "\\u{0085}");
}

TEST_CASE("bytes that are no UTF-8 are spelled out") {
  CHECK(visible("a\xff", "|") == "a\\x{FF}");
  CHECK(visible("\xc0\xaf", "|") == "\\x{C0}\\x{AF}");
  CHECK(visible("\xed\xa0\x80", "|") == "\\x{ED}\\x{A0}\\x{80}");
  CHECK(visible("\xe2\x80", "|") == "\\x{E2}\\x{80}");
}
