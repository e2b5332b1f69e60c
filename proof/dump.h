#pragma once
// Schemas as pg_dump shows them: an outside observer, who sees what our own reader may not.

#include <string>
#include <string_view>
#include <vector>

namespace schemac {

// Whether there is a pg_dump to ask about servers of this major version: it refuses newer ones than
// its own.
bool has_dump(int server_version);

// What `pg_dump --schema-only` prints for the database at `url`, without the runner's ledger,
// normalised. Throws DatabaseError with what pg_dump says where it fails.
std::string dump_schema(const std::string& url);

// A dump's statements, sorted, one below the other; comments and settings left out. The elements of
// CREATE TABLE and of composite types are sorted too: ALTER cannot choose their order.
std::string normalise_dump(std::string_view dump);

struct DumpDifference {
  std::string statement;  // the first line of the statement that differs, as one of both has it
  std::string text;       // the lines that differ, `-` where they are missing, `+` where too many
};

// How one normalised dump differs from another, statement by statement.
std::vector<DumpDifference> dump_differences(std::string_view expected, std::string_view actual);

}  // namespace schemac
