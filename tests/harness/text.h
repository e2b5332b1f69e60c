#pragma once
// Texts of tests: reading, writing and showing how two differ.

#include <string>
#include <string_view>
#include <vector>

namespace schemac::test {

std::vector<std::string_view> lines_of(std::string_view text);

// The lines that differ, with `-` for those of `expected`, `+` for those of `actual` and two lines
// around each. Empty where the texts are equal.
std::string line_diff(std::string_view expected, std::string_view actual);

// Throws std::runtime_error naming the path.
std::string read_text(const std::string& path);
void write_text(const std::string& path, std::string_view text);

}  // namespace schemac::test
