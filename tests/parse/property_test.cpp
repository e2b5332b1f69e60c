// What must hold for any text: nothing crashes, and whatever parses is formatted without a change
// of its meaning into text that is formatted into itself.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "tests/parse/parsing.h"

using namespace schemac;

namespace {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  template <std::size_t N>
  const char* of(const char* const (&choices)[N]) {
    return choices[below(N)];
  }

 private:
  std::minstd_rand engine_;
};

// Random text of the language: every token class, with blanks and comments between.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::string file() {
    for (std::size_t i = random_.below(6); i-- > 0;) statement(3, false);
    gap();
    return std::move(text_);
  }

 private:
  void gap() {
    static const char* const gaps[] = {
        " ",        "  ",    "\n",           "\n\n\n",        "\t",
        "\r\n",     " \n  ", "/* c */",      " /* a\n b */ ", "// d\n",
        "\n-- e\n", "\r",    " // f /* \r\n"};
    text_ += random_.one_in(3) ? random_.of(gaps) : " ";
  }

  void leaf() {
    static const char* const leaves[] = {
        "word", "Table", "\"Quoted\"", "\"plain\"", "\"char\"",   "\"a\"\"b\"", "'it''s'", "e'\\''",
        "'\n'", "12",    "1.5e-3",     "$$b\n;$$",  "$t$ $$ $t$", ",",          ".",       "::",
        "=",    "?",     "->>",        "-",         "[",          "]",          "unique",  "with",
        "ä_ö",  "check", "name",       "numeric",   "+",          "*",          "\"int\"", "$1",
        ":",    "..",    ":=",         "N'x'",      "U&'\\41'",   "/",          "u",       "&"};
    text_ += random_.of(leaves);
  }

  void items(std::size_t depth) {
    for (std::size_t i = random_.below(6) + 1; i-- > 0;) {
      if (depth > 0 && random_.one_in(5)) {
        text_ += "(";
        if (!random_.one_in(4)) {
          blank();
          items(depth - 1);
        }
        blank();
        text_ += ")";
      } else {
        leaf();
      }
      blank();
    }
  }

  // Nothing, where tokens may touch without becoming one.
  void blank() {
    const char last = text_.back();
    if (random_.one_in(2) || last != ')') gap();
  }

  void statement(std::size_t depth, bool last) {
    static const char* const docs[] = {"\n/// doc\n", "\n///\n///  more\n", "\n/// ä \n// c\n"};
    gap();
    if (random_.one_in(4)) text_ += random_.of(docs);
    items(2);
    if (depth > 0 && random_.one_in(3)) {
      text_ += "{";
      for (std::size_t i = random_.below(4); i-- > 0;) statement(depth - 1, i == 0);
      gap();
      text_ += "}";
    } else if (!last || random_.one_in(2)) {
      text_ += ";";
    }
  }

  Random random_;
  std::string text_ = "\n";
};

std::string input(const std::string& name) {
  std::ifstream in(SCHEMAC_SOURCE_DIR "/tests/parse/inputs/" + name, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  return text.str();
}

void check(const std::string& text) {
  const Parsed once = parsed(text);
  for (const Diagnostic& diagnostic : once.sink.diagnostics())
    if (render_text(diagnostic, false).empty()) FAIL("a diagnostic without text");
  const Formatted result = formatted(once);
  if (once.errors.empty() && !result.wrong.empty())
    FAIL(result.wrong << "\n--- text\n" << text << "\n--- formatted\n" << result.text);
}

}  // namespace

TEST_CASE("random declarations keep their meaning and comments when formatted") {
  std::size_t without_errors = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    const std::string text = Writer(seed).file();
    without_errors += parsed(text).errors.empty();
    check(text);
  }
  CHECK(without_errors > 2000);
}

TEST_CASE("mutated text never breaks the parser or the formatter") {
  const std::string original = input("language.schema");
  static const char* const pieces[] = {"(",  ")",  "{",  "}",   ";",  "'",    "\"", "$$", "/*",
                                       "*/", "//", "--", "///", "\\", "\x80", "\n", "e'", ","};
  for (unsigned seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::string text = original;
    for (std::size_t edits = random.below(4) + 1; edits-- > 0;) {
      const std::size_t at = random.below(text.size());
      switch (random.below(3)) {
        case 0:
          text.erase(at, random.below(30) + 1);
          break;
        case 1:
          text.insert(at, random.of(pieces));
          break;
        default:
          text.insert(random.below(text.size()), text.substr(at, random.below(80)));
      }
      if (text.empty()) text = "a";
    }
    check(text);
  }
}

TEST_CASE("a file cut off anywhere is parsed up to there") {
  const std::string original = input("language.schema");
  for (std::size_t size = 0; size < original.size(); size += 7) {
    CAPTURE(size);
    check(original.substr(0, size));
  }
}

TEST_CASE("what the fuzzer found stays mended") {
  for (const auto& entry :
       std::filesystem::directory_iterator(SCHEMAC_SOURCE_DIR "/tests/parse/inputs")) {
    CAPTURE(entry.path());
    check(input(entry.path().filename()));
  }
}

TEST_CASE("random bytes are refused") {
  Random random(1);
  for (std::size_t round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t i = random.below(400); i-- > 0;)
      text += static_cast<char>(round % 2 == 0 ? random.below(256) : random.below(96) + 32);
    check(text);
  }
}
