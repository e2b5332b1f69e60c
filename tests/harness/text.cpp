#include "tests/harness/text.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace schemac::test {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

namespace {

struct Line {
  char mark;  // ' ', '-', '+'
  std::string_view text;
};

// Lengths of the longest common subsequences of the tails, row by row.
std::vector<Line> align(const std::vector<std::string_view>& a,
                        const std::vector<std::string_view>& b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::uint32_t> common((a.size() + 1) * width, 0);
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      common[i * width + j] =
          a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1
                       : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
  std::vector<Line> lines;
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      lines.push_back({' ', a[i++]});
      ++j;
    } else if (i < a.size() &&
               (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      lines.push_back({'-', a[i++]});
    } else {
      lines.push_back({'+', b[j++]});
    }
  }
  return lines;
}

// The common head and tail of long texts need no alignment.
constexpr std::size_t kLongest = 4000;
constexpr std::size_t kMostShown = 80;

}  // namespace

std::string line_diff(std::string_view expected, std::string_view actual) {
  if (expected == actual) return "";
  std::vector<std::string_view> a = lines_of(expected), b = lines_of(actual);
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  const std::size_t skip = head < 2 ? 0 : head - 2;
  a.erase(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(skip));
  b.erase(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(skip));
  if (a.size() > kLongest) a.resize(kLongest);
  if (b.size() > kLongest) b.resize(kLongest);

  const std::vector<Line> lines = align(a, b);
  std::string out;
  std::size_t shown = 0, left_out = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    bool near = false;
    for (std::size_t j = i < 2 ? 0 : i - 2; j < std::min(lines.size(), i + 3); ++j)
      near = near || lines[j].mark != ' ';
    if (!near) continue;
    if (++shown > kMostShown)
      ++left_out;
    else
      (((out += lines[i].mark) += ' ') += lines[i].text) += '\n';
  }
  if (left_out > 0) out += "  … " + std::to_string(left_out) + " more lines\n";
  return out.empty() ? "  (only the final newline)\n" : out;
}

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  if (!in || !(out << in.rdbuf())) {
    // An empty file streams nothing, which the stream takes for a failure.
    if (in.is_open() && in.peek() == std::ifstream::traits_type::eof()) return "";
    throw std::runtime_error("cannot read " + path);
  }
  return out.str();
}

void write_text(const std::string& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  if (!(out << text)) throw std::runtime_error("cannot write " + path);
}

}  // namespace schemac::test
