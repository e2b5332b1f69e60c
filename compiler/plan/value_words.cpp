#include "compiler/plan/value_words.h"

#include "compiler/ir/type.h"

namespace schemac {

std::string shown(const Value& value, const FieldInfo& field) {
  constexpr std::size_t kShownBytesMax = 40;
  std::string text;
  if (value.absent()) {
    text = field.shape == Shape::flag ? "false" : std::string(field.absent);
    if (text.empty()) text = "none";
  } else if (const bool* flag = std::get_if<bool>(&value)) {
    text = *flag ? "true" : "false";
  } else if (const auto* number = value.integer()) {
    text = std::to_string(*number);
  } else if (const Ident* name = value.ident()) {
    text = name->text;
  } else if (const TypeRef* type = value.type()) {
    text = to_string(*type);
  } else if (const std::string* word = value.text();
             word != nullptr && field.shape != Shape::body) {
    text = *word;
  } else if (const SqlText* sql = value.sql()) {
    text = sql->written;
  }
  const bool one_line = text.find('\n') == std::string::npos && text.size() <= kShownBytesMax;
  return one_line ? text : std::string();
}

}  // namespace schemac
