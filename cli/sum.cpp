#include "cli/sum.h"

#include <algorithm>
#include <set>

#include "cli/history_diags.h"

namespace schemac {
namespace {

constexpr std::string_view kHeader = "schemac.sum 1";
constexpr std::size_t kHashDigits = 64;

bool is_conflict_mark(std::string_view line) {
  return line.starts_with("<<<<<<<") || line.starts_with("=======") ||
         line.starts_with(">>>>>>>") || line.starts_with("|||||||");
}

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

std::vector<SumLine> parse_sum(const std::shared_ptr<const SourceFile>& file, Sink& sink) {
  const std::string_view text = file->text();
  std::vector<SumLine> lines;
  std::set<std::string_view> seen;
  bool first = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const SourceSpan at{file, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(begin + line.size())};
    begin = end + 1;
    if (is_conflict_mark(line)) {
      sink.report(diags::sum_conflict(), at).hint("`schemac merge` joins both sides");
      return {};
    }
    if (first) {
      first = false;
      if (line != kHeader) {
        sink.report(diags::sum_header_broken(), at).hint("`schemac rehash` writes it anew");
        return {};
      }
      continue;
    }
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || blank == 0 || !is_hash(line.substr(blank + 1))) {
      sink.report(diags::sum_line_broken(), at).hint("`schemac rehash` writes the file anew");
      continue;
    }
    const std::string_view id = line.substr(0, blank);
    if (!seen.insert(id).second) {
      sink.report(diags::sum_line_repeated(id), at).hint("`schemac rehash` writes the file anew");
      continue;
    }
    lines.push_back({std::string(id), std::string(line.substr(blank + 1)), at});
  }
  return lines;
}

std::optional<std::pair<std::string, std::string>> sides_of_conflict(std::string_view text) {
  enum class In : std::uint8_t { both, ours, base, theirs } in = In::both;
  std::pair<std::string, std::string> sides;
  bool any = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    const std::string_view line = text.substr(begin, end - begin);
    begin = end;
    if (is_conflict_mark(line)) {
      any = true;
      in = line.front() == '<'   ? In::ours
           : line.front() == '|' ? In::base
           : line.front() == '=' ? In::theirs
                                 : In::both;
      continue;
    }
    if (in == In::both || in == In::ours) sides.first += line;
    if (in == In::both || in == In::theirs) sides.second += line;
  }
  if (!any) return std::nullopt;
  return sides;
}

std::string sum_text(const std::vector<SumLine>& lines) {
  std::string text(kHeader);
  text += '\n';
  for (const SumLine& line : lines) text += line.id + " " + line.hash + "\n";
  return text;
}

void JsonDigest::add(std::string_view piece) {
  constexpr std::string_view kTime = "\n    \"time\": ";
  const std::size_t begin = any_ ? std::string_view::npos : piece.find(kTime);
  any_ = true;
  timeless_.add(piece.substr(0, begin));
  if (begin != std::string_view::npos) {
    timeless_.add(piece.substr(std::min(piece.find('\n', begin + 1), piece.size())));
    file_.emplace();
  }
  if (file_) file_->add(piece);
}

JsonDigest::Digests JsonDigest::end() {
  std::string timeless = timeless_.hex();
  return {timeless, file_ ? file_->hex() : timeless};
}

std::string chained_hash(std::string_view before, std::string_view id, std::string_view up_sql,
                         std::string_view down_sql, std::string_view json) {
  std::string all;
  for (const std::string_view part : {before, id, up_sql, down_sql, json}) {
    all += part;
    all += '\n';
  }
  return sha256(all);
}

}  // namespace schemac
