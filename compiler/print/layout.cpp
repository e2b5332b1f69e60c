#include "compiler/print/layout.h"

#include <algorithm>

#include "compiler/parse/characters.h"
#include "compiler/parse/type_parser.h"
#include "compiler/parse/words.h"

namespace schemac {
namespace {

constexpr std::size_t kIndent = 2;
// A block or a list that the author left on one line stays there up to this width.
constexpr std::size_t kWidthMax = 100;

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool is_symbol(const Item& item, std::string_view text) {
  return item.kind == ItemKind::symbol && item.text == text;
}

// `'a', 'b' was 'c'`: a list of literals, which needs no `;` at the end of its block.
bool is_list(const Statement& statement) {
  return !statement.has_block && statement.items.front().kind == ItemKind::string;
}

// A name and a type: a member that no keyword starts.
bool is_column(const Statement& statement) {
  if (statement.items.size() < 2) return false;
  const Item& name = statement.items[0];
  const Item& type = statement.items[1];
  const auto named = [](const Item& item) {
    return item.kind == ItemKind::word || item.kind == ItemKind::quoted;
  };
  return named(name) && named(type) && !type.line_before && type.comments.empty() &&
         (name.kind == ItemKind::quoted || !starts_member(name.text));
}

// -- Items
// ------------------------------------------------------------------------------------------

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

// The delimiter that ends a body where its text ends and not before.
std::string body_text(std::string_view text) {
  std::string delimiter = "$$";
  for (int number = 0;; ++number) {
    const std::string whole = delimiter + std::string(text) + delimiter;
    if (body_end(whole, 0, delimiter) == whole.size()) return whole;
    delimiter = "$body" + (number == 0 ? "" : std::to_string(number)) + "$";
  }
}

// `is_name`: the item is the name of a column, where a word can be nothing else.
std::string leaf_text(const Item& item, bool is_name) {
  switch (item.kind) {
    case ItemKind::quoted: {
      // Elsewhere `"char"` and `char` are two types, and `"now"` is no function.
      const bool type = !is_name && is_builtin_type(item.text);
      // In SQL text, quotes may tell a column from a keyword: those of the author stay.
      const bool kept = !is_name && item.span.known();
      return kept || needs_quotes(item.text) || type ? quoted(item.text) : item.text;
    }
    case ItemKind::body:
      return item.span.known() ? std::string(item.span.text()) : body_text(item.text);
    default:
      return item.text;
  }
}

// Whether a sign belongs to what follows it: `start -1`, `= -1`.
bool is_unary(std::span<const Item> items, std::size_t sign) {
  if (!is_symbol(items[sign], "-") && !is_symbol(items[sign], "+")) return false;
  if (sign == 0 || !items[sign].tight) return true;
  return items[sign - 1].kind == ItemKind::symbol && items[sign - 1].text != "]";
}

// Whether a blank stands between an item and the one before it.
bool blank_between(std::span<const Item> items, std::size_t i) {
  const Item& before = items[i - 1];
  const Item& item = items[i];
  if (item.kind == ItemKind::group) {
    if (before.kind == ItemKind::word) return !item.tight || introduces_group(before.text);
    if (before.kind == ItemKind::quoted) return !item.tight;
    return !is_symbol(before, "[") && !is_symbol(before, "::") && !is_symbol(before, ".");
  }
  if (is_symbol(item, ",") || is_symbol(item, "]") || is_symbol(item, "[")) return false;
  // Two symbols side by side could be read as one.
  if (is_symbol(item, "?") || is_symbol(item, "::"))
    return before.kind == ItemKind::symbol && before.text != "]" && before.text != ".";
  if (is_symbol(item, "."))
    return before.kind == ItemKind::symbol || before.kind == ItemKind::number;
  if (is_symbol(before, "[")) return false;
  if (is_symbol(before, "::")) return item.kind == ItemKind::symbol;
  if (is_symbol(before, ".")) return item.kind == ItemKind::symbol || item.kind == ItemKind::number;
  if (item.tight && item.kind != ItemKind::symbol && is_unary(items, i - 1)) return false;
  return true;
}

// A list of plain names and values, whose blanks mean nothing to anyone.
bool is_simple_list(const Item& group, bool settings) {
  for (const Item& item : group.items) {
    if (item.line_before || !item.comments.empty()) return false;
    if (item.kind == ItemKind::group || item.kind == ItemKind::body) return false;
    if (item.kind != ItemKind::symbol) continue;
    if (item.text != "," && item.text != "." && !(settings && item.text == "=")) return false;
  }
  const std::size_t end = group.items.empty() ? group.span.begin + 1 : group.items.back().span.end;
  const std::string_view rest = group.span.file->text().substr(end, group.span.end - 1 - end);
  return std::all_of(rest.begin(), rest.end(), [](char c) { return c == ' ' || c == '\t'; });
}

// What stands between the parentheses, as written. Blanks beside them go; line breaks stay, and
// with one before the closing parenthesis its indentation.
std::string_view verbatim(std::string_view inside) {
  const std::size_t begin = inside.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  std::size_t end = inside.find_last_not_of(" \t") + 1;
  if (inside[end - 1] == '\n') end = inside.size();
  return inside.substr(begin, end - begin);
}

std::string item_text(std::span<const Item> items, std::size_t i, bool is_name = false);

// `modifiers`: of a type, `numeric(12,2)`, if it is a list of numbers.
std::string list_text(const Item& group, bool modifiers) {
  modifiers =
      modifiers && std::all_of(group.items.begin(), group.items.end(), [](const Item& item) {
        return item.kind == ItemKind::number || is_symbol(item, ",");
      });
  std::string text;
  for (std::size_t i = 0; i < group.items.size(); ++i) {
    if (i > 0 && !modifiers && blank_between(group.items, i)) text += ' ';
    text += item_text(group.items, i);
  }
  return text;
}

std::string group_text(std::span<const Item> items, std::size_t i) {
  const Item& group = items[i];
  const Item* before = i == 0 ? nullptr : &items[i - 1];
  const bool tight = i > 0 && !blank_between(items, i);
  const bool settings = before != nullptr && before->kind == ItemKind::word &&
                        (before->text == "with" || before->text == "set");
  if (!group.span.known())
    return "(" + (group.items.empty() ? group.text : list_text(group, tight)) + ")";
  if (is_simple_list(group, settings)) return "(" + list_text(group, tight) + ")";
  const std::string_view all = group.span.text();
  return "(" + std::string(verbatim(all.substr(1, all.size() - 2))) + ")";
}

std::string item_text(std::span<const Item> items, std::size_t i, bool is_name) {
  if (items[i].kind != ItemKind::group) return leaf_text(items[i], is_name);
  return group_text(items, i);
}

// -- Statements
// -------------------------------------------------------------------------------------

class Layout {
 public:
  void statements(const std::vector<Statement>& list, std::span<const CommentLine> at_end,
                  std::size_t indent);
  std::string take() { return std::move(out_); }

