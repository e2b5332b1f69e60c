#pragma once
// Rows for the tables of a throwaway database: made up from what the server says of their columns,
// and read back to be compared. Nothing of the compiler takes part, so its errors cannot hide here.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemac {

// Schema, table.
using TableName = std::pair<std::string, std::string>;

// Rows of one table, each value as text.
struct TableRows {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;

  std::optional<std::size_t> column(std::string_view name) const;
};
using Rows = std::map<TableName, TableRows>;

struct FillOptions {
  std::uint64_t seed = 0;
  bool nulls = true;  // columns that may be NULL sometimes are
  // The tables to fill, with those that they refer to; all where it is not given.
  std::optional<std::set<TableName>> only;
};

// A table that refused every row, and the last reason.
struct EmptyTable {
  TableName table;
  std::string reason;
};

struct Filled {
  std::set<TableName> tables;  // that got a row at least
  std::vector<EmptyTable> empty;
};

// Inserts a few rows into tables, as far as their constraints allow with the values that were
// tried. The values depend on names and the seed alone.
Filled fill_tables(const std::string& url, const FillOptions& options);

// Takes all rows out of those of these tables that are there, and of those that refer to them.
void empty_tables(const std::string& url, const std::set<TableName>& tables);

// A further column of the rows that are read: the values of `column` as `type`. Left out where the
// server cannot convert them.
struct CastColumn {
  TableName table;
  std::string column;
  std::string name;  // of the further column
  std::string type;  // as SQL
};

// What the tables hold now: those named with their partitions, or all but the system's and the
// ledger's. What a partitioned table holds is in its partitions.
Rows read_rows(const std::string& url, const std::optional<std::set<TableName>>& only = {},
               const std::vector<CastColumn>& casts = {});

}  // namespace schemac
