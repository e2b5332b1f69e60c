#pragma once
// Cuts a file into top-level statements by its bytes alone, and finds what no statement could be
// parsed from: broken encoding, literals and comments without an end, excessive nesting.

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"

namespace schemac {

// Parentheses and blocks together: far from what a schema needs, and from the end of the stack.
inline constexpr int kNestingMax = 256;

// What a declaration without its block, and what a file may hold: a bound on memory that damaged
// input meets and no schema does.
inline constexpr int kTokensMax = 200'000;
inline constexpr int kStatementsMax = 1'000'000;

// One top-level statement with what precedes it and the comment behind it, or the end of the file.
struct Chunk {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool broken = false;  // an error was reported; there is nothing to parse
  bool whole = false;   // its end is the statement's own, so that another chunk may follow at once
};

// Whether `file` is text: valid UTF-8 without NUL. Reports the first byte that is not.
bool check_encoding(const std::shared_ptr<const SourceFile>& file, Sink& sink);

class Splitter {
 public:
  Splitter(std::shared_ptr<const SourceFile> file, Sink& sink);

  // The next chunk; false at the end of the file. Chunks follow each other without a gap.
  bool next(Chunk& chunk);

 private:
  void skip_token();
  void skip_comment();
  void skip_word();
  void skip_body();
  void skip_punctuation(char c);
  void nest(int& depth);
  void count_token();
  void end_statement();
  void refuse(const Message& message, std::string hint);
  void end_at(std::size_t end, const Message& unterminated, std::size_t opening);
  std::size_t with_comment_behind(std::size_t end) const;
  SourceSpan span(std::size_t begin, std::size_t end) const;

  std::shared_ptr<const SourceFile> file_;
  std::string_view text_;
  Sink& sink_;
  std::size_t at_ = 0;
  int resumes_ = 0;
  int statements_ = 0;

  // Of the chunk under way.
  bool ended_ = false;   // its statement is complete
  bool broken_ = false;  // an error was reported
  int braces_ = 0;
  int parens_ = 0;         // within the innermost brace
  int tokens_ = 0;         // of the innermost statement
  bool indented_ = false;  // a line inside its block begins with a blank
  // Where the next statement seems to begin in case the block is never closed: the first line at
  // the margin behind an indented one, with the comments directly above. 0 for nowhere.
  std::size_t resume_ = 0;
  std::size_t margin_comment_ = 0;
};

}  // namespace schemac
