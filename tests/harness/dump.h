#pragma once
// Schemas as pg_dump shows them, in a form that two databases can be compared by.

#include <string>
#include <string_view>

namespace schemac::test {

// What `pg_dump --schema-only` prints for the database at `url`, normalised. Throws
// std::runtime_error with what pg_dump says where it fails.
std::string dump_schema(const std::string& url);

// A dump's statements, sorted, one below the other; comments and settings left out. The elements of
// CREATE TABLE and of composite types are sorted too: ALTER cannot choose their order.
std::string normalise_dump(std::string_view dump);

}  // namespace schemac::test
