#include "tests/harness/rows.h"

#include <algorithm>
#include <pqxx/pqxx>
#include <random>
#include <set>
#include <unordered_map>

#include "tests/harness/values.h"

namespace schemac::test {

namespace {

constexpr int kRows = 3;
constexpr int kAttempts = 10;  // for each row, with other values every time

struct ColumnFacts {
  std::string name;
  std::string type;  // oid
  int modifier = -1;
  bool required = false;
  bool made_by_server = false;  // identity ALWAYS or generated: an INSERT must not name it
  bool has_default = false;
};

struct Reference {
  std::vector<std::string> columns;
  std::string target;  // oid of the table
  std::vector<std::string> target_columns;
};

struct TableFacts {
  std::string oid, schema, name;
  std::vector<ColumnFacts> columns;
  std::vector<Reference> references;
};

const char* const kTables = R"(
  select c.oid, n.nspname, c.relname, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
         a.attidentity = 'a' or a.attgenerated <> '' as made, a.atthasdef or a.attidentity <> '' as has
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind = 'r' and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema', 'schemac')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  order by n.nspname, c.relname, a.attnum)";

const char* const kReferences = R"(
  select k.conrelid, k.confrelid, k.oid, a.attname, b.attname as other
  from pg_constraint k, unnest(k.conkey, k.confkey) with ordinality u(here, there, at),
       pg_attribute a, pg_attribute b
  where k.contype = 'f' and a.attrelid = k.conrelid and a.attnum = u.here
    and b.attrelid = k.confrelid and b.attnum = u.there
  order by k.conrelid, k.conname, u.at)";

std::vector<TableFacts> read_tables(pqxx::work& work) {
  std::vector<TableFacts> tables;
  std::unordered_map<std::string, std::size_t> by_oid;
  for (const pqxx::row& row : work.exec(kTables)) {
    const std::string oid = row[0].c_str();
    if (tables.empty() || tables.back().oid != oid) {
      by_oid[oid] = tables.size();
      tables.push_back({oid, row[1].c_str(), row[2].c_str(), {}, {}});
    }
    if (row[3].is_null()) continue;
    tables.back().columns.push_back({row[3].c_str(), row[4].c_str(), row[5].as<int>(),
                                     row[6].as<bool>(), row[7].as<bool>(), row[8].as<bool>()});
  }
  std::string last;
  for (const pqxx::row& row : work.exec(kReferences)) {
    const auto found = by_oid.find(row[0].c_str());
    if (found == by_oid.end()) continue;
    std::vector<Reference>& references = tables[found->second].references;
    if (last != row[2].c_str()) references.push_back({{}, row[1].c_str(), {}});
    last = row[2].c_str();
    references.back().columns.push_back(row[3].c_str());
    references.back().target_columns.push_back(row[4].c_str());
  }
  return tables;
}

bool ready(const TableFacts& table, const std::set<std::string>& done) {
  return std::all_of(table.references.begin(), table.references.end(), [&](const Reference& r) {
    return r.target == table.oid || done.contains(r.target);
  });
}

// Tables that others refer to come first, as far as there is no cycle.
std::vector<const TableFacts*> in_order(const std::vector<TableFacts>& tables) {
  std::vector<const TableFacts*> order;
  std::set<std::string> done;
  for (bool stuck = false; order.size() < tables.size();) {
    bool found = false;
    for (const TableFacts& table : tables) {
      if (done.contains(table.oid)) continue;
      // In a round after one that found nothing, the first one left breaks the cycle.
      if (!stuck && !ready(table, done)) continue;
      order.push_back(&table);
      done.insert(table.oid);
      stuck = false;
      found = true;
    }
    stuck = !found;
  }
  return order;
}

class Filler {
 public:
  Filler(pqxx::work& work, std::uint64_t seed, bool nulls)
      : work_(work), values_(work), random_(seed), nulls_(nulls), tables_(read_tables(work)) {
    for (const TableFacts& table : tables_) names_[table.oid] = full_name(table);
  }

  Filled fill() {
    Filled filled;
    for (const TableFacts* table : in_order(tables_)) {
      bool any = false;
      for (int row = 0; row < kRows; ++row) any = insert_some(*table, row) || any;
      if (any)
        ++filled.tables;
      else
        filled.empty.push_back(names_[table->oid] + ": " + reason_);
    }
    return filled;
  }

