#include "compiler/ir/json_writer.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace schemac {
namespace {

// What a character of a string is written as.
enum Form : std::uint8_t { plain, escaped, part_of_utf8 };

constexpr std::array<Form, 256> forms() {
  std::array<Form, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c)
    table[c] = c < 0x20 || c == '"' || c == '\\' ? escaped : c < 0x80 ? plain : part_of_utf8;
  return table;
}
constexpr std::array<Form, 256> kForms = forms();

Form form_of(char c) {
  return kForms[static_cast<unsigned char>(c)];
}

void escape(std::string& out, char c) {
  constexpr std::string_view kLetters = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (std::size_t i = 0; i < kLetters.size(); i += 2)
    if (kLetters[i] == c) {
      out += '\\';
      out += kLetters[i + 1];
      return;
    }
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u00";
  out += kDigits[static_cast<unsigned char>(c) >> 4];
  out += kDigits[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void JsonWriter::key(std::string_view name) {
  const bool lined = indent_.has_value();
  text(name);
  out_ += lined ? ": " : ":";
  first_ = true;
}

void JsonWriter::text(std::string_view value) {
  separate();
  const auto is_plain = [](char c) { return form_of(c) == plain; };
  out_ += '"';
  if (std::all_of(value.begin(), value.end(), is_plain)) {
    out_ += value;
  } else {
    if (!simdjson::validate_utf8(value.data(), value.size()))
      throw std::runtime_error("a text that is to be written as JSON is no UTF-8");
    for (const char c : value) form_of(c) == escaped ? escape(out_, c) : out_.push_back(c);
  }
  out_ += '"';
}

void JsonWriter::number(std::int64_t value) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
  word({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

}  // namespace schemac
