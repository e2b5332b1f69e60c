#include "introspect/postgres/names.h"

#include <array>
#include <string_view>

namespace schemac::postgres {
namespace {

// Types whose names the SQL standard spells otherwise than pg_type does.
struct Spelling {
  std::string_view internal, standard;
};
constexpr Spelling kSpellings[] = {
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"bool", "boolean"},
    {"varchar", "character varying"},
    {"varbit", "bit varying"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"time", "time without time zone"},
    {"timetz", "time with time zone"},
};

// Numbers of built-in types are fixed for ever.
constexpr Oid kBpchar = 1042, kVarchar = 1043, kTime = 1083, kTimestamp = 1114, kTimestamptz = 1184,
              kInterval = 1186, kTimetz = 1266, kBit = 1560, kVarbit = 1562, kNumeric = 1700;
// Pseudo-types that an operator class may be declared for.
constexpr Oid kAnyarray = 2277, kAnyenum = 3500, kAnyrange = 3831, kAnymultirange = 4537,
              kRecord = 2249;

std::uint64_t pair_key(std::uint32_t first, std::uint32_t second) {
  return std::uint64_t{first} << 32 | second;
}

// Fields and precision of an interval: bits of the upper half say which fields it keeps.
std::vector<std::string> interval_modifiers(int modifier) {
  constexpr int kYear = 1 << 2, kMonth = 1 << 1, kDay = 1 << 3, kHour = 1 << 10, kMinute = 1 << 11,
                kSecond = 1 << 12;
  struct Range {
    int bits;
    std::string_view words;
  };
  constexpr Range kRanges[] = {
      {kYear, "year"},
      {kMonth, "month"},
      {kYear | kMonth, "year to month"},
      {kDay, "day"},
      {kHour, "hour"},
      {kMinute, "minute"},
      {kSecond, "second"},
      {kDay | kHour, "day to hour"},
      {kDay | kHour | kMinute, "day to minute"},
      {kDay | kHour | kMinute | kSecond, "day to second"},
      {kHour | kMinute, "hour to minute"},
      {kHour | kMinute | kSecond, "hour to second"},
      {kMinute | kSecond, "minute to second"},
  };
  std::vector<std::string> result;
  for (const Range& range : kRanges)
    if ((modifier >> 16 & 0x7fff) == range.bits) result.emplace_back(range.words);
  if ((modifier & 0xffff) != 0xffff) result.push_back(std::to_string(modifier & 0xffff));
  return result;
}

Oid oid_of(const pqxx::field& field) {
  return static_cast<Oid>(std::strtoul(field.c_str(), nullptr, 10));
}

}  // namespace

QName qualified(std::string_view schema, std::string_view name) {
  return {schema == "pg_catalog" ? Ident() : Ident(std::string(schema)), Ident(std::string(name))};
}

void Names::read_types(const pqxx::result& rows) {
  for (const auto& row : rows) {
    const Oid id = oid_of(row[0]);
    Type type{row[1].c_str(),    row[2].c_str(),           oid_of(row[3]), row[4].c_str()[0],
              row[5].c_str()[0], row[6].c_str()[0] == 't', oid_of(row[7])};
    if (type.array != 0) element_of_[type.array] = id;
    types_.emplace(id, std::move(type));
  }
}

void Names::read_modifiers(const pqxx::result& rows) {
  for (const auto& row : rows) {
    std::string text = row[2].c_str();
    std::vector<std::string> list;
    if (text.size() > 2 && text.front() == '(') {
      text = text.substr(1, text.find(')') - 1);
      for (std::size_t from = 0, comma; from <= text.size(); from = comma + 1) {
        comma = std::min(text.find(',', from), text.size());
        list.push_back(text.substr(from, comma - from));
      }
    }
    custom_modifiers_[{oid_of(row[0]), row[1].as<int>()}] = std::move(list);
  }
}

void Names::read_operator_classes(const pqxx::result& rows) {
  for (const auto& row : rows) {
    OperatorClass entry{oid_of(row[1]), qualified(row[2].c_str(), row[3].c_str()), oid_of(row[4]),
                        row[5].c_str()[0] == 't', row[6].c_str()[0] == 't'};
    if (entry.is_default) defaults_of_method_[entry.method].push_back(oid_of(row[0]));
    operator_classes_.emplace(oid_of(row[0]), std::move(entry));
  }
}

void Names::read_coercions(const pqxx::result& rows) {
  for (const auto& row : rows) coercions_[pair_key(oid_of(row[0]), oid_of(row[1]))] = true;
}

void Names::read_collations(const pqxx::result& rows) {
  for (const auto& row : rows)
    collations_.emplace(oid_of(row[0]), qualified(row[1].c_str(), row[2].c_str()));
}

void Names::read_view_attributes(const pqxx::result& rows) {
  for (const auto& row : rows)
    add_attribute(oid_of(row[0]), row[1].as<int>(),
                  {row[2].c_str(), oid_of(row[3]), oid_of(row[4])});
}

