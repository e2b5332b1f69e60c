#pragma once
// What the tests of this folder share.

#include <algorithm>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/statement.h"
#include "compiler/parse/type_parser.h"
#include "compiler/parse/words.h"

namespace schemac {

struct Parsed {
  ParsedFile file;
  Sink sink;
  std::string errors;  // `line:column code` of each diagnostic, joined by blanks
};

inline Parsed parsed(std::string_view text) {
  Parsed result;
  result.file =
      parse_file(std::make_shared<SourceFile>("test.schema", std::string(text)), result.sink);
  for (const Diagnostic& diagnostic : result.sink.diagnostics()) {
    const auto at = diagnostic.at.file->position(diagnostic.at.begin);
    if (!result.errors.empty()) result.errors += ' ';
    result.errors +=
        std::to_string(at.line) + ":" + std::to_string(at.column) + " " + diagnostic.code;
  }
  return result;
}

inline std::string errors(std::string_view text) {
  return parsed(text).errors;
}

// Every part of a tree that has a meaning, comments and layout left out. Quotes mean nothing around
// what is plain and no word of SQL.
inline std::string meaning(std::span<const Item> items) {
  std::string out;
  for (const Item& item : items) {
    const bool plain = item.kind == ItemKind::quoted && !needs_quotes(item.text) &&
                       (&item == &items.front() || !is_builtin_type(item.text));
    out += plain ? 'w' : "wqsnbgy"[static_cast<int>(item.kind)];
    out += "<" + item.text + meaning(item.items) + ">";
  }
  return out;
}
inline std::string meaning(const std::vector<Statement>& statements) {
  std::string out;
  for (const Statement& statement : statements) {
    if (statement.has_doc) out += "doc<" + statement.doc + ">";
    out += meaning(statement.items);
    out += statement.has_block ? "{" + meaning(statement.block) + "}" : ";";
  }
  return out;
}

// The words of all comments. Comments that come to stand on one line may change places.
inline void add_comments(std::span<const CommentLine> lines, std::string& out) {
  for (const CommentLine& line : lines) out += line.text + " ";
}
inline void add_comments(std::span<const Item> items, std::string& out) {
  for (const Item& item : items) {
    add_comments(item.comments, out);
    add_comments(item.items, out);
  }
}
inline void add_comments(const std::vector<Statement>& statements, std::string& out) {
  for (const Statement& statement : statements) {
    add_comments(statement.comments_before, out);
    add_comments(statement.items, out);
    if (!statement.comment_open.empty()) out += statement.comment_open + " ";
    add_comments(statement.block, out);
    add_comments(statement.comments_at_end, out);
    if (!statement.comment_behind.empty()) out += statement.comment_behind + " ";
  }
}
inline std::vector<std::string> comments(const ParsedFile& file) {
  std::string all;
  add_comments(file.statements, all);
  add_comments(file.comments_at_end, all);
  std::istringstream in(all);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  std::sort(words.begin(), words.end());
  return words;
}

// What format() makes of `text`, and what is wrong with that: it must parse to the same meaning and
// comments, and be formatted into itself.
struct Formatted {
  std::string text;
  std::string wrong;
};
inline Formatted formatted(const Parsed& once) {
  Formatted result{format(once.file), {}};
  const Parsed twice = parsed(result.text);
  if (!twice.errors.empty()) result.wrong = "formatted text has errors: " + twice.errors;
  if (meaning(twice.file.statements) != meaning(once.file.statements))
    result.wrong = "formatting changed the meaning";
  if (comments(twice.file) != comments(once.file)) result.wrong = "formatting lost a comment";
  if (format(twice.file) != result.text) result.wrong = "formatting twice differs";
  return result;
}

}  // namespace schemac
