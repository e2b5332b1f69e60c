#pragma once
#include <optional>
#include <string_view>

#include "compiler/ir/value.h"

namespace schemac {

struct ParsedType {
  TypeRef type;            // built-in names in their long form with no schema; others as written
  bool setof = false;      // SETOF before it
  std::size_t length = 0;  // bytes consumed, trailing blanks not counted
};

// The longest type at the start of `text`: `numeric(12,2)`, `timestamp (3) with time zone`,
// `varchar(40)[]`, `shop."Order"`, `interval day to second(3)`, `bit varying(8)`, `int array[3]`.
// std::nullopt where there is none. Comments count as blanks.
std::optional<ParsedType> parse_type(std::string_view text);

// Whether `name` (folded) is a type that every supported server brings, in any spelling.
bool is_builtin_type(std::string_view name);

// A type as the schema language writes it: short built-in names (`int`, `varchar(40)`,
// `timestamptz`), the schema left out where it is `home`.
std::string dsl_type(const TypeRef& type, std::string_view home);

}  // namespace schemac
