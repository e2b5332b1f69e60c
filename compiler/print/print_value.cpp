#include "compiler/print/print_value.h"

#include <algorithm>

#include "compiler/names/names.h"
#include "compiler/names/vocabulary.h"
#include "compiler/parse/type_parser.h"
#include "compiler/print/layout.h"

namespace schemac {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}
bool is_word_char(char c) {
  return is_word_start(c) || is_digit(c);
}

bool is_number(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return !text.empty() && is_digit(text.front()) && text.back() != '.' &&
         std::count(text.begin(), text.end(), '.') <= 1 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

bool is_plain_word(std::string_view text) {
  return !text.empty() && is_word_start(text.front()) &&
         std::all_of(text.begin(), text.end(), is_word_char);
}

// The end of a 'literal' that starts at `at`, or npos.
std::size_t literal_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] != '\'') continue;
    if (at + 1 < text.size() && text[at + 1] == '\'')
      ++at;
    else
      return at + 1;
  }
  return std::string_view::npos;
}

// The end of a (group) that starts at `at`, or npos. Anything but words, literals and plain
// operators in it is left to parentheses of our own.
std::size_t group_end(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\'') {
      at = literal_end(text, at);
      if (at == std::string_view::npos) return at;
      continue;
    }
    if (c == '"' || c == '$' || c == '/' || c == '-' || c == '\n') return std::string_view::npos;
    if (c == '(') ++depth;
    if (c == ')' && --depth == 0) return at + 1;
    ++at;
  }
  return std::string_view::npos;
}

// Whether `text` from `at` is a call: `now()`, `nextval('s'::regclass)`, `shop.f(1)`.
bool is_call(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && (is_word_char(text[at]) || (text[at] == '.' && at > 0))) ++at;
  if (at == 0 || !is_word_start(text.front()) || at >= text.size() || text[at] != '(') return false;
  if (text[at - 1] == '.') return false;
  return group_end(text, at) == text.size();
}

// Words that are expressions by themselves. Any other word could be read as a clause.
bool is_value_word(std::string_view text) {
  constexpr std::string_view kWords[] = {"true",         "false",          "null",
                                         "current_date", "current_time",   "current_timestamp",
                                         "localtime",    "localtimestamp", "current_user",
                                         "session_user", "current_role",   "user"};
  return std::find(std::begin(kWords), std::end(kWords), text) != std::end(kWords);
}

bool is_literal(std::string_view text) {
  return !text.empty() && text.front() == '\'' && literal_end(text, 0) == text.size() &&
         text.find('\n') == std::string_view::npos;
}

// Words that SQL reads as syntax where a call stands, or that start a key's own clause.
bool reads_as_call(std::string_view text) {
  const std::string_view name = text.substr(0, text.find('('));
  return name != "collate" && name != "array" && name != "row" && name != "not" &&
         name != "exists" && name != "with" && name != "operator";
}

void print_expression(const std::string& text, Shape shape, std::vector<Item>& items) {
  const bool call = is_call(text) && reads_as_call(text);
  const bool bare = shape == Shape::key
                        ? call
                        : shape == Shape::value &&
                              (call || is_number(text) || is_literal(text) || is_value_word(text));
  items.push_back(bare ? word_item(text) : sql_item(text));
}

void print_qname(const QName& name, bool qualified, std::vector<Item>& items) {
  add_qname(items, qualified ? name.schema.text : std::string_view(), name.name.text);
}

// The name of a setting may have a prefix: `toast.fillfactor`.
void print_dotted(std::string_view name, std::vector<Item>& items) {
  for (bool first = true;; first = false) {
    if (!first) items.push_back(symbol_item("."));
    const std::size_t dot = name.find('.');
    items.push_back(name_item(name.substr(0, dot)));
    if (dot == std::string_view::npos) return;
    name.remove_prefix(dot + 1);
  }
}

bool is_name_list(std::string_view text) {
  for (;;) {
    const std::size_t comma = text.find(", ");
    const std::string_view part = text.substr(0, comma);
    const bool quoted =
        part.size() > 2 && part.front() == '"' && part.find('"', 1) == part.size() - 1;
    if (!is_plain_word(part) && !quoted) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 2);
  }
}

void print_setting(const FieldInfo& field, const List& setting, std::vector<Item>& items) {
  print_dotted(*setting[0].text(), items);
  items.push_back(symbol_item("="));
  const std::string value = setting[1].text() == nullptr ? std::string() : *setting[1].text();
  const bool repeated = field.listing == Listing::repeat;
  if (repeated && value == "\"\"")
    items.push_back(string_item(""));
  else if (is_number(value) || is_plain_word(value) || (repeated && is_name_list(value)))
    items.push_back(word_item(value));
  else
    items.push_back(string_item(value));
}

void print_path(const List& path, std::string_view home, const PrintContext& context,
                std::vector<Item>& items) {
  const QName relation{*path[0].ident(), *path[1].ident()};
  print_qname(relation, !context.is_found(relation, home), items);
  items.push_back(symbol_item("."));
  items.push_back(name_item(path[2].ident()->text));
}

void print_type(const TypeRef& type, std::string_view home, const PrintContext& context,
                std::vector<Item>& items) {
  const bool found = context.is_found_type(type.name, home);
  items.push_back(word_item(
      dsl_type(type, found ? std::string_view(type.name.schema.text) : std::string_view())));
}

