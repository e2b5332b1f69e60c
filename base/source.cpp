#include "base/source.h"

#include <algorithm>

namespace schemac {

const std::vector<std::uint32_t>& SourceFile::line_starts() const {
  if (line_starts_.empty()) {
    line_starts_.push_back(0);
    for (std::size_t i = 0; i < text().size(); ++i)
      if (text()[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return line_starts_;
}

SourceFile::Position SourceFile::position(std::uint32_t offset) const {
  const auto& starts = line_starts();
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const std::uint32_t start = *(after - 1);
  int column = 1;
  for (std::uint32_t i = start; i < offset && i < text().size(); ++i)
    if ((static_cast<unsigned char>(text()[i]) & 0xC0) != 0x80) ++column;
  return {static_cast<int>(after - starts.begin()), column};
}

std::string_view SourceFile::line(int number) const {
  const auto& starts = line_starts();
  if (number < 1 || static_cast<std::size_t>(number) > starts.size()) return {};
  const std::size_t begin = starts[static_cast<std::size_t>(number - 1)];
  std::size_t end = text().find('\n', begin);
  if (end == std::string::npos) end = text().size();
  if (end > begin && text()[end - 1] == '\r') --end;
  return text().substr(begin, end - begin);
}

std::string path_and_line(const SourceSpan& span) {
  if (!span.known()) return {};
  return span.file->path() + ":" + std::to_string(span.file->position(span.begin).line);
}

}  // namespace schemac
