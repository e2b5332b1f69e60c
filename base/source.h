#pragma once
// Source text and places in it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemac {

// One file as read. Line starts are found once, on the first question about a line.
class SourceFile {
 public:
  using Read = std::string (*)(const std::string& path);

  SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}
  // One whose text is read when it is first asked for.
  SourceFile(std::string path, Read read) : path_(std::move(path)), read_(read) {}

  const std::string& path() const { return path_; }
  std::string_view text() const {
    if (read_ != nullptr) text_ = std::exchange(read_, nullptr)(path_);
    return text_;
  }

  struct Position {
    int line;    // from 1
    int column;  // from 1, in code points
  };
  Position position(std::uint32_t offset) const;
  // Text of a line (from 1) without its line end.
  std::string_view line(int number) const;

 private:
  const std::vector<std::uint32_t>& line_starts() const;

  std::string path_;
  mutable std::string text_;
  mutable Read read_ = nullptr;
  mutable std::vector<std::uint32_t> line_starts_;
};

// A range of bytes in one file. Files are shared, because spans outlive the pass that read them.
// Default-constructed: nowhere (an object that came from a database).
struct SourceSpan {
  std::shared_ptr<const SourceFile> file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool known() const { return file != nullptr; }
  std::string_view text() const { return file->text().substr(begin, end - begin); }
};

// `path:line`, or "" where the span is unknown.
std::string path_and_line(const SourceSpan& span);

}  // namespace schemac
