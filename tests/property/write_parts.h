#pragma once
// What the writers of declarations share.

#include <string>
#include <utility>
#include <vector>

#include "tests/property/model.h"

namespace schemac::property {

using Options = std::vector<std::pair<std::string, std::string>>;

// Lines of `///`, or none.
std::string doc(const std::string& comment, const std::string& indent = "");
// ` was old`, where something goes on under another name.
std::string was(const Entity& entity);
// ` name was old`, as far as they are given.
std::string naming(const Entity& entity);
std::string collate(const std::string& collation);
std::string with(const Options& options, const char* lead = " ");
std::string counting(const Counting& counting);
// How a column is kept and what the planner is told of it.
template <class Holder>
std::string storing(const Holder& column) {
  std::string text;
  if (!column.compression.empty()) text += " compression " + column.compression;
  if (column.statistics) text += " statistics " + std::to_string(*column.statistics);
  if (column.n_distinct) text += " with (n_distinct = " + std::to_string(*column.n_distinct) + ")";
  return text;
}
// A constant where `default` expects one: a cast needs parentheses.
std::string default_literal(const Model& model, const Type& type, int k);
// The names of columns, with commas between.
std::string column_list(const Model& model, const std::vector<Id>& columns, Id relation);

// A table with its partitions.
std::string write_table(const Model& model, const Table& table);
// What tables and views have alike, in a file of schema `home`.
std::string write_members(const Model& model, const Relation& relation, Id home,
                          const std::string& indent = "  ");

}  // namespace schemac::property
