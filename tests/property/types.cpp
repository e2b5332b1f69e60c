#include "tests/property/types.h"

#include <algorithm>
#include <cassert>

#include "tests/property/names.h"
#include "tests/property/write.h"

namespace schemac::property {

namespace {

constexpr BaseType kTypes[] = {
    {"int", Family::number},
    {"bigint", Family::number},
    {"smallint", Family::number},
    {"numeric", Family::number, Modifier::digits},
    {"real", Family::number},
    {"double precision", Family::number},
    {"text", Family::text},
    {"varchar", Family::text, Modifier::length},
    {"char", Family::text, Modifier::length},
    {"citext", Family::text, Modifier::none, true, true, "citext"},
    {"name", Family::text},
    {"boolean", Family::boolean},
    {"date", Family::day},
    {"time", Family::moment, Modifier::fraction},
    {"timestamp", Family::moment, Modifier::fraction},
    {"timestamptz", Family::moment, Modifier::fraction},
    {"interval", Family::span, Modifier::fraction},
    {"uuid", Family::uuid},
    {"json", Family::json, Modifier::none, false, false},
    {"jsonb", Family::json},
    {"bytea", Family::bytes},
    {"inet", Family::network},
    {"cidr", Family::network},
    {"macaddr", Family::network},
    {"bit", Family::bits, Modifier::length, true, false},
    {"varbit", Family::bits, Modifier::length, true, false},
    {"tsvector", Family::search, Modifier::none, true, false},
    {"int4range", Family::range},
    {"tstzrange", Family::range},
    {"point", Family::geometry, Modifier::none, false, false},
};

const BaseType& kind_of(const Type& type) {
  return kTypes[type.base];
}

// The enum below a domain, however deep, which no operator of enums takes.
Type enum_below(const Model& model, const Type& type) {
  const Domain* d = find(model.domains, type.user);
  return d == nullptr ? type : enum_below(model, d->type);
}

// The text form of a value, without quotes around it.
std::string value_text(const Model& model, const Type& type, int k) {
  if (type.array) return "{}";
  const std::string n = std::to_string(k % 9 + 1);
  if (type.user != 0) {
    if (const Enum* e = find(model.enums, type.user))
      return e->labels[static_cast<std::size_t>(k) % e->labels.size()].name;
    if (const Domain* d = find(model.domains, type.user)) return value_text(model, d->type, k);
    if (find(model.things, type.user) != nullptr) return "empty";
    const Composite* c = find(model.composites, type.user);
    return "(" + std::string(c->attributes.size() - (c->attributes.empty() ? 0 : 1), ',') + ")";
  }
  const std::string_view name = kind_of(type).name;
  switch (kind_of(type).family) {
    case Family::number:
      return type.second > 0 && type.second == type.first ? "0.1" : n;
    case Family::text: {
      const std::string text = (k % 4 == 0 ? "it's " : "v") + n;
      const auto room = type.first > 0   ? static_cast<std::size_t>(type.first)
                        : name == "char" ? std::size_t{1}
                                         : text.size();
      return room < text.size() ? text.substr(text.size() - room) : text;
    }
    case Family::boolean:
      return k % 2 == 0 ? "true" : "false";
    case Family::day:
      return "2020-01-0" + n;
    case Family::moment:
      return name == "time" ? "0" + n + ":30:00"
                            : "2020-01-0" + n + " 10:00:00" + (name == "timestamptz" ? "+00" : "");
    case Family::span:
      return n + " days";
    case Family::uuid:
      return "00000000-0000-0000-0000-00000000000" + n;
    case Family::json:
      return "{\"a\": " + n + "}";
    case Family::bytes:
      return "\\x0" + n;
    case Family::network:
      return name == "macaddr" ? "08:00:2b:01:02:0" + n
             : name == "cidr"  ? "10." + n + ".0.0/16"
                               : "10.0.0." + n;
    case Family::bits: {
      const auto length = static_cast<std::size_t>(type.first > 0 ? type.first : 1);
      return std::string(length, k % 2 == 0 ? '1' : '0');
    }
    case Family::search:
      return "'word" + n + "'";
    case Family::range:
      return name == "int4range" ? "[" + n + ",20)" : "[\"2020-01-0" + n + " 00:00:00+00\",)";
    case Family::geometry:
      return "(" + n + ",1)";
    default:
      assert(false);
      return "";
  }
}

}  // namespace

Type key_type(const Model& model, const Table& table, const PartitionKey& key) {
  if (!key.expression) {
    const auto column = find_column(model, table, key.column);
    return column ? column->type : plain_type("json");
  }
  const auto column = find_column(model, table, key.value.columns.at(0));
  if (!column) return plain_type("json");
  if (const Routine* mapper = find(model.routines, key.value.function)) return mapper->type;
  return computed(model, column->type, "c", key.value.form, key.value.k).type;
}

bool has_places(const Model& model, const Type& type, bool range) {
  if (type.array) return false;
  if (type.user != 0) return !range && find(model.enums, type.user) != nullptr;
  const BaseType& base = kind_of(type);
  switch (base.family) {
    case Family::number:
      return base.name != "real" && base.name != "double precision" &&
             (type.first < 0 || type.first - std::max(type.second, 0) >= 4);
    case Family::text:
      return base.name != "char" && (type.first < 0 || type.first >= 3);
    case Family::day:
    case Family::uuid:
      return true;
    case Family::moment:
      return base.name != "time";
    default:
      return false;
  }
}

std::string place_literal(const Model& model, const Type& type, int place) {
  if (const Enum* e = find(model.enums, type.user))
    return string_literal(e->labels[static_cast<std::size_t>(place)].name);
  const std::string two = (place < 10 ? "0" : "") + std::to_string(place);
  const std::string date = std::to_string(2020 + place / 12) + (place % 12 < 9 ? "-0" : "-") +
                           std::to_string(place % 12 + 1) + "-01";
  switch (kind_of(type).family) {
    case Family::number:
      return std::to_string(place * 10);
    case Family::day:
      return string_literal(date);
    case Family::moment:
      return string_literal(date + " 00:00:00" +
                            (kind_of(type).name == "timestamptz" ? "+00" : ""));
    case Family::uuid:
      return string_literal("000000" + two + "-0000-0000-0000-000000000000");
    default:
      return string_literal("k" + two);
  }
}

std::string as_enum(const Model& model, const Type& type, const std::string& column) {
  const Type below = enum_below(model, type);
  return below.user == type.user ? column : column + "::" + sql_type(model, below);
}

std::span<const BaseType> base_types() {
  return kTypes;
}

int base_type(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kTypes); ++i)
    if (kTypes[i].name == name) return static_cast<int>(i);
  assert(false);
  return 0;
}

