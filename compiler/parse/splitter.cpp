#include "compiler/parse/splitter.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>

#include "compiler/parse/characters.h"
#include "compiler/parse/parse_diags.h"

namespace schemac {
namespace {

// How often a file is cut where an unclosed block seems to end: each time costs a look at the rest.
constexpr int kResumesMax = 16;

// Length of the UTF-8 sequence at `at`, 0 where there is none. Overlong forms, surrogates and what
// lies beyond U+10FFFF are none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && second < 0xA0) return 0;
    if (first == 0xED && second > 0x9F) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && second < 0x90) return 0;
    if (first == 0xF4 && second > 0x8F) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool check_encoding(const std::shared_ptr<const SourceFile>& file, Sink& sink) {
  const std::string_view text = file->text();
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    sink.report(file_too_large(std::to_string(text.size())), {file, 0, 0});
    return false;
  }
  const auto at = [&](std::size_t offset) {
    return SourceSpan{file, static_cast<std::uint32_t>(offset),
                      static_cast<std::uint32_t>(offset + 1)};
  };
  if (const void* nul = std::memchr(text.data(), 0, text.size()); nul != nullptr) {
    const auto offset = static_cast<std::size_t>(static_cast<const char*>(nul) - text.data());
    sink.report(nul_byte(), at(offset)).hint("save the file as plain UTF-8 text");
    return false;
  }
  for (std::size_t i = 0; i < text.size();) {
    if (std::uint64_t eight; i + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + i, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        i += 8;
        continue;
      }
    }
    const std::size_t length = sequence_length(text, i);
    if (length == 0) {
      constexpr char digits[] = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(text[i]);
      const std::string hex{digits[byte >> 4], digits[byte & 15]};
      sink.report(invalid_utf8(hex), at(i)).hint("save the file as UTF-8");
      return false;
    }
    i += length;
  }
  return true;
}

Splitter::Splitter(std::shared_ptr<const SourceFile> file, Sink& sink)
    : file_(std::move(file)), text_(file_->text()), sink_(sink) {}

