#pragma once
// Rows of catalog queries as values of a kind's fields. Columns are named as the fields; how a cell
// is read follows from the field's shape:
//
//   flag, integer, number, word, text, ident, expr …   the text itself
//   column names (Refers::column, Refers::ref_column)  numbers of the row's `parent`, `refrelid`
//   relations (Refers::relation)                       the relation's oid
//   qname, operation                                   {schema,name}
//   type                                               oid of an argument, or `oid modifier`
//   settings                                           {name=value,…}
//   lists of the above, path                           {a,b}
//   records and lists of records                       JSON, keys named as the record's fields
//
// A record may instead be spread over columns `field.part`; for a list of records each of those
// holds a list. Keys of an index come from columns `key_…`, as pg_index holds them.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <pqxx/result>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/ir/kind.h"
#include "compiler/ir/values.h"
#include "introspect/postgres/names.h"

namespace schemac::postgres {

// The cells of one row, and what its numbers refer to.
class Row {
 public:
  Row(const pqxx::result& rows, pqxx::result::size_type number) : row_(rows[number]) {}

  // Nothing where the column is -1 or the cell NULL.
  std::optional<std::string_view> cell(int column) const;
  std::int64_t number(int column, std::int64_t otherwise = 0) const;

  Oid relation = 0;      // whose columns the row names
  Oid ref_relation = 0;  // to whose columns it refers
  // Set by the decoder where something that the row names was not read.
  mutable bool unresolved = false;
  // Set where it left out a setting that looks like a secret.
  mutable bool secret = false;

 private:
  pqxx::row row_;
};

// Position of a column in a result, or -1.
int find_column(const pqxx::result& rows, const std::string& name);

class Decoder {
 public:
  // Aborts where the query lacks a column for a field that this server has: a bug.
  Decoder(const KindInfo& kind, const pqxx::result& rows, const Names& names, int server_version);

  // Rows that say the same share their values: of the columns of a large schema few differ from all
  // others.
  Values values(const Row& row);

 private:
  // Where the value of one field comes from.
  struct Source {
    const FieldInfo* field = nullptr;
    int column = -1;
    bool keys = false;          // from the key_ columns
    std::vector<Source> parts;  // of a record spread over columns
    bool known() const { return column >= 0 || keys || !parts.empty(); }
  };
  struct KeyColumns {
    int count, columns, classes, collations, options, expressions, types, definition, parameters,
        statistics, expression_list;
  };

  Source find_source(const FieldInfo& field, const std::string& prefix,
                     const pqxx::result& rows) const;
  static bool needs_relation(const FieldInfo& field);
  static bool has_keys(const Source& source);
  void add_cells(const Source& source, const Row& row, std::string& cells) const;
  Values decode(const Row& row) const;
  Value value(const Source& source, const Row& row) const;
  Value record_list(const Source& source, const Row& row) const;
  Value cell_value(const FieldInfo& field, std::string_view text, const Row& row) const;
  void add_setting(const FieldInfo& field, std::string_view text, const Row& row, List& list) const;
  Value json_value(const FieldInfo& field, const nlohmann::json& json, const Row& row) const;
  Value json_record(const FieldInfo& field, const nlohmann::json& json, const Row& row) const;
  Value scalar(const FieldInfo& field, std::string_view text, const Row& row) const;
  Value type_value(const FieldInfo& field, std::string_view text) const;
  Value column_name(const FieldInfo& field, std::string_view number, const Row& row) const;
  List index_keys(const FieldInfo& field, const Row& row) const;
  Value sql_text(std::string_view text) const;

  const KindInfo& kind_;
  const Names& names_;
  int server_version_;
  std::vector<Source> sources_;
  KeyColumns key_columns_;
  bool alone_ = true;  // values depend on nothing but the row's own cells
  std::unordered_map<std::string, Values> seen_;  // by these cells
  std::string cells_;
};

}  // namespace schemac::postgres
