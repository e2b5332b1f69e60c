#include "codegen/postgres/routine.h"

#include <algorithm>

namespace schemac::postgres {
namespace {

// Settings whose value is a list of names.
constexpr std::string_view kLists[] = {"search_path", "temp_tablespaces",
                                       "session_preload_libraries", "local_preload_libraries"};

bool gives_result(const Argument& argument) {
  return argument.mode == "out" || argument.mode == "inout";
}

Sql argument(const Argument& argument, const Object& routine) {
  Sql result;
  if (argument.mode != "in") result.add(sql(Word{argument.mode}, " "));
  if (!argument.name.empty()) result.add(sql(strict_name(argument.name), " "));
  result.add(type_name(argument.type));
  if (argument.initial) result.add(sql(" DEFAULT ", default_value(*argument.initial, routine)));
  return result;
}

// The names in `"$user", public`, without their quotes.
std::vector<std::string> split_list(const std::string& value) {
  std::vector<std::string> items(1);
  bool quoted = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '"' && quoted && i + 1 < value.size() && value[i + 1] == '"') {
      items.back() += value[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      items.emplace_back();
    } else if (quoted || c != ' ') {
      items.back() += c;
    }
  }
  return items;
}

// A word stands as it is, anything else as a literal: `$user` would not be a name.
Sql list_item(const std::string& item) {
  const bool word = !item.empty() && std::all_of(item.begin(), item.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  return word ? sql(Ident(item)) : sql(Literal{item});
}

bool is_bare(const std::string& value) {
  return !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
}

Sql setting_value(const Setting& setting) {
  if (std::find(std::begin(kLists), std::end(kLists), setting.name) == std::end(kLists))
    return is_bare(setting.value) ? sql(Fragment{setting.value}) : sql(Literal{setting.value});
  std::vector<Sql> items;
  for (const std::string& item : split_list(setting.value)) items.push_back(list_item(item));
  return join(items, ", ");
}

}  // namespace

Sql argument_list(const std::vector<Argument>& arguments, const Object& routine) {
  std::vector<Sql> parts;
  for (const Argument& one : arguments) parts.push_back(argument(one, routine));
  return join(parts, ", ");
}

Sql transform_clause(const std::vector<TypeRef>& types) {
  std::vector<Sql> parts;
  for (const TypeRef& type : types) parts.push_back(sql("FOR TYPE ", type_name(type)));
  return parts.empty() ? Sql() : sql(" TRANSFORM ", join(parts, ", "));
}

Sql text_body(const Ident& language, const std::optional<std::string>& library,
              const std::optional<std::string>& body) {
  const std::string text = body.value_or("");
  if (library) return sql(Literal{*library}, ", ", Literal{text});
  if (language.text == "internal") return sql(Literal{text});
  return sql(dollar_quoted(text));
}

Sql setting_clauses(const std::vector<Setting>& settings) {
  Sql result;
  for (const Setting& setting : settings)
    result.add(sql("\n    SET ", setting_name(setting.name), " = ", setting_value(setting)));
  return result;
}

bool keeps_arguments(const std::vector<Argument>& was, const std::vector<Argument>& now) {
  if (was.size() != now.size()) return false;
  for (std::size_t i = 0; i < was.size(); ++i) {
    if (was[i].mode != now[i].mode || was[i].type != now[i].type) return false;
    const bool named = !was[i].name.empty() || gives_result(was[i]);
    if (named && was[i].name != now[i].name) return false;
    if (was[i].initial && !now[i].initial) return false;
  }
  return true;
}

}  // namespace schemac::postgres
