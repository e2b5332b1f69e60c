#pragma once
// The text forms in which the server sends arrays.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace schemac::postgres {

// One element of an array: text, NULL, or an array of its own.
struct Element {
  std::string text;
  bool null = false;
  std::vector<Element> items;
};

// Elements of `{a,"b c",NULL,{d,e}}`.
std::vector<Element> parse_array(std::string_view text);

// Numbers of `{1,2}` or, as catalogs keep vectors, `1 2`.
std::vector<std::int64_t> parse_numbers(std::string_view text);

}  // namespace schemac::postgres
