#pragma once
#include <span>
#include <string_view>

namespace schemac::postgres {

// One catalog query, by the name of its kind (or of what it serves).
struct Query {
  std::string_view name;
  std::string_view sql;
};
// Made by the build from introspect/postgres/*.sql.
std::span<const Query> all_queries();

}  // namespace schemac::postgres