 private:
  void statement(const Statement& statement, std::size_t indent, std::size_t name_width, bool ends);
  void items(const Statement& statement, std::size_t indent, std::size_t name_width);
  void comments_in(const Item& item, std::size_t indent);
  void block(const Statement& statement, std::size_t indent);
  void comments(std::span<const CommentLine> lines, std::size_t indent, bool& first);
  void doc(const Statement& statement, std::size_t indent);
  void behind(const std::string& comment);
  void new_line(std::size_t indent) {
    out_ += '\n';
    out_.append(indent, ' ');
  }

  std::string out_;
};

// The block of `statement` on one line, or "" where it must be broken.
std::string one_line_block(const Statement& statement, std::size_t width_before) {
  if (!statement.comment_open.empty() || !statement.comments_at_end.empty()) return {};
  if (statement.block.empty()) return "{}";
  const bool made_list = !statement.span.known() && is_list(statement.block.front());
  if (!statement.one_line && !made_list) return {};
  std::string text = "{";
  for (const Statement& member : statement.block) {
    if (member.has_block || member.has_doc || !member.comments_before.empty() ||
        !member.comment_behind.empty())
      return {};
    for (std::size_t i = 0; i < member.items.size(); ++i) {
      const Item& item = member.items[i];
      if (!item.comments.empty() || (i > 0 && item.line_before)) return {};
      if (i == 0 || blank_between(member.items, i)) text += ' ';
      text += item_text(member.items, i, i == 0 && is_column(member));
    }
    const bool last = &member == &statement.block.back();
    if (!last || !is_list(member)) text += ';';
    if (text.size() > 4 * kWidthMax) return {};
  }
  text += " }";
  if (text.find('\n') != std::string::npos || width_before + 1 + width(text) > kWidthMax) return {};
  return text;
}

void Layout::comments(std::span<const CommentLine> lines, std::size_t indent, bool& first) {
  for (const CommentLine& line : lines) {
    if (line.blank_before && !first) out_ += '\n';
    out_.append(indent, ' ');
    out_ += line.text + '\n';
    first = false;
  }
}

void Layout::doc(const Statement& statement, std::size_t indent) {
  for (std::size_t begin = 0; begin <= statement.doc.size();) {
    const std::size_t end = std::min(statement.doc.find('\n', begin), statement.doc.size());
    out_.append(indent, ' ');
    out_ += "///";
    if (end > begin) out_ += " " + statement.doc.substr(begin, end - begin);
    out_ += '\n';
    begin = end + 1;
  }
}

void Layout::behind(const std::string& comment) {
  if (!comment.empty()) out_ += "  " + comment;
}

void Layout::statements(const std::vector<Statement>& list, std::span<const CommentLine> at_end,
                        std::size_t indent) {
  bool first = true;
  std::size_t run_end = 0, name_width = 0;  // of the columns under way
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Statement& each = list[i];
    if (indent > 0 && i >= run_end) {
      name_width = 0;
      for (run_end = i; run_end < list.size() && is_column(list[run_end]); ++run_end)
        name_width = std::max(name_width, width(leaf_text(list[run_end].items[0], true)));
      run_end = std::max(run_end, i + 1);
    }
    comments(each.comments_before, indent, first);
    if (each.blank_before && !first) out_ += '\n';
    if (each.has_doc) doc(each, indent);
    const bool open_list = indent > 0 && i + 1 == list.size() && is_list(each);
    statement(each, indent, name_width, !open_list);
    first = false;
  }
  comments(at_end, indent, first);
}

void Layout::statement(const Statement& statement, std::size_t indent, std::size_t name_width,
                       bool ends) {
  const std::size_t begin = out_.size();
  out_.append(indent, ' ');
  items(statement, indent, name_width);
  if (statement.has_block) {
    const std::size_t line = std::max(out_.rfind('\n') + 1, begin);
    const std::string text = one_line_block(statement, width(std::string_view(out_).substr(line)));
    out_ += ' ';
    if (text.empty())
      block(statement, indent);
    else
      out_ += text;
  } else if (ends) {
    out_ += ';';
  }
  behind(statement.comment_behind);
  out_ += '\n';
}

void Layout::block(const Statement& statement, std::size_t indent) {
  out_ += '{';
  behind(statement.comment_open);
  out_ += '\n';
  statements(statement.block, statement.comments_at_end, indent + kIndent);
  out_.append(indent, ' ');
  out_ += '}';
}

// Whether a list that its author left on one line is too wide for it.
bool is_wide_list(const Statement& statement, std::size_t indent) {
  if (!is_list(statement)) return false;
  std::size_t total = indent;
  for (std::size_t i = 0; i < statement.items.size(); ++i) {
    const Item& item = statement.items[i];
    if ((i > 0 && item.line_before) || !item.comments.empty()) return false;
    total += width(item_text(statement.items, i)) + (i > 0 && blank_between(statement.items, i));
  }
  return total > kWidthMax;
}

void Layout::items(const Statement& statement, std::size_t indent, std::size_t name_width) {
  const std::vector<Item>& items = statement.items;
  const bool column = name_width > 0 && is_column(statement);
  // The elements of a list stand below each other; other statements go on further to the right.
  const std::size_t below = is_list(statement) ? indent : indent + kIndent;
  const bool one_each = is_wide_list(statement, indent);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string text = item_text(items, i, i == 0 && column);
    if (i > 0) {
      comments_in(items[i], below);
      if (items[i].line_before || (one_each && is_symbol(items[i - 1], ",")))
        new_line(below);
      else if (!items[i].comments.empty() || blank_between(items, i))
        out_ += ' ';
    }
    out_ += text;
    if (i == 0 && column) out_.append(name_width - width(text), ' ');
  }
}

void Layout::comments_in(const Item& item, std::size_t indent) {
  for (const CommentLine& comment : item.comments) {
    if (comment.line_before)
      new_line(indent);
    else
      out_ += ' ';
    out_ += comment.text;
  }
}

}  // namespace

std::string layout(const std::vector<Statement>& statements,
                   std::span<const CommentLine> comments_at_end) {
  Layout layout;
  layout.statements(statements, comments_at_end, 0);
  return layout.take();
}

std::string format(const ParsedFile& file) {
  return layout(file.statements, file.comments_at_end);
}

}  // namespace schemac
