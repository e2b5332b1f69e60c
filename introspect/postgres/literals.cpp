#include "introspect/postgres/literals.h"

#include <algorithm>
#include <charconv>

#include "compiler/parse/type_parser.h"

namespace schemac::postgres {
namespace {

// Bytes of the string literal that `text` starts with; 0 where it starts with none.
std::size_t literal_length(std::string_view text) {
  if (!text.starts_with('\'')) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '\'') continue;
    if (i + 1 == text.size() || text[i + 1] != '\'') return i + 1;
    ++i;
  }
  return 0;
}

// The type that SQL gives to a number as it is written; "" where it is none.
std::string_view type_of_number(std::string_view number) {
  const std::string_view digits = number.substr(number.starts_with('-') ? 1 : 0);
  const bool fraction = std::count(digits.begin(), digits.end(), '.') == 1;
  if (digits.empty() || !std::isdigit(static_cast<unsigned char>(digits.front())) ||
      digits.find_first_not_of("0123456789.") != digits.npos || digits.ends_with('.'))
    return {};
  if (fraction) return "numeric";
  std::int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc()) return digits.find('.') == digits.npos ? "numeric" : "";
  return value <= INT32_MAX ? "integer" : "bigint";
}

// What the text of such a literal names is found when it is read, and depends on the object.
bool names_object(const TypeRef& type) {
  return type.name.schema.empty() && type.name.name.text.starts_with("reg");
}

}  // namespace

std::string bare_literal(const std::string& text, const TypeRef& type) {
  const std::size_t length = literal_length(text);
  const std::string_view rest = std::string_view(text).substr(length);
  if (length == 0 || !rest.starts_with("::")) return text;
  const auto cast = parse_type(rest.substr(2));
  if (!cast || cast->length != rest.size() - 2) return text;
  const std::string_view inside = std::string_view(text).substr(1, length - 2);
  if (cast->type.dimensions == 0 && cast->type.name.schema.empty() &&
      cast->type.name.name.text == type_of_number(inside))
    return std::string(inside);
  // A literal becomes an interval with the column's fields, and any other type without modifiers.
  const bool same = cast->type.name == type.name &&
                    (cast->type.dimensions == 0) == (type.dimensions == 0) &&
                    (type.name.name.text != "interval" || cast->type.modifiers == type.modifiers);
  return same && !names_object(type) ? text.substr(0, length) : text;
}

void write_literals_bare(Catalog& catalog) {
  const KindInfo* kind = find_kind("default");
  const FieldIndex expression = field_index(*kind, "expression");
  for (Object& object : catalog.objects()) {
    if (&object.kind() != kind) continue;
    const Object* column = catalog.find(object.parent);
    const TypeRef* type = column == nullptr ? nullptr : column->value("type").type();
    const SqlText* text = object.values[expression].sql();
    if (type == nullptr || text == nullptr) continue;
    SqlText bare = *text;
    bare.written = bare_literal(bare.written, *type);
    if (bare.written != text->written) object.values.set(expression, std::move(bare));
  }
}

}  // namespace schemac::postgres
