#include "proof/dump.h"

#include <algorithm>
#include <map>

#include "proof/client.h"
#include "runner/runner.h"

namespace schemac {

namespace {

// End of what begins at `at` and may hold any byte: a quoted name, a literal, a dollar-quoted body
// or a comment. `at` itself where nothing of the kind begins there.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char first = text[at];
  if (first == '\'' || first == '"') {
    const std::size_t end = text.find(first, at + 1);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  if (first == '-' && text.substr(at, 2) == "--") {
    const std::size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end;
  }
  if (first == '$' && (at == 0 || !isalnum(static_cast<unsigned char>(text[at - 1])))) {
    std::size_t tag = at + 1;
    while (tag < text.size() && (isalnum(static_cast<unsigned char>(text[tag])) ||
                                 text[tag] == '_' || (text[tag] & 0x80)))
      ++tag;
    if (tag >= text.size() || text[tag] != '$') return at;
    const std::string_view mark = text.substr(at, tag + 1 - at);
    const std::size_t end = text.find(mark, tag + 1);
    return end == std::string_view::npos ? text.size() : end + mark.size();
  }
  return at;
}

// Cuts at each `separator` outside of quotes and parentheses. BEGIN ATOMIC bodies hold semicolons;
// they end with a line that is END alone.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t end = end_of_quoted(text, at); end != at) {
      at = end;
      continue;
    }
    depth += (text[at] == '(') - (text[at] == ')');
    if (text[at] == separator && depth == 0) {
      const std::string_view part = text.substr(begin, at - begin);
      const bool open_body =
          separator == ';' && part.find("BEGIN ATOMIC\n") != part.npos && !part.ends_with("\nEND");
      if (!open_body) {
        parts.push_back(part);
        begin = at + 1;
      }
    }
    ++at;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n\t\r");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \n\t\r") + 1 - begin);
}

std::string_view without_leading_comments(std::string_view statement) {
  for (;;) {
    statement = trim(statement);
    if (!statement.starts_with("--") && !statement.starts_with("\\")) return statement;
    const std::size_t end = statement.find('\n');
    statement.remove_prefix(end == std::string_view::npos ? statement.size() : end);
  }
}

// Where the word stands outside of quotes and parentheses.
std::size_t find_word(std::string_view text, std::string_view word) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t end = end_of_quoted(text, at); end != at) {
      at = end;
      continue;
    }
    if (depth == 0 && text.substr(at).starts_with(word)) return at;
    depth += (text[at] == '(') - (text[at] == ')');
    ++at;
  }
  return text.npos;
}

// Names of NOT NULL constraints are a matter of the catalogs: a table may leave them alone.
std::string without_not_null_name(std::string_view element) {
  constexpr std::string_view kNamed = " CONSTRAINT ", kNotNull = " NOT NULL";
  const std::size_t at = find_word(element, kNamed);
  if (at == element.npos) return std::string(element);
  const std::size_t name = at + kNamed.size();
  const std::size_t end =
      element[name] == '"' ? end_of_quoted(element, name) : element.find(' ', name);
  if (end >= element.size() || !element.substr(end).starts_with(kNotNull))
    return std::string(element);
  return std::string(element.substr(0, at)).append(element.substr(end));
}

std::string with_sorted_elements(std::string_view statement) {
  const std::size_t open = statement.find(" (\n");
  const std::size_t close = statement.rfind("\n)");
  if (open == statement.npos || close == statement.npos || close < open + 3)
    return std::string(statement);
  const std::string_view inside = statement.substr(open + 3, close - open - 3);
  std::vector<std::string> elements;
  for (const std::string_view element : split(inside, ','))
    elements.push_back(without_not_null_name(trim(element)));
  std::sort(elements.begin(), elements.end());
  std::string text(statement.substr(0, open + 3));
  for (const std::string& element : elements) ((text += "    ") += element) += ",\n";
  return text += statement.substr(close + 1);
}

