#include "compiler/names/auto_name.h"

#include <algorithm>
#include <set>

#include "compiler/names/vocabulary.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac {
namespace {

constexpr std::size_t kNameBytesMax = 63;

// The name by which a key takes part: of its column, or derived from its expression.
std::string key_name(const Value& value, TextCache& cache) {
  if (const Ident* column = value.ident()) return column->text;
  if (const SqlText* expression = value.sql()) {
    const std::string& name = cache.facts(expression->written, TextForm::expression).derived;
    return name.empty() ? "expr" : name;
  }
  if (const List* record = value.list())
    for (const Value& part : *record)
      if (!part.absent()) return key_name(part, cache);
  return {};
}

// The column that an expression is about, where it is about exactly one.
std::string only_column(const SqlText& text, const HasColumn& has_column, TextCache& cache) {
  std::string found;
  for (const ColumnName& column : cache.facts(text.written, TextForm::expression).names.columns) {
    if (!has_column(column.name.text) || column.name.text == found) continue;
    if (!found.empty()) return {};
    found = column.name.text;
  }
  return found;
}

std::size_t cut_at_character(std::string_view text, std::size_t length) {
  while (length > 0 && length < text.size() &&
         (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
    --length;
  return std::min(length, text.size());
}

const Value* field_value(const KindInfo& kind, const FieldValues& values, std::string_view field) {
  return field.empty() ? nullptr : &values[field_index(kind, field)];
}

std::optional<ObjectId> child_column(const ObjectId& parent, std::string_view name) {
  const KindInfo* kind = members_of(&parent.kind()).anonymous;
  if (kind == nullptr) return std::nullopt;
  return ObjectId::from_key(*kind, parent.key() + '\0' + std::string(name));
}

}  // namespace

NameParts name_parts(const KindInfo& kind, const FieldValues& values, std::string_view parent,
                     const HasColumn& has_column, TextCache& cache) {
  NameParts parts{std::string(parent), {}, kind.auto_name.suffix};
  const Value* columns = field_value(kind, values, kind.auto_name.columns_field);
  if (columns != nullptr && columns->sql() != nullptr) {
    parts.second = only_column(*columns->sql(), has_column, cache);
    return parts;
  }
  std::set<std::string> used;
  for (const Value* list : {columns, field_value(kind, values, kind.auto_name.include_field)}) {
    if (list == nullptr || list->list() == nullptr) continue;
    for (const Value& key : *list->list()) {
      const std::string base = key_name(key, cache);
      std::string name = base;
      for (int number = 1; !used.insert(name).second; ++number)
        name =
            base.substr(0, cut_at_character(base, kNameBytesMax - std::to_string(number).size())) +
            std::to_string(number);
      parts.second += (parts.second.empty() ? "" : "_") + name;
    }
  }
  return parts;
}

std::string make_name(const NameParts& parts, int number) {
  std::string label(parts.label);
  if (number > 0) label += std::to_string(number);
  const std::size_t overhead = label.size() + 1 + (parts.second.empty() ? 0 : 1);
  std::size_t first = parts.first.size();
  std::size_t second = parts.second.size();
  while (first + second > kNameBytesMax - overhead) --(first > second ? first : second);
  std::string name = parts.first.substr(0, cut_at_character(parts.first, first));
  if (!parts.second.empty())
    name += "_" + parts.second.substr(0, cut_at_character(parts.second, second));
  return name + "_" + label;
}

std::string choose_name(const NameParts& parts,
                        const std::function<bool(const std::string&)>& taken) {
  for (int number = 0;; ++number) {
    std::string name = make_name(parts, number);
    if (!taken(name)) return name;
  }
}

NameParts name_parts(const Object& object, const Catalog& catalog, TextCache& cache) {
  const auto has_column = [&](std::string_view name) {
    const auto id = child_column(object.parent, name);
    return id && catalog.contains(*id);
  };
  return name_parts(object.kind(), object.values, object.parent.name(), has_column, cache);
}

}  // namespace schemac
