#include "base/diagnostic.h"

#include <algorithm>
#include <numeric>

#include "base/visible.h"

namespace schemac {
namespace {

// A long line (a minified or damaged file) is cut to a window around the place.
constexpr std::size_t kLineBytesMax = 160;

// Begins further lines of a text, so that none can pass for a finding or a command of its own.
constexpr std::string_view kNextLine = "\n   | ";

struct Excerpt {
  std::string text;
  std::size_t caret;   // columns before the caret
  std::size_t length;  // carets
};

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

Excerpt excerpt(const SourceSpan& at) {
  const auto position = at.file->position(at.begin);
  const std::string_view line = at.file->line(position.line);
  const std::size_t line_begin = static_cast<std::size_t>(line.data() - at.file->text().data());
  std::size_t offset = std::min<std::size_t>(at.begin - line_begin, line.size());
  const std::size_t end =
      std::min<std::size_t>(std::max(at.end, at.begin + 1) - line_begin, line.size());
  std::size_t from = 0;
  if (line.size() > kLineBytesMax) {
    from = offset > kLineBytesMax / 2 ? offset - kLineBytesMax / 2 : 0;
    while (from < line.size() && continues(line[from])) ++from;
  }
  std::size_t to = std::min(line.size(), from + kLineBytesMax);
  while (to < line.size() && continues(line[to])) ++to;
  Excerpt result;
  for (char c : line.substr(from, to - from)) {
    const auto byte = static_cast<unsigned char>(c);
    result.text += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  const auto columns = [&](std::size_t begin, std::size_t finish) {
    std::size_t count = 0;
    for (std::size_t i = begin; i < std::min(finish, to); ++i) count += continues(line[i]) ? 0 : 1;
    return count;
  };
  result.caret = columns(from, offset);
  result.length = std::max<std::size_t>(1, columns(offset, end));
  return result;
}

void render_place(std::string& out, const SourceSpan& at, std::string_view mark,
                  std::string_view note) {
  const Excerpt shown = excerpt(at);
  const std::string number = std::to_string(at.file->position(at.begin).line);
  const std::string margin(number.size(), ' ');
  out += " " + number + " | " + visible(shown.text, " ") + "\n";
  out += " " + margin + " | " + std::string(shown.caret, ' ') + std::string(mark) +
         std::string(shown.length - 1, mark.front()) + std::string(note.empty() ? "" : " ") +
         std::string(note) + "\n";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

std::string fill_placeholders(std::string_view text, const std::string_view* values,
                              std::size_t count) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 1 < text.size() && text[i + 1] == '}' && used < count) {
      out += values[used++];
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

Reported Sink::report(const Message& message, SourceSpan at) {
  Diagnostic diagnostic;
  diagnostic.code = message.code;
  diagnostic.severity = message.severity;
  diagnostic.message = message.text;
  diagnostic.at = std::move(at);
  if (message.severity == Severity::error) ++errors_;
  diagnostics_.push_back(std::move(diagnostic));
  return Reported(diagnostics_.back());
}

void Sink::take(Sink other) {
  errors_ += other.errors_;
  std::move(other.diagnostics_.begin(), other.diagnostics_.end(), std::back_inserter(diagnostics_));
}

void Sink::sort() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     if (a.at.known() != b.at.known()) return a.at.known();
                     if (!a.at.known()) return false;
                     if (a.at.file->path() != b.at.file->path())
                       return a.at.file->path() < b.at.file->path();
                     return a.at.begin < b.at.begin;
                   });
}

std::string render_text(const Diagnostic& diagnostic, bool color) {
  const auto paint = [&](std::string_view code, std::string_view text) {
    return color ? "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m"
                 : std::string(text);
  };
  std::string out;
  if (diagnostic.at.known()) {
    const auto position = diagnostic.at.file->position(diagnostic.at.begin);
    out += paint("1", visible(diagnostic.at.file->path(), "\\n") + ":" +
                          std::to_string(position.line) + ":" + std::to_string(position.column) +
                          ":") +
           " ";
  }
  const std::string_view hue = diagnostic.severity == Severity::error     ? "1;31"
                               : diagnostic.severity == Severity::warning ? "1;33"
                                                                          : "1;36";
  out += paint(hue, std::string(to_string(diagnostic.severity)) + ":") + " " +
         visible(diagnostic.message, kNextLine) + " [" + diagnostic.code + "]\n";
  if (diagnostic.at.known()) render_place(out, diagnostic.at, "^", "");
  for (const Label& label : diagnostic.labels) {
    if (!label.at.known()) continue;
    out += "   " + visible(path_and_line(label.at), "\\n") + ": " +
           visible(label.message, kNextLine) + "\n";
    render_place(out, label.at, "-", "");
  }
  if (!diagnostic.hint.empty())
    out += "   " + paint("1;32", "help:") + " " + visible(diagnostic.hint, kNextLine) + "\n";
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  // Names are at most 63 bytes; anything longer is no misspelling of one.
  constexpr std::size_t kWordBytesMax = 64;
  if (word.size() > kWordBytesMax) return {};
  std::size_t best = word.size() / 3 + 1;
  std::string_view found;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > kWordBytesMax || candidate == word) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best || (distance == best && !found.empty() && candidate < found)) {
      best = distance;
      found = candidate;
    }
  }
  return std::string(found);
}

}  // namespace schemac
