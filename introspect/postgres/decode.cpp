#include "introspect/postgres/decode.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "compiler/ir/type.h"
#include "compiler/names/secrets.h"
#include "introspect/postgres/array.h"

namespace schemac::postgres {
namespace {

bool is_list(const FieldInfo& field) {
  return field.listing != Listing::one && field.listing != Listing::group;
}

std::int64_t to_number(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The same field as one item of its list.
FieldInfo item_of(const FieldInfo& field) {
  FieldInfo item = field;
  item.listing = Listing::one;
  return item;
}

Value setting(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  const std::string_view value = text.substr(std::min(equals + 1, text.size()));
  return List{Value(std::string(text.substr(0, equals))),
              value.empty() ? Value() : Value(std::string(value))};
}

Value list_or_absent(List list) {
  return list.empty() ? Value() : Value(std::move(list));
}

bool all_absent(const List& values) {
  for (const Value& value : values)
    if (!value.absent()) return false;
  return true;
}

}  // namespace

std::optional<std::string_view> Row::cell(int column) const {
  if (column < 0) return std::nullopt;
  const pqxx::field field = row_[static_cast<pqxx::row::size_type>(column)];
  if (field.is_null()) return std::nullopt;
  return std::string_view(field.c_str(), field.size());
}

std::int64_t Row::number(int column, std::int64_t otherwise) const {
  const auto text = cell(column);
  return text ? to_number(*text) : otherwise;
}

int find_column(const pqxx::result& rows, const std::string& name) {
  for (pqxx::row::size_type i = 0; i < rows.columns(); ++i)
    if (name == rows.column_name(i)) return static_cast<int>(i);
  return -1;
}

Decoder::Decoder(const KindInfo& kind, const pqxx::result& rows, const Names& names,
                 int server_version)
    : kind_(kind), names_(names), server_version_(server_version) {
  key_columns_ = {find_column(rows, "key_count"),          find_column(rows, "key_columns"),
                  find_column(rows, "key_classes"),        find_column(rows, "key_collations"),
                  find_column(rows, "key_options"),        find_column(rows, "key_expressions"),
                  find_column(rows, "key_types"),          find_column(rows, "key_definition"),
                  find_column(rows, "key_parameters"),     find_column(rows, "key_statistics"),
                  find_column(rows, "key_expression_list")};
  for (const FieldInfo& field : kind.fields) {
    sources_.push_back(find_source(field, "", rows));
    alone_ = alone_ && !needs_relation(field) && !has_keys(sources_.back());
    if (sources_.back().known() || field.role == Role::intent || field.since > server_version)
      continue;
    std::fprintf(stderr, "schemac: the query of kind `%.*s` has no column `%.*s`: a bug\n",
                 static_cast<int>(kind.name.size()), kind.name.data(),
                 static_cast<int>(field.name.size()), field.name.data());
    std::abort();
  }
}

Decoder::Source Decoder::find_source(const FieldInfo& field, const std::string& prefix,
                                     const pqxx::result& rows) const {
  const std::string name = prefix + std::string(field.name);
  Source source{&field, find_column(rows, name), false, {}};
  if (source.column >= 0 || field.shape != Shape::record) return source;
  // What has an operator class is a key of an index.
  for (const FieldInfo& part : field.record) source.keys |= part.name == "opclass";
  source.keys = source.keys && key_columns_.columns >= 0;
  if (source.keys) return source;
  bool any = false;
  for (const FieldInfo& part : field.record) {
    source.parts.push_back(find_source(part, name + ".", rows));
    any = any || source.parts.back().known();
  }
  if (!any) source.parts.clear();
  return source;
}

// Whether a field names columns by numbers that mean something in one relation alone.
bool Decoder::needs_relation(const FieldInfo& field) {
  return field.refers == Refers::column || field.refers == Refers::ref_column ||
         std::any_of(field.record.begin(), field.record.end(), needs_relation);
}

bool Decoder::has_keys(const Source& source) {
  return source.keys || std::any_of(source.parts.begin(), source.parts.end(), has_keys);
}

Values Decoder::values(const Row& row) {
  if (!alone_) return decode(row);
  cells_.clear();
  for (const Source& source : sources_) add_cells(source, row, cells_);
  if (const auto seen = seen_.find(cells_); seen != seen_.end()) return seen->second;
  Values values = decode(row);
  if (!row.unresolved && !row.secret) seen_.emplace(cells_, values);
  return values;
}

// Each with its length, so that no two rows look alike that are not.
void Decoder::add_cells(const Source& source, const Row& row, std::string& cells) const {
  for (const Source& part : source.parts) add_cells(part, row, cells);
  if (source.column < 0) return;
  const auto text = row.cell(source.column);
  const auto length = text ? static_cast<std::uint32_t>(text->size()) : ~std::uint32_t{0};
  cells.append(reinterpret_cast<const char*>(&length), sizeof length);
  if (text) cells.append(*text);
}

Values Decoder::decode(const Row& row) const {
  std::vector<Value> values;
  values.reserve(sources_.size());
  for (const Source& source : sources_) values.push_back(value(source, row));
  return values;
}

Value Decoder::value(const Source& source, const Row& row) const {
  if (source.keys) return list_or_absent(index_keys(*source.field, row));
  if (!source.parts.empty()) {
    if (is_list(*source.field)) return record_list(source, row);
    List record;
    for (const Source& part : source.parts) record.push_back(value(part, row));
    return all_absent(record) ? Value() : Value(std::move(record));
  }
  const auto text = row.cell(source.column);
  return text ? cell_value(*source.field, *text, row) : Value();
}

// A list of records of which every part is a list of its own.
Value Decoder::record_list(const Source& source, const Row& row) const {
  List records;
  for (std::size_t p = 0; p < source.parts.size(); ++p) {
    const Source& part = source.parts[p];
    List items;
    if (part.keys) {
      items = index_keys(*part.field, row);
    } else if (const auto text = row.cell(part.column)) {
      for (const Element& element : parse_array(*text)) {
        if (element.items.size() == 2)
          items.push_back(qualified(element.items[0].text, element.items[1].text));
        else
          items.push_back(element.null ? Value() : scalar(*part.field, element.text, row));
      }
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i == records.size()) records.push_back(List(source.parts.size()));
      List record = *records[i].list();
      record[p] = items[i];
      records[i] = std::move(record);
    }
  }
  return list_or_absent(std::move(records));
}

Value Decoder::cell_value(const FieldInfo& field, std::string_view text, const Row& row) const {
  if (field.shape == Shape::record) return json_value(field, nlohmann::json::parse(text), row);
  const bool name = field.shape == Shape::qname || field.shape == Shape::operation;
  if (name && !is_list(field)) {
    if (field.refers == Refers::relation && text[0] != '{') return scalar(field, text, row);
    auto parts = parse_array(text);
    if (parts.size() == 1) parts = parts[0].items;
    return qualified(parts[0].text, parts[1].text);
  }
  if (!is_list(field) && field.shape != Shape::path) return scalar(field, text, row);
  List list;
  if (field.refers == Refers::column || field.refers == Refers::ref_column) {
    for (std::int64_t number : parse_numbers(text))
      list.push_back(column_name(field, std::to_string(number), row));
    return list_or_absent(std::move(list));
  }
  for (const Element& element : parse_array(text)) {
    if (field.shape == Shape::setting)
      add_setting(field, element.text, row, list);
    else if (field.shape == Shape::qname && element.items.size() == 2)
      list.push_back(qualified(element.items[0].text, element.items[1].text));
    else if (field.shape == Shape::path)
      list.push_back(Ident(element.text));
    else if (field.shape == Shape::text)
      list.push_back(element.text);
    else
      list.push_back(scalar(field, element.text, row));
  }
  return list_or_absent(std::move(list));
}

void Decoder::add_setting(const FieldInfo& field, std::string_view text, const Row& row,
                          List& list) const {
  if (field.no_secrets && looks_secret(text.substr(0, text.find('='))))
    row.secret = true;
  else
    list.push_back(setting(text));
}

Value Decoder::json_value(const FieldInfo& field, const nlohmann::json& json,
                          const Row& row) const {
  if (json.is_null()) return {};
  if (is_list(field)) {
    const FieldInfo item = item_of(field);
    List list;
    for (const nlohmann::json& element : json) list.push_back(json_value(item, element, row));
    return list_or_absent(std::move(list));
  }
  if (field.shape == Shape::record) return json_record(field, json, row);
  if (json.is_array())
    return qualified(json[0].get_ref<const std::string&>(), json[1].get_ref<const std::string&>());
  if (json.is_string() && field.shape == Shape::ident)
    return Ident(json.get_ref<const std::string&>());
  if (json.is_string()) return scalar(field, json.get_ref<const std::string&>(), row);
  if (json.is_boolean()) return scalar(field, json.get<bool>() ? "t" : "f", row);
  return scalar(field, json.dump(), row);
}

Value Decoder::json_record(const FieldInfo& field, const nlohmann::json& json,
                           const Row& row) const {
  List record;
  for (const FieldInfo& part : field.record) {
    const auto at = json.find(part.name);
    Value value = at == json.end() ? Value() : json_value(part, *at, row);
    // A record inside a record that says nothing is absent itself.
    if (part.shape == Shape::record && !is_list(part) && !value.absent() &&
        all_absent(*value.list()))
      value = Value();
    record.push_back(std::move(value));
  }
  return record;
}

Value Decoder::sql_text(std::string_view text) const {
  return SqlText{std::string(text), std::string(text), server_version_};
}

Value Decoder::scalar(const FieldInfo& field, std::string_view text, const Row& row) const {
  if (field.shape == Shape::type) return type_value(field, text);
  if (!field.absent.empty() && text == field.absent) return {};
  switch (field.shape) {
    case Shape::flag:
      return text == "t" ? Value(true) : Value();
    case Shape::integer:
      return to_number(text);
    case Shape::ident:
      if (field.refers == Refers::column || field.refers == Refers::ref_column)
        return column_name(field, text, row);
      return Ident(std::string(text));
    case Shape::qname:
    case Shape::operation: {
      const QName* name = names_.relation(static_cast<Oid>(to_number(text)));
      if (name != nullptr) return *name;
      row.unresolved = true;
      return {};
    }
    case Shape::expr:
    case Shape::value:
    case Shape::key:
    case Shape::query:
    case Shape::statements:
      return sql_text(text);
    case Shape::text:
      return text.empty() && !field.optional ? Value() : Value(std::string(text));
    default:
      return std::string(text);
  }
}

Value Decoder::type_value(const FieldInfo& field, std::string_view text) const {
  const std::size_t blank = text.find(' ');
  const Oid id = static_cast<Oid>(to_number(text));
  const Value& value = blank == std::string_view::npos
                           ? names_.argument_type(id)
                           : names_.type(id, static_cast<int>(to_number(text.substr(blank + 1))));
  return to_string(*value.type()) == field.absent ? Value() : value;
}

Value Decoder::column_name(const FieldInfo& field, std::string_view number, const Row& row) const {
  const Oid relation = field.refers == Refers::column ? row.relation : row.ref_relation;
  const AttributeName* name = names_.attribute(relation, static_cast<int>(to_number(number)));
  if (name != nullptr) return Ident(name->name);
  row.unresolved = true;
  return {};
}

}  // namespace schemac::postgres
