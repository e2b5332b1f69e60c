#include "codegen/postgres/text.h"

#include <algorithm>
#include <cctype>

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/parts.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac::postgres {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Behind the string, quoted name, dollar quote or comment that starts at `at`; `at` itself where
// none does.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
  const auto behind = [&](std::size_t found, std::size_t length) {
    return found == std::string_view::npos ? text.size() : found + length;
  };
  const char c = text[at];
  if (c == '"') return behind(text.find('"', at + 1), 1);
  if (c == '\'') {
    const bool escapes = at > 0 && (text[at - 1] == 'E' || text[at - 1] == 'e') &&
                         (at < 2 || !is_word(text[at - 2]));
    std::size_t end = at + 1;
    while (end < text.size() && text[end] != '\'') end += escapes && text[end] == '\\' ? 2 : 1;
    return std::min(end + 1, text.size());
  }
  if (c == '$' && (at == 0 || !is_word(text[at - 1]))) {
    const std::size_t close = text.find('$', at + 1);
    if (close == std::string_view::npos) return at;
    const std::string_view tag = text.substr(at, close - at + 1);
    for (char t : tag.substr(1, tag.size() - 2))
      if (!is_word(t) || t == '$') return at;
    return behind(text.find(tag, close + 1), tag.size());
  }
  if (text.substr(at, 2) == "--") return behind(text.find('\n', at), 1);
  if (text.substr(at, 2) == "/*") return behind(text.find("*/", at), 2);
  return at;
}

// Calls visit(position, depth of parentheses before it) for each character outside of quotes and
// comments until it returns false.
template <class Visit>
void scan(std::string_view text, Visit visit) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t behind = skip_quoted(text, at); behind != at) {
      at = behind;
      continue;
    }
    if (!visit(at, depth)) return;
    if (text[at] == '(' || text[at] == '[') ++depth;
    if (text[at] == ')' || text[at] == ']') --depth;
    ++at;
  }
}

// Where the parenthesis that opens at `open` closes.
std::size_t closing(std::string_view text, std::size_t open) {
  std::size_t found = std::string_view::npos;
  scan(text.substr(open), [&](std::size_t at, int depth) {
    if (at > 0 && depth == 1 && text[open + at] == ')') found = open + at;
    return found == std::string_view::npos;
  });
  return found;
}

bool is_enclosed(std::string_view text) {
  return !text.empty() && text[0] == '(' && closing(text, 0) == text.size() - 1;
}

// `lower(name)`, `shop.key_of(a, b)`: a name and its arguments, nothing behind.
bool is_call(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == 0 || open == std::string_view::npos || closing(text, open) != text.size() - 1)
    return false;
  if (std::isdigit(static_cast<unsigned char>(text[0])) != 0) return false;
  for (char c : text.substr(0, open))
    if (!is_word(c) && c != '.') return false;
  return true;
}

// A comment up to the line's end would swallow what follows.
std::string closed_line(std::string_view text) {
  bool comment = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t behind = skip_quoted(text, at);
    comment = behind == text.size() && text.substr(at, 2) == "--";
    at = behind == at ? at + 1 : behind;
  }
  return std::string(text) + (comment ? "\n" : "");
}

std::string in_parens(std::string_view text) {
  return is_enclosed(text) ? std::string(text) : "(" + closed_line(text) + ")";
}

bool has_blank(std::string_view text) {
  bool found = false;
  scan(text, [&](std::size_t at, int depth) {
    found = depth == 0 && std::isspace(static_cast<unsigned char>(text[at])) != 0;
    return !found;
  });
  return found;
}

// What the text calls the object, by its last name alone, and which object that is; for a part of
// an object that object. A column stands for its table.
void add_changes(const ObjectId& target, std::vector<NameChange>& changes) {
  using What = NameChange::What;
  const KindInfo& kind = target.kind();
  const bool part = kind.scope == Scope::parent && !kind.parents.empty();
  const NameSpaces& spaces = part ? find_kind(kind.parents.front())->spaces : kind.spaces;
  const auto path = target.path();
  if (path.size() < 2) return;
  const Ident name{std::string(path[1])};
  const QName to{Ident(std::string(path[0])), name};
  if (!changes.empty() && changes.back().to == to) return;  // another column of it
  if (spaces.relation) changes.push_back({What::relation, {{}, name}, name, to});
  if (spaces.type) changes.push_back({What::type, {{}, name}, name, to});
  if (spaces.collation) changes.push_back({What::collation, {{}, name}, name, to});
  if (spaces.routine) changes.push_back({What::function, {{}, name}, name, to});
}

