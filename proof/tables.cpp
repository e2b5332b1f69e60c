#include "proof/tables.h"

#include <algorithm>
#include <unordered_map>

namespace schemac {
namespace {

// Nothing goes to another server: a table with a foreign partition gets no rows.
const char* const kTables = R"(
  select c.oid, n.nspname, c.relname, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
         a.attgenerated <> '' as generated, a.attidentity = 'a' as always,
         a.atthasdef or a.attidentity <> '' as has, c.relkind = 'r' as plain
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema', 'schemac')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    and (c.relkind = 'r'
         or not exists (select from pg_partition_tree(c.oid) t join pg_class f on f.oid = t.relid
                        where f.relkind = 'f'))
  order by n.nspname, c.relname, a.attnum)";

const char* const kReferences = R"(
  select k.conrelid, k.confrelid, k.oid, a.attname, b.attname as other
  from pg_constraint k, unnest(k.conkey, k.confkey) with ordinality u(here, there, at),
       pg_attribute a, pg_attribute b
  where k.contype = 'f' and a.attrelid = k.conrelid and a.attnum = u.here
    and b.attrelid = k.confrelid and b.attnum = u.there
  order by k.conrelid, k.conname, u.at)";

// Conditions of the table and of the column's domain, and the bounds of its partitions. Where one
// is about other columns too, no value of this one can be judged by itself.
const char* const kChecks = R"(
  select a.attrelid, a.attname, pg_get_expr(k.conbin, k.conrelid) as condition,
         cardinality(k.conkey) = 1 as alone, cardinality(k.conkey) > 1 as shared, false as bound
  from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
  where k.contype = 'c'
  union all
  select a.attrelid, a.attname, pg_get_expr(k.conbin, 0), false, false, false
  from pg_constraint k join pg_attribute a on a.atttypid = k.contypid
  where k.contypid <> 0 and k.contype = 'c' and a.attnum > 0
  union all
  select a.attrelid, a.attname, pg_get_expr(c.relpartbound, c.oid), false, true, true
  from pg_partitioned_table p join pg_inherits i on i.inhparent = p.partrelid
       join pg_class c on c.oid = i.inhrelid
       join pg_attribute k on k.attrelid = p.partrelid and k.attnum = any(p.partattrs)
       join pg_attribute a on a.attrelid = pg_partition_root(p.partrelid) and a.attname = k.attname
  order by 1, 2, 3)";

using Index = std::unordered_map<std::string, TableIndex>;

ColumnFacts* find_column(TableFacts& table, std::string_view name) {
  const auto at = std::find_if(table.columns.begin(), table.columns.end(),
                               [&](const ColumnFacts& column) { return column.name == name; });
  return at == table.columns.end() ? nullptr : &*at;
}

void read_references(pqxx::work& work, const Index& by_oid, std::vector<TableFacts>& tables) {
  std::string last;
  for (const pqxx::row& row : work.exec(kReferences)) {
    const auto found = by_oid.find(row[0].c_str());
    if (found == by_oid.end()) continue;
    std::vector<Reference>& references = tables[found->second].references;
    if (last != row[2].c_str()) {
      const auto target = by_oid.find(row[1].c_str());
      references.emplace_back();
      if (target != by_oid.end()) references.back().target = target->second;
    }
    last = row[2].c_str();
    references.back().columns.push_back(row[3].c_str());
    references.back().target_columns.push_back(row[4].c_str());
  }
}

void read_checks(pqxx::work& work, const Index& by_oid, std::vector<TableFacts>& tables) {
  for (const pqxx::row& row : work.exec(kChecks)) {
    const auto found = by_oid.find(row[0].c_str());
    if (found == by_oid.end() || row[2].is_null()) continue;
    ColumnFacts* column = find_column(tables[found->second], row[1].c_str());
    if (column == nullptr) continue;
    column->conditions += std::string(row[2].c_str()) + "\n";
    column->shares_condition = column->shares_condition || row[4].as<bool>();
    column->finds_partition = column->finds_partition || row[5].as<bool>();
    if (row[3].as<bool>()) column->checks.push_back(row[2].c_str());
  }
}

// Strongly connected components, by Tarjan's algorithm: a component is complete before any that
// refers to it.
class Components {
 public:
  explicit Components(const std::vector<TableFacts>& tables)
      : tables_(tables),
        number_(tables.size(), 0),
        low_(tables.size(), 0),
        open_(tables.size(), false) {}

  void visit(TableIndex at) {
    if (number_[at] != 0) return;
    number_[at] = low_[at] = ++last_;
    stack_.push_back(at);
    open_[at] = true;
    for (const Reference& reference : tables_[at].references) {
      if (!reference.target) continue;
      const TableIndex next = *reference.target;
      const bool known = number_[next] != 0;
      visit(next);
      if (open_[next]) low_[at] = std::min(low_[at], known ? number_[next] : low_[next]);
    }
    if (low_[at] != number_[at]) return;
    auto& component = found_.emplace_back();
    do {
      component.push_back(stack_.back());
      stack_.pop_back();
      open_[component.back()] = false;
    } while (component.back() != at);
    std::reverse(component.begin(), component.end());
  }

  std::vector<std::vector<TableIndex>> take() { return std::move(found_); }

 private:
  const std::vector<TableFacts>& tables_;
  std::vector<std::size_t> number_, low_;
  std::vector<bool> open_;  // whether it is on the stack
  std::size_t last_ = 0;
  std::vector<TableIndex> stack_;
  std::vector<std::vector<TableIndex>> found_;
};

}  // namespace

std::vector<TableFacts> read_tables(pqxx::work& work) {
  std::vector<TableFacts> tables;
  Index by_oid;
  std::string last;
  for (const pqxx::row& row : work.exec(kTables)) {
    if (last != row[0].c_str()) {
      last = row[0].c_str();
      by_oid[last] = tables.size();
      TableFacts& table = tables.emplace_back();
      table.name = {row[1].c_str(), row[2].c_str()};
      table.quoted = work.quote_name(table.name.first) + "." + work.quote_name(table.name.second);
      table.source = (row[10].as<bool>() ? "only " : "") + table.quoted;
    }
    if (row[3].is_null()) continue;
    ColumnFacts& column = tables.back().columns.emplace_back();
    column.name = row[3].c_str();
    column.type = row[4].c_str();
    column.modifier = row[5].as<int>();
    column.required = row[6].as<bool>();
    column.generated = row[7].as<bool>();
    column.identity_always = row[8].as<bool>();
    column.has_default = row[9].as<bool>() && !column.generated;
  }
  read_references(work, by_oid, tables);
  read_checks(work, by_oid, tables);
  return tables;
}

std::vector<std::vector<TableIndex>> fill_order(const std::vector<TableFacts>& tables,
                                                const std::optional<std::set<TableName>>& only) {
  Components components(tables);
  for (TableIndex at = 0; at < tables.size(); ++at)
    if (!only || only->contains(tables[at].name)) components.visit(at);
  return components.take();
}

}  // namespace schemac
