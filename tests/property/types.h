#pragma once
// The types that the generator uses: what can be done with each, and how values and conditions over
// them are written.

#include <span>
#include <string>
#include <string_view>

#include "tests/property/model.h"

namespace schemac::property {

enum class Family {
  number,
  text,
  boolean,
  day,
  moment,
  span,
  uuid,
  json,
  bytes,
  network,
  bits,
  search,
  range,
  geometry,
  enumeration,
  composite,
  array,
};

enum class Modifier { none, length, digits, fraction };

struct BaseType {
  std::string_view name;  // as the schema language and SQL both take it
  Family family;
  Modifier modifier = Modifier::none;
  bool ordered = true;  // has a btree operator class
  bool hashed = true;
  std::string_view extension = "";  // that brings it
};

std::span<const BaseType> base_types();
int base_type(std::string_view name);
Type plain_type(std::string_view name);

// The family behind domains; arrays are one of their own.
Family family_of(const Model& model, const Type& type);
// The base type behind domains, or nullptr for enums, composite types and arrays.
const BaseType* base_of(const Model& model, const Type& type);
bool is_ordered(const Model& model, const Type& type);
bool is_hashed(const Model& model, const Type& type);
bool is_collatable(const Model& model, const Type& type);
bool is_variable(const Model& model, const Type& type);  // stored with a length in front
bool is_text(const Model& model, const Type& type);      // text itself or what acts as it
bool is_integer(const Type& type);

// A constant of the type as SQL, for instance `'v3'::shop.code`; `bare` leaves the cast out where
// the place itself says the type.
std::string literal(const Model& model, const Type& type, int k, bool bare = false);

// What a partition key compares.
Type key_type(const Model& model, const Table& table, const PartitionKey& key);
// Whether partitions by range, or else by list, can be told by values of the type.
bool has_places(const Model& model, const Type& type, bool range);
// The value at a place on a line of values of the type, as bounds say it.
std::string place_literal(const Model& model, const Type& type, int place);

// `column` of a domain as the type below it: no function of enums takes a domain over one.
std::string as_enum(const Model& model, const Type& type, const std::string& column);

// A condition on `column` (an SQL expression of `type`) that rows hardly ever break.
std::string condition(const Model& model, const Type& type, const std::string& column, int form,
                      int k);
// A value computed from `column` by immutable means, and its type.
struct Computed {
  std::string sql;
  Type type;
};
Computed computed(const Model& model, const Type& type, const std::string& column, int form, int k);

}  // namespace schemac::property
