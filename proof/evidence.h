#pragma once
// What a proof leaves behind.

#include <string>
#include <string_view>
#include <vector>

namespace schemac {

struct Evidence {
  bool proven = false;
  bool skipped = false;  // the author wanted none
  std::string reason;    // why nothing was proven

  std::string server;              // `15.14`
  bool dumped = false;             // pg_dump took part
  int built = 0, objects = 0;      // of the declared schema: how many were built, of how many
  std::string from, to;            // fingerprints of the catalogs
  std::string up, down;            // digests of the files' statements
  int tables = 0;                  // whose rows were compared
  int orders = 0;                  // of a merge: in which its lines led to the same catalog
  int rows_up = 0, rows_down = 0;  // that had to survive
  // What limits it, in words: tables that took no rows, rows that a statement refused, columns that
  // could be compared only by being NULL or not.
  std::vector<std::string> limits;
  std::string time;  // when it was proven, ISO 8601, UTC
};

// One line for people: `Proven on PostgreSQL 15.14: …`.
std::string summary(const Evidence& evidence);
// Whether summary() wrote it.
bool is_summary(std::string_view line);

}  // namespace schemac
