#pragma once
// What functions and procedures have in common.

#include "codegen/postgres/parts.h"

namespace schemac::postgres {

// `integer, VARIADIC names text[]`, with defaults: the list of a CREATE statement.
Sql argument_list(const std::vector<Argument>& arguments, const Object& routine);

// ` TRANSFORM FOR TYPE hstore, FOR TYPE ltree`, or nothing.
Sql transform_clause(const std::vector<TypeRef>& types);

// What stands behind AS: a body in its language, or where the compiled one is.
Sql text_body(const Ident& language, const std::optional<std::string>& library,
              const std::optional<std::string>& body);

// A line for each setting: `SET search_path = shop, public`.
Sql setting_clauses(const std::vector<Setting>& settings);

// Whether CREATE OR REPLACE takes the new arguments for the old ones: names and results stay, and
// so does every default.
bool keeps_arguments(const std::vector<Argument>& was, const std::vector<Argument>& now);

}  // namespace schemac::postgres
