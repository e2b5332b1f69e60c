#include "introspect/postgres/array.h"

#include <charconv>

namespace schemac::postgres {
namespace {

// Reads one array; `at` stands on its `{` and ends behind its `}`.
std::vector<Element> read_array(std::string_view text, std::size_t& at) {
  std::vector<Element> elements;
  ++at;
  while (at < text.size() && text[at] != '}') {
    Element element;
    if (text[at] == '{') {
      element.items = read_array(text, at);
    } else if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
        element.text += text[at];
      }
      ++at;
    } else {
      const std::size_t end = std::min(text.find_first_of(",}", at), text.size());
      element.text = text.substr(at, end - at);
      element.null = element.text == "NULL";
      at = end;
    }
    elements.push_back(std::move(element));
    if (at < text.size() && text[at] == ',') ++at;
  }
  ++at;
  return elements;
}

}  // namespace

std::vector<Element> parse_array(std::string_view text) {
  // Bounds other than the usual ones stand before the array: `[0:1]={a,b}`.
  std::size_t at = text.find('{');
  if (at == std::string_view::npos) return {};
  return read_array(text, at);
}

std::vector<std::int64_t> parse_numbers(std::string_view text) {
  std::vector<std::int64_t> numbers;
  if (const std::size_t open = text.find('{'); open != std::string_view::npos)
    text.remove_prefix(open + 1);
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    std::int64_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc()) break;
    numbers.push_back(number);
    at = next + 1;
  }
  return numbers;
}

}  // namespace schemac::postgres