void Names::add_attribute(Oid relation, int number, AttributeName name) {
  attributes_.emplace(pair_key(relation, static_cast<std::uint32_t>(number)), std::move(name));
}

const QName* Names::relation(Oid id) const {
  const auto at = relations_.find(id);
  return at == relations_.end() ? nullptr : &at->second;
}

const AttributeName* Names::attribute(Oid relation, int number) const {
  const auto at = attributes_.find(pair_key(relation, static_cast<std::uint32_t>(number)));
  return at == attributes_.end() ? nullptr : &at->second;
}

const Value& Names::type(Oid id, int modifier) const {
  Value& value = type_values_[pair_key(id, static_cast<std::uint32_t>(modifier))];
  if (value.absent()) value = make_type(id, modifier, false);
  return value;
}

const Value& Names::argument_type(Oid id) const {
  Value& value = argument_values_[id];
  if (value.absent()) value = make_type(id, -1, true);
  return value;
}

TypeRef Names::make_type(Oid id, int modifier, bool argument) const {
  TypeRef result;
  Oid element = id;
  if (const auto at = element_of_.find(id); at != element_of_.end()) {
    element = at->second;
    result.dimensions = 1;
  }
  const Type& type = types_.at(element);
  result.name = qualified(type.schema, type.name);
  if (result.name.schema.empty()) {
    std::string& name = result.name.name.text;
    for (const Spelling& spelling : kSpellings)
      if (name == spelling.internal) {
        name = spelling.standard;
        break;
      }
    if (element == kBpchar && (modifier >= 0 || argument)) name = "character";
  }
  if (modifier >= 0) result.modifiers = modifiers(element, id, modifier);
  return result;
}

std::vector<std::string> Names::modifiers(Oid element, Oid type, int modifier) const {
  switch (element) {
    case kBpchar:
    case kVarchar:
      return {std::to_string(modifier - 4)};
    case kBit:
    case kVarbit:
    case kTime:
    case kTimetz:
    case kTimestamp:
    case kTimestamptz:
      return {std::to_string(modifier)};
    case kInterval:
      return interval_modifiers(modifier);
    case kNumeric: {
      const int packed = modifier - 4;
      // Scales may be negative since 15, and take fewer bits.
      const int scale = server_version_ >= 15 ? ((packed & 0x7ff) ^ 1024) - 1024 : packed & 0xffff;
      return {std::to_string(packed >> 16 & 0xffff), std::to_string(scale)};
    }
    default: {
      const auto at = custom_modifiers_.find({type, modifier});
      return at == custom_modifiers_.end() ? std::vector<std::string>() : at->second;
    }
  }
}

// Whether a value of `type` can be handed over as `other` without conversion.
bool Names::stands_for(Oid type, Oid other) const {
  if (type == other) return true;
  const bool is_array = element_of_.count(type) > 0;
  if (other == kAnyarray) return is_array;
  const auto at = types_.find(type);
  const char kind = at == types_.end() ? 'b' : at->second.kind;
  if (other == kAnyenum) return kind == 'e';
  if (other == kAnyrange) return kind == 'r';
  if (other == kAnymultirange) return kind == 'm';
  if (other == kRecord) return kind == 'c';
  return coercions_.count(pair_key(type, other)) > 0;
}

// The server's own rule: the default class for the type itself, else for a type that it can stand
// for, preferred ones first, and only where there is no choice. 0 where there is none.
Oid Names::default_class(Oid method, Oid type) const {
  for (auto at = types_.find(type); at != types_.end() && at->second.kind == 'd';
       at = types_.find(type))
    type = at->second.base;
  const auto type_at = types_.find(type);
  const char category = type_at == types_.end() ? 'A' : type_at->second.category;
  std::array<int, 3> counts{};  // exact, preferred, other
  std::array<Oid, 3> found{};
  for (Oid candidate : defaults_of_method_.at(method)) {
    const OperatorClass& entry = operator_classes_.at(candidate);
    if (!stands_for(type, entry.type)) continue;
    const auto input = types_.find(entry.type);
    const bool preferred =
        input != types_.end() && input->second.preferred && input->second.category == category;
    const std::size_t rank = entry.type == type ? 0 : preferred ? 1 : 2;
    ++counts[rank];
    found[rank] = candidate;
  }
  for (std::size_t rank = 0; rank < counts.size(); ++rank)
    if (counts[rank] == 1) return found[rank];
  return 0;
}

bool Names::is_default_class(Oid operator_class, Oid type, bool stored) const {
  const OperatorClass& entry = operator_classes_.at(operator_class);
  if (!entry.is_default) return false;
  // What the index stores says nothing then of what it is made from.
  if (stored && entry.stores_another) return true;
  const auto [at, fresh] = default_classes_.try_emplace(pair_key(entry.method, type), 0);
  if (fresh) at->second = default_class(entry.method, type);
  return at->second == operator_class;
}

}  // namespace schemac::postgres
