#pragma once
// Rows for the tables of a test: made up from what the server says of their columns, and compared
// after a migration. Nothing of the code under test takes part, so its errors cannot hide here.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace schemac::test {

// Rows of one table, each value as text.
struct TableRows {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
};

// By `schema`, `table`.
using Rows = std::map<std::pair<std::string, std::string>, TableRows>;

struct Filled {
  int tables = 0;                  // that got a row at least
  std::vector<std::string> empty;  // that refused every row, with the last reason
};

// Inserts a few rows into every table, as far as its constraints allow with values that were tried.
// The same seed gives the same rows. With `nulls`, columns that may be NULL sometimes are.
Filled fill_tables(const std::string& url, std::uint64_t seed, bool nulls);

// What the tables hold now; system and ledger schemas left out.
Rows read_rows(const std::string& url);

}  // namespace schemac::test
