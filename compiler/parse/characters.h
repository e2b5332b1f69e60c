#pragma once
// Classes of bytes in the schema language, as PostgreSQL's scanner has them: every byte beyond
// ASCII belongs to a word.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace schemac {

enum class ByteClass : std::uint8_t { other, blank, word, digit, op };

namespace detail {
constexpr std::array<ByteClass, 256> byte_classes() {
  std::array<ByteClass, 256> classes{};
  const auto set = [&](std::string_view bytes, ByteClass value) {
    for (char c : bytes) classes[static_cast<unsigned char>(c)] = value;
  };
  for (std::size_t c = 0x80; c < 256; ++c) classes[c] = ByteClass::word;
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", ByteClass::word);
  set("0123456789", ByteClass::digit);
  set(" \t\r\n\f\v", ByteClass::blank);
  set("~!@#^&|`?+-*/%<>=", ByteClass::op);
  return classes;
}
inline constexpr auto kByteClasses = byte_classes();
}  // namespace detail

constexpr ByteClass byte_class(char c) {
  return detail::kByteClasses[static_cast<unsigned char>(c)];
}
// Whether `c` continues a word that has begun.
constexpr bool is_word_part(char c) {
  return byte_class(c) == ByteClass::word || byte_class(c) == ByteClass::digit || c == '$';
}
// Whether `c` continues a number (without the sign of an exponent): letters too, so that `12ab` is
// one broken number and not two tokens.
constexpr bool is_number_part(char c) {
  return byte_class(c) == ByteClass::digit || c == '.' ||
         (byte_class(c) == ByteClass::word && static_cast<unsigned char>(c) < 0x80);
}

// Whether a comment begins at `at`.
constexpr bool begins_comment(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const char first = text[at], second = text[at + 1];
  return (first == '/' && (second == '/' || second == '*')) || (first == '-' && second == '-');
}

// Behind the last character of the line at `at`.
constexpr std::size_t line_end(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '\n' && text[at] != '\r') ++at;
  return at;
}

// Behind the block comment that begins at `at`, its nested ones included; npos if it never ends.
constexpr std::size_t block_comment_end(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at + 1 < text.size()) {
    if (text[at] == '/' && text[at + 1] == '*') {
      ++depth;
      at += 2;
    } else if (text[at] == '*' && text[at + 1] == '/') {
      at += 2;
      if (--depth == 0) return at;
    } else {
      ++at;
    }
  }
  return std::string_view::npos;
}

// The delimiter `$tag$` of a dollar-quoted body at `at`; empty where none begins.
constexpr std::string_view body_delimiter(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end < text.size() && byte_class(text[end]) == ByteClass::word)
    while (end < text.size() && text[end] != '$' && is_word_part(text[end])) ++end;
  if (end >= text.size() || text[end] != '$') return {};
  return text.substr(at, end + 1 - at);
}

// Behind the body that begins at `at` with `delimiter`; npos if it never ends.
constexpr std::size_t body_end(std::string_view text, std::size_t at, std::string_view delimiter) {
  const std::size_t close = text.find(delimiter, at + delimiter.size());
  return close == std::string_view::npos ? close : close + delimiter.size();
}

// Behind the quoted text that begins at `at` with its quote, doubled quotes included; with
// `escapes` a backslash takes the next character. npos if it never ends.
constexpr std::size_t quoted_end(std::string_view text, std::size_t at, bool escapes) {
  const char quote = text[at++];
  while (at < text.size()) {
    if (escapes && text[at] == '\\') {
      at += 2;
    } else if (text[at] != quote) {
      ++at;
    } else if (at + 1 < text.size() && text[at + 1] == quote) {
      at += 2;
    } else {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

// Behind the operator that begins at `at`: up to a comment, and as in PostgreSQL without trailing
// signs unless a character stands in it that only operators have, so that `=-1` is `=` and `-1`.
constexpr std::size_t operator_end(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && byte_class(text[end]) == ByteClass::op && !begins_comment(text, end))
    ++end;
  for (char c : text.substr(at, end - at))
    if (std::string_view("~!@#^&|`?%").find(c) != std::string_view::npos) return end;
  while (end - at > 1 && (text[end - 1] == '-' || text[end - 1] == '+')) --end;
  return end;
}

}  // namespace schemac