SourceSpan Splitter::span(std::size_t begin, std::size_t end) const {
  return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool Splitter::next(Chunk& chunk) {
  if (at_ == 0 && text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  if (at_ >= text_.size()) return false;
  chunk.begin = static_cast<std::uint32_t>(at_);
  ended_ = broken_ = indented_ = false;
  braces_ = parens_ = tokens_ = 0;
  resume_ = margin_comment_ = 0;
  while (at_ < text_.size() && !ended_) skip_token();
  if (ended_) {
    at_ = with_comment_behind(at_);
  } else if (braces_ > 0 && resume_ > 0 && resumes_ < kResumesMax) {
    ++resumes_;
    at_ = resume_;
  }
  chunk.end = static_cast<std::uint32_t>(at_);
  chunk.broken = broken_;
  chunk.whole = ended_;
  return true;
}

// Moves over a run of blanks, a comment or a token.
void Splitter::skip_token() {
  const char c = text_[at_];
  const ByteClass kind = byte_class(c);
  if (kind == ByteClass::blank) {
    while (at_ < text_.size() && byte_class(text_[at_]) == ByteClass::blank) ++at_;
    if (braces_ > 0 && at_ < text_.size() && text_[at_] != '}' &&
        (text_[at_ - 1] == ' ' || text_[at_ - 1] == '\t'))
      indented_ = true;
    return;
  }
  if (kind == ByteClass::op && begins_comment(text_, at_)) return skip_comment();
  count_token();
  if (kind == ByteClass::word) return skip_word();
  if (kind == ByteClass::op) {
    ++at_;
    return;
  }
  if (kind == ByteClass::digit) {
    while (at_ < text_.size() && is_number_part(text_[at_])) ++at_;
    return;
  }
  skip_punctuation(c);
}

void Splitter::skip_comment() {
  const std::size_t begin = at_;
  const bool at_margin = begin == 0 || text_[begin - 1] == '\n';
  if (text_[begin + 1] == '*')
    end_at(block_comment_end(text_, begin), unterminated_comment(), begin);
  else
    at_ = line_end(text_, begin);
  if (at_margin && margin_comment_ == 0) margin_comment_ = begin;
}

void Splitter::skip_word() {
  const std::size_t begin = at_;
  const bool at_margin = begin == 0 || text_[begin - 1] == '\n';
  if (at_margin && indented_ && resume_ == 0)
    resume_ = margin_comment_ > 0 ? margin_comment_ : begin;
  margin_comment_ = 0;
  while (at_ < text_.size() && is_word_part(text_[at_])) ++at_;
  const bool escapes = at_ - begin == 1 && (text_[begin] == 'e' || text_[begin] == 'E');
  if (escapes && at_ < text_.size() && text_[at_] == '\'')
    end_at(quoted_end(text_, at_, true), unterminated_string(), begin);
}

void Splitter::skip_body() {
  const std::string_view delimiter = body_delimiter(text_, at_);
  if (delimiter.empty())
    ++at_;
  else
    end_at(body_end(text_, at_, delimiter), unterminated_body(delimiter), at_);
}

void Splitter::skip_punctuation(char c) {
  margin_comment_ = 0;
  switch (c) {
    case '\'':
      return end_at(quoted_end(text_, at_, false), unterminated_string(), at_);
    case '"':
      return end_at(quoted_end(text_, at_, false), unterminated_identifier(), at_);
    case '$':
      return skip_body();
    case '(':
      nest(parens_);
      break;
    case ')':
      if (parens_ > 0) --parens_;
      break;
    case '{':
      parens_ = tokens_ = 0;
      nest(braces_);
      break;
    case '}':
      if (braces_ > 0) --braces_;
      ended_ = braces_ == 0;
      end_statement();
      break;
    case ';':
      ended_ = braces_ == 0;
      end_statement();
      break;
    default:
      break;
  }
  ++at_;
}

// Reports what makes the statement under way, and all around it, impossible to parse.
void Splitter::refuse(const Message& message, std::string hint) {
  sink_.report(message, span(at_, at_ + 1)).hint(std::move(hint));
  broken_ = true;
}

void Splitter::nest(int& depth) {
  ++depth;
  if (braces_ + parens_ > kNestingMax && !broken_)
    refuse(nesting_too_deep(std::to_string(kNestingMax)), "");
}

void Splitter::count_token() {
  if (++tokens_ > kTokensMax && !broken_)
    refuse(declaration_too_long(std::to_string(kTokensMax)), "is a `;` missing?");
}

void Splitter::end_statement() {
  parens_ = tokens_ = 0;
  if (++statements_ <= kStatementsMax) return;
  if (!broken_)
    refuse(too_many_declarations(std::to_string(kStatementsMax)),
           "divide it: a schema may have any number of files");
  at_ = text_.size() - 1;  // the caller passes over one more byte
  ended_ = true;
}

// Goes to `end`; where there is none, what began at `opening` takes the rest of the file with it.
void Splitter::end_at(std::size_t end, const Message& unterminated, std::size_t opening) {
  at_ = std::min(end, text_.size());
  if (end != std::string_view::npos) return;
  const std::size_t line = line_end(text_, opening);
  sink_.report(unterminated, span(opening, std::max(line, opening + 1)));
  broken_ = true;
  resume_ = 0;
}

// Takes in the comments that stand behind a statement and end its line; a block comment before
// something else belongs to that.
std::size_t Splitter::with_comment_behind(std::size_t end) const {
  std::size_t at = end;
  while (at < text_.size() && text_[at] != '\n' && text_[at] != '\r') {
    if (byte_class(text_[at]) == ByteClass::blank) {
      ++at;
    } else if (!begins_comment(text_, at)) {
      return end;
    } else if (text_[at + 1] != '*') {
      return line_end(text_, at);
    } else {
      const std::size_t behind = block_comment_end(text_, at);
      if (behind == std::string_view::npos) return end;
      at = behind;
    }
  }
  return at;
}

}  // namespace schemac
