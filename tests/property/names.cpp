#include "tests/property/names.h"

#include <algorithm>
#include <vector>

namespace schemac::property {

namespace {

const std::vector<std::string> kColumns{
    "id",    "name",  "code",  "total", "state", "kind",  "starts", "ends", "notes",  "owner",
    "price", "email", "title", "rank",  "body",  "level", "ref",    "tags", "amount", "created_at"};

// Words that SQL or the schema language reserves, or that start a member or a clause.
const std::vector<std::string> kWords{
    "select",     "order",   "user",      "table",    "group",     "from",     "where",
    "check",      "index",   "unique",    "primary",  "default",   "was",      "end",
    "references", "trigger", "type",      "column",   "view",      "schema",   "include",
    "backfill",   "using",   "enum",      "comment",  "values",    "grant",    "policy",
    "with",       "collate", "generated", "identity", "partition", "exclude",  "owner",
    "statistics", "rule",    "row",       "do",       "between",   "interval", "position",
    "nulls"};

const std::vector<std::string> kComments{
    "What it is for.",
    "It's 100% \"quoted\" \\ and $$ more.",
    "Größe in Metern — naïve ☃",
    "two\nlines",
    "trailing blank: ",
    "/* not */ a // comment; -- at all",
    "tab\there",
    "first\n\nthird",
    "{ ( [",
    "a very long comment that goes on and on beyond the width of any "
    "reasonable line so that a printer might be tempted to break it, which it must never do"};

}  // namespace

std::string Names::nasty(const std::string& stem) {
  const std::string number = std::to_string(next_++);
  switch (random_.below(12)) {
    case 0:
      return "Upper" + number;
    case 1:
      return random_.pick(kWords) + (random_.chance(60) ? "" : number);
    case 2:
      return "it's \"" + stem + "\" " + number;
    case 3:
      return "größe_" + number + "_日本";
    case 4:
      return stem + std::string(63 - stem.size() - number.size(), 'x') + number;
    case 5:
      return "with.dot " + number;
    case 6:
      return number + "_first";
    case 7:
      return "back\\slash$" + number;
    case 8:
      return stem + "$$" + number;
    case 9:
      return " " + stem + number + " ";
    case 10:
      return "a" + std::string(52 - number.size(), 'y') + number;
    default:
      return stem + "-" + number + ";{}()";
  }
}

std::string Names::fresh(const char* stem) {
  for (;;) {
    std::string name = random_.chance(18) ? nasty(stem) : stem + std::to_string(next_++);
    if (used_.insert(name).second) return name;
  }
}

std::string Names::column(const std::set<std::string>& taken) {
  for (int attempt = 0;; ++attempt) {
    std::string name = attempt < 3 && random_.chance(85) ? random_.pick(kColumns)
                       : random_.chance(60)              ? nasty("c")
                                                         : "c" + std::to_string(next_++);
    if (taken.contains(name)) continue;
    used_.insert(name);
    return name;
  }
}

std::string Names::comment() {
  return random_.pick(kComments);
}

std::string quoted(const std::string& name) {
  const bool plain =
      std::all_of(
          name.begin(), name.end(),
          [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }) &&
      name[0] >= 'a' && name[0] <= 'z';
  // Words are quoted without asking which of them need it.
  if (plain && std::find(kWords.begin(), kWords.end(), name) == kWords.end()) return name;
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

std::string string_literal(const std::string& value) {
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? std::string("''") : std::string(1, c);
  return text + "'";
}

}  // namespace schemac::property
