#include "tests/cases/case_file.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "codegen/postgres/postgres.h"
#include "tests/harness/text.h"

namespace schemac::test {

namespace {

// In the order in which --update writes them.
constexpr std::array kGolden{"diagnostics", "up.sql", "down.sql"};
constexpr std::array kWritten{"from", "to", "shape", "server", "live", "expect-failure"};

bool is_golden(const std::string& name) {
  return std::find(kGolden.begin(), kGolden.end(), name) != kGolden.end();
}

bool is_section(const std::string& name) {
  return is_golden(name) || std::find(kWritten.begin(), kWritten.end(), name) != kWritten.end();
}

std::string trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin));
}

// `name` or `name: rest`.
std::pair<std::string, std::string> split_name(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return {trim(text), ""};
  return {trim(text.substr(0, colon)), trim(text.substr(colon + 1))};
}

}  // namespace

CaseFile::CaseFile(std::string path, std::string_view text) : path_(std::move(path)) {
  int number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (line.starts_with("--- ")) {
      const auto [name, argument] = split_name(line.substr(4));
      if (!is_section(name))
        throw CaseError(path_ + ":" + std::to_string(number) + ": unknown section `" + name + "`");
      sections_.push_back({name, argument, ""});
    } else if (sections_.empty()) {
      (head_ += line) += '\n';
    } else {
      (sections_.back().text += line) += '\n';
    }
  }
  if (!head_.starts_with("# "))
    throw CaseError(path_ + ":1: a case begins with `# ` and the reason why it exists");
  if (side("to").empty() && side("from").empty())
    throw CaseError(path_ + ": a case needs `--- from` or `--- to`");
}

std::string CaseFile::name() const {
  return std::filesystem::path(path_).stem().string();
}

bool CaseFile::expects_errors() const {
  return name().starts_with("fail_");
}

std::vector<NamedText> CaseFile::side(const std::string& name) const {
  std::vector<NamedText> files;
  for (const Section& section : sections_)
    if (section.name == name)
      files.push_back({section.argument.empty() ? name + ".schema" : name + "/" + section.argument,
                       section.text});
  return files;
}

std::string CaseFile::text_of(const std::string& name, const std::string& argument) const {
  std::string text;
  for (const Section& section : sections_)
    if (section.name == name && section.argument == argument) text += section.text;
  return text;
}

std::vector<CaseFile::Note> CaseFile::notes(const std::string& name) const {
  std::vector<Note> found;
  for (const Section& section : sections_) {
    if (section.name != name) continue;
    const auto [what, why] = split_name(section.argument);
    if (what.empty() || why.empty())
      throw CaseError(path_ + ": write `--- " + name + ": WHAT: why`");
    found.push_back({what, why});
  }
  return found;
}

std::optional<CaseFile::Note> CaseFile::live() const {
  const std::vector<Note> found = notes("live");
  if (found.empty()) return std::nullopt;
  if (found.front().what != "skip" && found.front().what != "empty" &&
      found.front().what != "empty-down")
    throw CaseError(path_ + ": `--- live` takes skip, empty or empty-down");
  return found.front();
}

int CaseFile::server() const {
  const std::vector<Note> found = notes("server");
  if (found.empty()) return 0;
  const int version = std::atoi(found.front().what.c_str());
  if (version < postgres::kOldestVersion)
    throw CaseError(path_ + ": `--- server` takes a major version of PostgreSQL");
  return version;
}

std::vector<CaseFile::Note> CaseFile::expected_failures() const {
  return notes("expect-failure");
}

void CaseFile::set_golden(const std::string& name, const std::string& text) {
  std::erase_if(sections_, [&](const Section& section) { return section.name == name; });
  if (text.empty()) return;
  const auto rank = [](const std::string& section) {
    return std::find(kGolden.begin(), kGolden.end(), section) - kGolden.begin();
  };
  const auto at = std::find_if(sections_.begin(), sections_.end(), [&](const Section& section) {
    return is_golden(section.name) && rank(section.name) > rank(name);
  });
  sections_.insert(at, {name, "", text});
}

std::string CaseFile::print() const {
  std::string text = head_;
  for (const Section& section : sections_) {
    text += "--- " + section.name;
    if (!section.argument.empty()) text += ": " + section.argument;
    text += "\n" + section.text;
    if (!section.text.empty() && section.text.back() != '\n') text += '\n';
  }
  return text;
}

}  // namespace schemac::test