// One value, not a list.
void print_one(const FieldInfo& field, const Value& value, const Object& object,
               std::string_view home, const PrintContext& context, std::vector<Item>& items) {
  switch (field.shape) {
    case Shape::flag:
      return;
    case Shape::integer:
      return items.push_back(number_item(std::to_string(*value.integer())));
    case Shape::number:
      return items.push_back(number_item(*value.text()));
    case Shape::word:
      return print_words(*value.text(), items);
    case Shape::text:
      return items.push_back(string_item(*value.text()));
    case Shape::ident:
      return items.push_back(name_item(value.ident()->text));
    case Shape::qname: {
      const QName& name = *value.qname();
      // A function of the server's own says so: one of the model could have its name.
      if (field.refers == Refers::function && name.schema.empty())
        return add_qname(items, "pg_catalog", name.name.text);
      if ((field.refers == Refers::object || field.refers == Refers::collation) &&
          name.schema.empty() && context.hides_server(name.name.text, home))
        return add_qname(items, "pg_catalog", name.name.text);
      return print_qname(name, !context.is_found(name, home), items);
    }
    case Shape::type:
      return print_type(*value.type(), home, context, items);
    case Shape::expr:
    case Shape::value:
    case Shape::key:
      return print_expression(value.sql()->written, field.shape, items);
    case Shape::path:
      return print_path(*value.list(), home, context, items);
    case Shape::setting:
      return print_setting(field, *value.list(), items);
    case Shape::operation: {
      const QName& name = *value.qname();
      const bool model = field.refers == Refers::operation;
      const bool hidden = model && context.hides_server(name.name.text, home);
      const bool plain = name.schema.empty() ? !hidden : model && context.is_found(name, home);
      if (plain) return items.push_back(symbol_item(name.name.text));
      std::vector<Item> inner{
          name_item(name.schema.empty() ? std::string_view("pg_catalog") : name.schema.text),
          symbol_item("."), symbol_item(name.name.text)};
      items.push_back(word_item("operator"));
      return items.push_back(tight(group_item(std::move(inner))));
    }
    case Shape::query:
    case Shape::statements:
      return items.push_back(body_item("\n  " + value.sql()->written + "\n"));
    case Shape::body:
      return items.push_back(body_item(*value.text()));
    case Shape::record:
      return print_clauses(field.record, *value.list(), {}, object, home, context, items);
  }
}

void print_list(const FieldInfo& field, const List& list, const Object& object,
                std::string_view home, const PrintContext& context, std::vector<Item>& items) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) items.push_back(field.listing == Listing::ors ? word_item("or") : symbol_item(","));
    print_one(field, list[i], object, home, context, items);
  }
}

// The columns that a reference means when it names none.
bool is_primary_key(const FieldInfo& field, const Value& value, const Object& object,
                    const PrintContext& context) {
  const auto& fields = object.kind().fields;
  if (field.refers != Refers::ref_column ||
      std::none_of(fields.begin(), fields.end(),
                   [](const FieldInfo& other) { return other.refers == Refers::column; }))
    return false;
  for (std::size_t i = 0; i < object.kind().fields.size(); ++i) {
    if (object.kind().fields[i].refers != Refers::relation || object.values[i].qname() == nullptr)
      continue;
    const Object* relation = context.relation(*object.values[i].qname());
    if (relation == nullptr) return false;
    for (const Object* child : context.children().of(relation->id))
      if (child->kind().identifies == Identifies::primary)
        return !can_wait(*child) && child->value("columns") == value;
  }
  return false;
}

}  // namespace

void print_words(std::string_view words, std::vector<Item>& items) {
  while (!words.empty()) {
    const std::size_t blank = words.find(' ');
    const std::string_view word = words.substr(0, blank);
    items.push_back(word == "?" ? symbol_item(word) : word_item(word));
    if (blank == std::string_view::npos) return;
    words.remove_prefix(blank + 1);
  }
}

void print_value(const FieldInfo& field, const Value& value, const Object& object,
                 std::string_view home, const PrintContext& context, std::vector<Item>& items) {
  static const List none;
  const List& list = value.list() == nullptr ? none : *value.list();
  std::vector<Item> inner;
  switch (field.listing) {
    case Listing::one:
      return print_one(field, value, object, home, context, items);
    case Listing::group:
      print_one(field, value, object, home, context, inner);
      break;
    case Listing::parens:
      print_list(field, list, object, home, context, inner);
      break;
    case Listing::commas:
    case Listing::ors:
    case Listing::block:
    case Listing::repeat:
      return print_list(field, list, object, home, context, items);
  }
  Item group = group_item(std::move(inner));
  items.push_back(field.place == Place::signature ? tight(std::move(group)) : std::move(group));
}

void print_clauses(std::span<const FieldInfo> fields, const FieldValues& values,
                   std::string_view implied, const Object& object, std::string_view home,
                   const PrintContext& context, std::vector<Item>& items) {
  const FieldInfo* continued = nullptr;  // said by the words of the flag before it
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldInfo& field = fields[i];
    const bool here = field.place == Place::clause || field.place == Place::signature;
    if (!here || field.role == Role::intent || field.listing == Listing::block) continue;
    if (!implied.empty() && field.name == implied) continue;
    if (field.place == Place::signature) {
      print_value(field, values[i], object, home, context, items);
      continue;
    }
    if (values[i].absent() || is_primary_key(field, values[i], object, context)) continue;
    if (is_mixed(field)) {
      print_clauses(field.record, *values[i].list(), {}, object, home, context, items);
      continue;
    }
    if (field.listing == Listing::repeat) {
      for (const Value& one : *values[i].list()) {
        print_words(field.clause, items);
        print_one(field, one, object, home, context, items);
      }
      continue;
    }
    if (continued != &field) print_words(field.clause, items);
    continued = continued_field(fields, field);
    print_value(field, values[i], object, home, context, items);
  }
}

}  // namespace schemac
