// Keys of indexes: the vectors of pg_index, read without asking the server for its text.

#include <nlohmann/json.hpp>

#include "compiler/sqltext/sqltext.h"
#include "introspect/postgres/array.h"
#include "introspect/postgres/decode.h"

namespace schemac::postgres {
namespace {

// Bits of pg_index.indoption.
constexpr std::int64_t kDescending = 1, kNullsFirst = 2;

// A record's values, set by the names of its fields.
class Record {
 public:
  explicit Record(std::span<const FieldInfo> fields) : fields_(fields), values_(fields.size()) {}
  void set(std::string_view name, Value value) {
    for (std::size_t i = 0; i < fields_.size(); ++i)
      if (fields_[i].name == name) values_[i] = std::move(value);
  }
  List take() { return std::move(values_); }

 private:
  std::span<const FieldInfo> fields_;
  List values_;
};

// Whether the definition of an index names `collation` behind an expression.
bool names_collation(std::string_view definition, const std::string& expression,
                     const QName& collation) {
  const std::string& name = collation.name.text;
  for (const std::string& key : {expression, "(" + expression + ")"})
    for (const std::string& spelled : {name, '"' + name + '"'}) {
      // A name outside pg_catalog has its schema before it; no expression holds this sequence.
      const std::string schema = collation.schema.text;
      const std::string prefix = key + " COLLATE ";
      if (definition.find(prefix + spelled) != std::string_view::npos) return true;
      if (!schema.empty() &&
          (definition.find(prefix + schema + '.' + spelled) != std::string_view::npos ||
           definition.find(prefix + '"' + schema + "\"." + spelled) != std::string_view::npos))
        return true;
    }
  return false;
}

}  // namespace

List Decoder::index_keys(const FieldInfo& field, const Row& row) const {
  const auto numbers = [&](int column) { return parse_numbers(row.cell(column).value_or("")); };
  const auto columns = numbers(key_columns_.columns), classes = numbers(key_columns_.classes),
             collations = numbers(key_columns_.collations), options = numbers(key_columns_.options),
             types = numbers(key_columns_.types);
  std::vector<std::string> expressions;
  for (const Element& element : parse_array(row.cell(key_columns_.expressions).value_or("")))
    expressions.push_back(element.text);
  if (const auto list = row.cell(key_columns_.expression_list)) expressions = list_items(*list);
  const std::string_view definition = row.cell(key_columns_.definition).value_or("");
  nlohmann::json parameters;
  if (const auto text = row.cell(key_columns_.parameters))
    parameters = nlohmann::json::parse(*text);
  nlohmann::json statistics;
  if (const auto text = row.cell(key_columns_.statistics))
    statistics = nlohmann::json::parse(*text);

  const auto count = static_cast<std::size_t>(row.number(key_columns_.count));
  List keys;
  std::size_t next_expression = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Record key(field.record);
    const auto collation = static_cast<Oid>(collations[i]);
    Oid type = 0;
    bool own_collation = false;
    if (columns[i] == 0) {
      const std::string& text = expressions.at(next_expression++);
      key.set("expression", sql_text(text));
      type = static_cast<Oid>(types[i]);
      own_collation = !definition.empty() && collation != 0 &&
                      names_collation(definition, text, names_.collation(collation));
    } else if (const auto* column = names_.attribute(row.relation, static_cast<int>(columns[i]))) {
      key.set("column", Ident(column->name));
      type = column->type;
      own_collation = collation != 0 && collation != column->collation;
    } else {
      row.unresolved = true;
    }
    if (own_collation) key.set("collation", names_.collation(collation));
    const auto operator_class = static_cast<Oid>(classes[i]);
    List settings;
    if (const auto at = parameters.find(std::to_string(i + 1)); at != parameters.end())
      for (const nlohmann::json& option : *at) {
        const std::string& text = option.get_ref<const std::string&>();
        const std::size_t equals = text.find('=');
        if (text.rfind("pg_attver=", 0) == 0) continue;
        settings.push_back(List{text.substr(0, equals), text.substr(equals + 1)});
      }
    if (!settings.empty() || !names_.is_default_class(operator_class, type, columns[i] == 0))
      key.set("opclass", names_.operator_class(operator_class));
    if (!settings.empty()) key.set("opclass_options", std::move(settings));
    const bool descending = (options[i] & kDescending) != 0;
    const bool nulls_first = (options[i] & kNullsFirst) != 0;
    if (descending) key.set("descending", true);
    if (descending != nulls_first)
      key.set("nulls", std::string(nulls_first ? "nulls first" : "nulls last"));
    if (const auto at = statistics.find(std::to_string(i + 1)); at != statistics.end())
      key.set("statistics", at->get<std::int64_t>());
    keys.push_back(key.take());
  }
  return keys;
}

}  // namespace schemac::postgres