Type plain_type(std::string_view name) {
  Type type;
  type.base = base_type(name);
  return type;
}

Family family_of(const Model& model, const Type& type) {
  if (type.array) return Family::array;
  if (type.user == 0) return kind_of(type).family;
  if (find(model.enums, type.user) != nullptr) return Family::enumeration;
  if (const Domain* d = find(model.domains, type.user)) return family_of(model, d->type);
  if (find(model.things, type.user) != nullptr) return Family::range;
  return Family::composite;
}

const BaseType* base_of(const Model& model, const Type& type) {
  if (type.array) return nullptr;
  if (type.user == 0) return &kind_of(type);
  if (const Domain* d = find(model.domains, type.user)) return base_of(model, d->type);
  return nullptr;
}

bool is_ordered(const Model& model, const Type& type) {
  const BaseType* base = base_of(model, type);
  return base != nullptr ? base->ordered : family_of(model, type) == Family::enumeration;
}

bool is_hashed(const Model& model, const Type& type) {
  const BaseType* base = base_of(model, type);
  return base != nullptr ? base->hashed : family_of(model, type) == Family::enumeration;
}

bool is_collatable(const Model& model, const Type& type) {
  if (type.array) {
    Type element = type;
    element.array = false;
    return is_collatable(model, element);
  }
  const BaseType* base = base_of(model, type);
  return base != nullptr && base->family == Family::text;
}

bool is_variable(const Model& model, const Type& type) {
  const BaseType* base = base_of(model, type);
  return base != nullptr && ((base->family == Family::text && base->name != "name") ||
                             base->family == Family::bytes || base->family == Family::json);
}

bool is_text(const Model& model, const Type& type) {
  return family_of(model, type) == Family::text;
}

bool is_integer(const Type& type) {
  return !type.array && type.user == 0 && type.base <= 2;
}

