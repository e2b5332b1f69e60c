#pragma once
// What the server says of tables that are to be filled.

#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "proof/rows.h"

namespace schemac {

struct ColumnFacts {
  std::string name;
  std::string type;  // oid
  int modifier = -1;
  bool required = false;
  bool generated = false;        // an INSERT must not name it
  bool identity_always = false;  // … or only by overriding
  bool has_default = false;
  std::vector<std::string> checks;  // conditions on this column alone
  std::string conditions;           // text of all conditions that it takes part in
  bool shares_condition = false;    // whether one of them is about other columns too
  bool finds_partition = false;     // whether one of them is the bound of a partition
};

using TableIndex = std::size_t;

struct Reference {
  std::vector<std::string> columns;
  std::optional<TableIndex> target;  // missing where it is none of the tables
  std::vector<std::string> target_columns;
};

struct TableFacts {
  TableName name;
  std::string quoted;  // name in SQL
  std::string source;  // the same in FROM, without the rows of tables that inherit from it
  std::vector<ColumnFacts> columns;
  std::vector<Reference> references;
};

// Every table that holds rows of its own, by name, without those of extensions.
std::vector<TableFacts> read_tables(pqxx::work& work);

// Groups of tables that refer to each other in circles, most of them of one table. Those that
// others refer to come first. With `only`, these tables and what they refer to.
std::vector<std::vector<TableIndex>> fill_order(const std::vector<TableFacts>& tables,
                                                const std::optional<std::set<TableName>>& only);

}  // namespace schemac
