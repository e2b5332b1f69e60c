#pragma once
// Names of the types that servers bring: what PostgreSQL's grammar and its catalog call them, what
// format_type calls them, and what the schema language calls them.

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/value.h"

namespace schemac {

// A type as written, before spellings are made one.
struct WrittenType {
  bool setof = false;
  bool keywords = false;          // SQL's own words: `double precision`, `bit varying`
  bool quoted = false;            // the (last) name is quoted
  std::vector<std::string> path;  // one or more names, or the words of SQL joined by blanks
  bool has_modifiers = false;
  std::vector<std::string> modifiers;
  std::string fields;  // of an interval: `day to second`
  bool zoned = false;  // `with time zone`
  int dimensions = 0;
};

// The one spelling of a type. Names that are not built in stay as written.
TypeRef canonical_type(const WrittenType& written);

// First server version (major) that has a built-in type; 0: all supported ones.
int since_of(const TypeRef& type);

}  // namespace schemac