 private:
  std::string full_name(const TableFacts& table) {
    return work_.quote_name(table.schema) + "." + work_.quote_name(table.name);
  }

  bool insert_some(const TableFacts& table, int row) {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      const std::string statement = insert(table, row, attempt);
      pqxx::subtransaction savepoint(work_);
      try {
        savepoint.exec(statement);
        savepoint.exec("set constraints all immediate");
        savepoint.commit();
        return true;
      } catch (const pqxx::sql_error& error) {
        reason_ = error.what();
        savepoint.abort();
      }
    }
    return false;
  }

  std::string insert(const TableFacts& table, int row, int attempt) {
    std::map<std::string, std::string> given = referenced_values(table);
    std::string columns, values;
    for (const ColumnFacts& column : table.columns) {
      if (column.made_by_server) continue;
      std::string value;
      if (const auto found = given.find(column.name); found != given.end())
        value = found->second;
      else if (column.has_default && (attempt % 2 == 0 || chance(2)))
        continue;
      else if (nulls_ && !column.required && chance(attempt == 0 && row < 2 ? 8 : 3))
        value = "null";
      else
        value = values_.make(column.type, column.modifier, row, attempt, random_);
      columns += (columns.empty() ? "" : ", ") + work_.quote_name(column.name);
      values += (values.empty() ? "" : ", ") + value;
    }
    const std::string target = "insert into " + names_[table.oid];
    return columns.empty() ? target + " default values"
                           : target + " (" + columns + ") values (" + values + ")";
  }

  // A row that exists, for each foreign key; NULL where there is none.
  std::map<std::string, std::string> referenced_values(const TableFacts& table) {
    std::map<std::string, std::string> given;
    for (const Reference& reference : table.references) {
      std::string columns;
      for (const std::string& name : reference.target_columns)
        columns += (columns.empty() ? "" : ", ") + work_.quote_name(name) + "::text";
      const auto target = names_.find(reference.target);
      if (target == names_.end()) continue;
      const pqxx::result rows =
          work_.exec("select " + columns + " from " + target->second + " order by 1 limit 5");
      const std::size_t pick = rows.empty() ? 0 : random_() % rows.size();
      for (std::size_t i = 0; i < reference.columns.size(); ++i) {
        const bool null =
            rows.empty() || rows[static_cast<int>(pick)][static_cast<int>(i)].is_null();
        given[reference.columns[i]] =
            null ? "null" : work_.quote(rows[static_cast<int>(pick)][static_cast<int>(i)].c_str());
      }
    }
    return given;
  }

  bool chance(unsigned one_in) { return random_() % one_in == 0; }

  pqxx::work& work_;
  Values values_;
  std::mt19937_64 random_;
  const bool nulls_;
  std::vector<TableFacts> tables_;
  std::unordered_map<std::string, std::string> names_;
  std::string reason_;
};

}  // namespace

Filled fill_tables(const std::string& url, std::uint64_t seed, bool nulls) {
  pqxx::connection connection(url);
  pqxx::work work(connection);
  work.exec("set search_path = pg_catalog; set client_min_messages = error");
  const Filled filled = Filler(work, seed, nulls).fill();
  work.commit();
  return filled;
}

Rows read_rows(const std::string& url) {
  pqxx::connection connection(url);
  pqxx::read_transaction work(connection);
  Rows all;
  const pqxx::result tables = work.exec(
      "select n.nspname, c.relname, coalesce(string_agg(quote_ident(a.attname) || '::text', ', '"
      " order by a.attnum), '') from pg_class c join pg_namespace n on n.oid = c.relnamespace left"
      " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where"
      " c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'schemac')"
      " group by 1, 2 order by 1, 2");
  for (const pqxx::row& table : tables) {
    TableRows& held = all[{table[0].c_str(), table[1].c_str()}];
    const pqxx::result rows =
        work.exec("select " + std::string(table[2].c_str()) + " from only " +
                  work.quote_name(table[0].c_str()) + "." + work.quote_name(table[1].c_str()));
    for (pqxx::row::size_type i = 0; i < rows.columns(); ++i)
      held.columns.push_back(rows.column_name(i));
    for (const pqxx::row& row : rows) {
      auto& values = held.rows.emplace_back();
      for (const pqxx::field& value : row)
        values.push_back(value.is_null() ? std::nullopt
                                         : std::optional<std::string>(value.c_str()));
    }
  }
  return all;
}

}  // namespace schemac::test
