#include "tests/property/write_parts.h"

#include "tests/property/names.h"
#include "tests/property/types.h"
#include "tests/property/write.h"

namespace schemac::property {

std::string doc(const std::string& comment, const std::string& indent) {
  if (comment.empty()) return "";
  std::string text = indent + "/// ";
  for (const char c : comment) text += c == '\n' ? "\n" + indent + "/// " : std::string(1, c);
  return text + "\n";
}

std::string was(const Entity& entity) {
  return entity.was.empty() ? "" : " was " + quoted(entity.was);
}

std::string naming(const Entity& entity) {
  return (entity.name.empty() ? "" : " " + quoted(entity.name)) + was(entity);
}

std::string collate(const std::string& collation) {
  return collation.empty() ? "" : " collate \"" + collation + "\"";
}

std::string with(const Options& options, const char* lead) {
  std::string text;
  for (const auto& [name, value] : options)
    text += (text.empty() ? "" : ", ") + name + " = " + value;
  return text.empty() ? "" : lead + ("with (" + text + ")");
}

std::string counting(const Counting& counting) {
  std::string text;
  const auto add = [&](const char* word, const std::optional<int>& value) {
    if (value) text += std::string(word) + " " + std::to_string(*value) + " ";
  };
  add("start", counting.start);
  add("increment", counting.increment);
  add("minvalue", counting.minvalue);
  add("maxvalue", counting.maxvalue);
  add("cache", counting.cache);
  if (counting.cycle) text += "cycle ";
  if (!text.empty()) text.pop_back();
  return text;
}

std::string default_literal(const Model& model, const Type& type, int k) {
  if (k % 2 == 0) return literal(model, type, k, true);
  return "(" + literal(model, type, k) + ")";
}

std::string column_list(const Model& model, const std::vector<Id>& columns, Id relation) {
  std::string text;
  for (const Id id : columns)
    text += (text.empty() ? "" : ", ") + quoted(column_of(model, relation, id)->name);
  return text;
}

}  // namespace schemac::property