// The text with the schemas of the names in it, so that it means the same whatever the session's
// search_path is. The object's own schema comes first, as it did when names were looked up.
std::string resolved(const SqlText& text, const Object& object, TextForm form) {
  const std::string written(trimmed(text.written));
  const std::string_view home = object.id.path()[0];
  std::vector<NameChange> changes;
  for (const bool own : {true, false})
    for (const Edge& edge : object.depends)
      if ((edge.target.path()[0] == home) == own) add_changes(edge.target, changes);
  return changes.empty() ? written : rename_in_text(written, form, changes, {});
}

// The columns of a table by name, those that it has from others first.
std::vector<std::string> all_columns(const Object& table, const Context& plan) {
  std::vector<std::string> columns;
  const auto add = [&](const Object& column) {
    const std::string name = strict_name(column.id.name()).text;
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
  };
  if (&table.kind() == &table_kind) {
    for (const Ident& name : typed<Table>(table).columns) columns.push_back(strict_name(name).text);
    for (const Object* column : inherited_columns(plan, Side::after, table)) add(*column);
  }
  for (const Object* child : plan.children_after(table.id))
    if (child->kind().recorded_order) add(*child);
  return columns;
}

// The columns of a table that a star stands for, as declared: one that was there before the plan
// may have grown by ALTER TABLE and have them in another order. None where the table is new.
std::vector<std::string> columns_of(const QName& relation, const Object& object,
                                    const Context& plan) {
  for (const Edge& edge : object.depends) {
    const auto path = edge.target.path();
    if (!edge.target.kind().recorded_order || path.size() != 3 || path[1] != relation.name.text)
      continue;
    if (!relation.schema.empty() && path[0] != relation.schema.text) continue;
    const Object* column = plan.after(edge.target);
    if (column == nullptr || plan.before(column->parent) == nullptr) continue;
    return all_columns(*plan.after(column->parent), plan);
  }
  return {};
}

}  // namespace

Fragment expression(const SqlText& text, const Object& object) {
  return {closed_line(resolved(text, object, TextForm::expression))};
}

Fragment parenthesised(const SqlText& text, const Object& object) {
  return {in_parens(resolved(text, object, TextForm::expression))};
}

Fragment default_value(const SqlText& text, const Object& object) {
  const std::string value = resolved(text, object, TextForm::expression);
  if (!has_blank(value)) return {closed_line(value)};
  // The grammar of column definitions knows no AND, IN or IS behind DEFAULT.
  const std::string probe = "ALTER TABLE t ADD COLUMN c text DEFAULT " + value + " NOT NULL";
  const bool plain = !check_text(probe, TextForm::statements);
  return {plain ? closed_line(value) : in_parens(value)};
}

Fragment index_expression(const SqlText& text, const Object& object) {
  const std::string key = resolved(text, object, TextForm::expression);
  return {is_call(key) ? key : in_parens(key)};
}

Fragment query(const SqlText& text, const Object& object, const Context& plan) {
  SqlText expanded = text;
  expanded.written = expand_stars(text.written, TextForm::query, [&](const QName& relation) {
    return columns_of(relation, object, plan);
  });
  const std::string whole = resolved(expanded, object, TextForm::query);
  std::string_view kept = whole;
  while (!kept.empty() && kept.back() == ';') kept = trimmed(kept.substr(0, kept.size() - 1));
  return {closed_line(kept)};
}

Fragment statements(const SqlText& text, const Object& object) {
  const std::string kept = resolved(text, object, TextForm::statements);
  const bool closed = !kept.empty() && kept.back() == ';';
  return {closed_line(closed ? kept : kept + ";")};
}

Fragment dollar_quoted(std::string_view body) {
  std::string tag = "$$";
  for (int n = 0; (std::string(body) + tag).find(tag) != body.size(); ++n)
    tag = n == 0 ? "$body$" : "$body" + std::to_string(n) + "$";
  return {tag + std::string(body) + tag};
}

}  // namespace schemac::postgres