// `CREATE STATISTICS … ON b, a FROM t`: the columns come by their numbers.
std::string with_sorted_keys(std::string_view statement) {
  const std::size_t on = find_word(statement, " ON "), from = find_word(statement, " FROM ");
  if (on == statement.npos || from == statement.npos) return std::string(statement);
  std::vector<std::string_view> keys;
  for (const std::string_view key : split(statement.substr(on + 4, from - on - 4), ','))
    keys.push_back(trim(key));
  std::sort(keys.begin(), keys.end());
  std::string text(statement.substr(0, on + 4));
  for (const std::string_view key : keys) (text += key == keys.front() ? "" : ", ") += key;
  return text += statement.substr(from);
}

std::string first_line(std::string_view statement) {
  return std::string(statement.substr(0, statement.find('\n')));
}

std::vector<std::string> lines_of(std::string_view statement) {
  std::vector<std::string> lines;
  while (!statement.empty()) {
    const std::size_t end = statement.find('\n');
    lines.emplace_back(statement.substr(0, end));
    statement.remove_prefix(end == std::string_view::npos ? statement.size() : end + 1);
  }
  return lines;
}

void append(std::vector<std::string>& lines, std::vector<std::string> more) {
  std::move(more.begin(), more.end(), std::back_inserter(lines));
}

// The statements of a normalised dump, sorted.
std::vector<std::string_view> statements_of(std::string_view dump) {
  std::vector<std::string_view> statements;
  for (const std::string_view part : split(dump, ';'))
    if (const std::string_view statement = trim(part); !statement.empty())
      statements.push_back(statement);
  std::sort(statements.begin(), statements.end());
  return statements;
}

bool is_setting(std::string_view statement) {
  return statement.empty() || statement.starts_with("SET ") ||
         statement.starts_with("SELECT pg_catalog.set_config(");
}

}  // namespace

std::string normalise_dump(std::string_view dump) {
  std::vector<std::string> statements;
  for (const std::string_view part : split(dump, ';')) {
    const std::string_view statement = without_leading_comments(part);
    if (is_setting(statement)) continue;
    const bool has_elements = statement.starts_with("CREATE TABLE ") ||
                              statement.starts_with("CREATE UNLOGGED TABLE ") ||
                              statement.starts_with("CREATE TYPE ");
    // The labels of an enum have an order that counts.
    const bool sorts = has_elements && statement.find(" AS ENUM (") == statement.npos;
    if (statement.starts_with("CREATE STATISTICS "))
      statements.push_back(with_sorted_keys(statement));
    else
      statements.push_back(sorts ? with_sorted_elements(statement) : std::string(statement));
  }
  std::sort(statements.begin(), statements.end());
  std::string text;
  for (const std::string& statement : statements) (text += statement) += ";\n";
  return text;
}

bool has_dump(int server_version) {
  return find_client("pg_dump").major() >= server_version;
}

std::string dump_schema(const std::string& url) {
  return normalise_dump(
      run_client(find_client("pg_dump"),
                 {"--schema-only", "--exclude-schema=" + std::string(kLedgerSchema)}, url));
}

std::vector<DumpDifference> dump_differences(std::string_view expected, std::string_view actual) {
  // By first line, the statements that only one side has.
  std::map<std::string, std::pair<std::vector<std::string>, std::vector<std::string>>> changed;
  const auto before = statements_of(expected), after = statements_of(actual);
  std::vector<std::string_view> missing, extra;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                      std::back_inserter(missing));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                      std::back_inserter(extra));
  for (const std::string_view one : missing) append(changed[first_line(one)].first, lines_of(one));
  for (const std::string_view one : extra) append(changed[first_line(one)].second, lines_of(one));
  std::vector<DumpDifference> differences;
  for (auto& [head, sides] : changed) {
    DumpDifference difference{head, {}};
    auto& [was, is] = sides;
    for (const std::string& line : was)
      if (std::find(is.begin(), is.end(), line) == is.end()) difference.text += "- " + line + "\n";
    for (const std::string& line : is)
      if (std::find(was.begin(), was.end(), line) == was.end())
        difference.text += "+ " + line + "\n";
    if (difference.text.empty()) difference.text = "the same lines in another order\n";
    differences.push_back(std::move(difference));
  }
  return differences;
}

}  // namespace schemac