std::string literal(const Model& model, const Type& type, int k, bool bare) {
  const std::string text = value_text(model, type, k);
  if (type.user == 0 && !type.array) {
    if (type.base <= 2 || kind_of(type).family == Family::boolean) return text;
  }
  return bare ? string_literal(text) : string_literal(text) + "::" + sql_type(model, type);
}

std::string condition(const Model& model, const Type& type, const std::string& column, int form,
                      int k) {
  const std::string n = std::to_string(k % 50 + 1);
  const std::string value = literal(model, type, k);
  switch (form % 5) {
    case 0:
      return column + " is not null or " + n + " > 0";
    case 1:
      return "num_nulls(" + column + ") < " + n + " + 1";
    default:
      break;
  }
  const int which = form % 5 - 2;
  switch (family_of(model, type)) {
    case Family::number:
      return which == 0   ? column + " > -10000" + n
             : which == 1 ? column + " between -99000" + n + " and 99000" + n
                          : column + " not in (-77, -" + n + "000)";
    case Family::text:
      return which == 0   ? "length(" + column + ") < 1" + n + "00"
             : which == 1 ? column + "::text !~ '^zz\\d{" + n + "}$'"
                          : column + " not in ('zq', 'it''s z" + n + "')";
    case Family::boolean:
      return which == 0
                 ? "(" + column + " or not " + column + ") is not false"
                 : column + " is null or " + column + " is distinct from (not " + column + ")";
    case Family::day:
    case Family::moment:
      return which == 0 ? column + " is distinct from " + value + " or " + n + " > 0"
                        : "coalesce(" + column + ", " + value + ") is not null";
    case Family::enumeration: {
      const Type below = enum_below(model, type);
      const std::string of = as_enum(model, type, column);
      if (which == 0) return of + " >= " + literal(model, below, 0);
      std::string list;
      for (const Label& label : find(model.enums, below.user)->labels)
        list += (list.empty() ? "" : ", ") + string_literal(label.name);
      return which == 1 ? of + " in (" + list + ")"
                        : of + " = any (array[" + list + "]::" + sql_type(model, below) + "[])";
    }
    case Family::json:
      return which == 0 ? column + "::jsonb ? 'a' or true" : column + "::text <> 'z" + n + "'";
    case Family::array:
      return which == 0 ? "coalesce(cardinality(" + column + "), 0) < 9" + n
                        : column + "::text <> '{z" + n + "}'";
    case Family::range:
      return which == 0
                 ? "not isempty(" + column + ") or " + n + " > 0"
                 : "upper(" + column + ") is null or lower(" + column + ") is not null or true";
    default:
      return which == 0 ? column + "::text <> 'z" + n + "'"
                        : "coalesce(" + column + "::text, '') <> 'y" + n + "'";
  }
}

Computed computed(const Model& model, const Type& type, const std::string& column, int form,
                  int k) {
  const std::string n = std::to_string(k % 9 + 1);
  const Type text = plain_type("text");
  if (form % 4 == 0) return {column + " is null", plain_type("boolean")};
  switch (family_of(model, type)) {
    case Family::number:
      return form % 4 == 1 ? Computed{column + "::numeric + " + n, plain_type("numeric")}
                           : Computed{"abs(" + column + "::numeric) % " + n, plain_type("numeric")};
    case Family::text:
      return form % 4 == 1   ? Computed{"lower(" + column + "::text)", text}
             : form % 4 == 2 ? Computed{column + "::text || '" + n + "'", text}
                             : Computed{"length(" + column + "::text)", plain_type("int")};
    case Family::boolean:
      return {"not " + column, plain_type("boolean")};
    case Family::day:
      return {"extract(year from " + column + ")", plain_type("numeric")};
    case Family::json:
      return {column + " ->> 'a" + n + "'", text};
    case Family::bytes:
      return {"md5(" + column + ")", text};
    case Family::enumeration: {
      const Type below = enum_below(model, type);
      const std::string of = as_enum(model, type, column);
      return {of + " = " + literal(model, below, k), plain_type("boolean")};
    }
    case Family::search:
      return {"strip(" + column + ")", plain_type("tsvector")};
    case Family::range:
      return {"isempty(" + column + ")", plain_type("boolean")};
    case Family::network:
      return {column + "::text", text};
    default:
      return {column + " is not null", plain_type("boolean")};
  }
}

}  // namespace schemac::property
