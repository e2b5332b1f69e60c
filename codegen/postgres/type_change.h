#pragma once
// What it takes to change the type of a column that holds values.

#include "compiler/ir/value.h"
#include "compiler/plan/rules.h"

namespace schemac::postgres {

struct TypeChange {
  bool rewrites = true;          // the table is written anew
  bool rebuilds_indexes = true;  // indexes on the column are built again even where it is not
  bool loses = true;             // values may not survive, or not exactly
  bool explicit_cast = true;     // the server converts only where USING says so
  bool by_text = false;          // and knows no way but by the text of the value
};

// For types that are no domains, from their names and modifiers alone.
TypeChange base_type_change(const TypeRef& from, const TypeRef& to);

// Domains are looked through: as they were for `was`, as they will be for `now`. What is not known
// to be cheap or safe is taken for the worst.
TypeChange type_change(const TypeRef& was, const TypeRef& now, const Context& plan);

// The type below a domain, however deep, for an array that of its elements, and whether a domain on
// the way refuses values.
struct TypeBelow {
  TypeRef type;
  bool constrained = false;
};
TypeBelow base_type_before(const TypeRef& type, const Context& plan);
TypeBelow base_type_after(const TypeRef& type, const Context& plan);

}  // namespace schemac::postgres
