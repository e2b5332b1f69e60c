// Reading rows back, and taking them out.
#include <algorithm>
#include <pqxx/pqxx>

#include "introspect/postgres/connection.h"
#include "proof/questions.h"
#include "proof/rows.h"
#include "proof/triggers.h"

namespace schemac {
namespace {

constexpr int kPipelined = 200;  // queries in one message

// The names and columns of tables that hold rows, each with the table whose partition it is, at the
// root, or with itself.
const char* const kStored = R"(
  select n.nspname, c.relname, a.attname, rn.nspname, r.relname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_class r on r.oid = case when c.relispartition then pg_partition_root(c.oid)
                                       else c.oid end
       join pg_namespace rn on rn.oid = r.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'schemac')
  order by n.nspname, c.relname, a.attnum)";

// The columns of a table by name, with what each is read as.
using Selected = std::vector<std::pair<std::string, std::string>>;

std::string quoted(pqxx::work& work, const TableName& name) {
  return work.quote_name(name.first) + "." + work.quote_name(name.second);
}

// Of the casts, those that the server can do with every row.
std::vector<CastColumn> possible_casts(pqxx::work& work, const std::vector<CastColumn>& casts) {
  std::vector<Query> queries;
  for (const CastColumn& cast : casts)
    queries.push_back({queries.size(), "select count(" + work.quote_name(cast.column) +
                                           "::" + cast.type + "::text) >= 0 from only " +
                                           quoted(work, cast.table)});
  if (queries.empty()) return {};
  const std::vector<bool> yes = ask_all(work, queries);
  std::vector<CastColumn> possible;
  for (std::size_t i = 0; i < casts.size(); ++i)
    if (yes[i]) possible.push_back(casts[i]);
  return possible;
}

std::string read_query(const std::string& table, const Selected& selected) {
  std::string list;
  for (const auto& [name, expression] : selected) list += (list.empty() ? "" : ", ") + expression;
  return "select " + list + " from only " + table;
}

TableRows take_rows(const Selected& selected, const pqxx::result& rows) {
  TableRows held;
  for (const auto& [name, expression] : selected) held.columns.push_back(name);
  for (const pqxx::row& row : rows) {
    auto& values = held.rows.emplace_back();
    for (const pqxx::field& value : row)
      values.push_back(value.is_null() ? std::nullopt : std::optional<std::string>(value.c_str()));
  }
  return held;
}

}  // namespace

std::optional<std::size_t> TableRows::column(std::string_view name) const {
  const auto at = std::find(columns.begin(), columns.end(), name);
  if (at == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(at - columns.begin());
}

void empty_tables(const std::string& url, const std::set<TableName>& tables) {
  if (tables.empty()) return;
  const auto connection = postgres::connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  try {
    pqxx::work work(*connection);
    std::vector<std::string> names;
    for (const TableName& name : tables) names.push_back(quoted(work, name));
    std::string list;
    for (const pqxx::row& row :
         work.exec("select case relkind when 'r' then 'only ' else '' end || name from unnest(" +
                   text_array(work, names) +
                   ") as name join pg_class c on c.oid = to_regclass(name) "
                   "where relkind = 'r' or relkind = 'p' and not exists (select "
                   "from pg_partition_tree(c.oid) t join pg_class f on f.oid = t.relid "
                   "where f.relkind = 'f')"))
      list += (list.empty() ? "" : ", ") + std::string(row[0].c_str());
    work.exec("set client_min_messages = error");
    SilentTriggers triggers(work);
    if (!list.empty()) work.exec("truncate " + list + " cascade");
    triggers.restore();
    work.commit();
  } catch (...) {
    postgres::throw_database_error("empty the tables of " + postgres::display_url(url), url);
  }
}

Rows read_rows(const std::string& url, const std::optional<std::set<TableName>>& only,
               const std::vector<CastColumn>& casts) {
  const auto connection = postgres::connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  try {
    pqxx::work work(*connection);
    std::map<TableName, Selected> selected;
    for (const pqxx::row& row : work.exec(kStored)) {
      const TableName name{row[0].c_str(), row[1].c_str()};
      const TableName root{row[3].c_str(), row[4].c_str()};
      if (only && !only->contains(name) && !only->contains(root)) continue;
      Selected& columns = selected[name];
      if (!row[2].is_null())
        columns.emplace_back(row[2].c_str(), work.quote_name(row[2].c_str()) + "::text");
    }
    for (const CastColumn& cast : possible_casts(work, casts))
      if (const auto table = selected.find(cast.table); table != selected.end())
        table->second.emplace_back(
            cast.name, "(" + work.quote_name(cast.column) + "::" + cast.type + ")::text");
    pqxx::pipeline queries(work);
    queries.retain(kPipelined);
    std::vector<pqxx::pipeline::query_id> ids;
    for (const auto& [name, columns] : selected)
      ids.push_back(queries.insert(read_query(quoted(work, name), columns)));
    Rows all;
    auto id = ids.begin();
    for (const auto& [name, columns] : selected)
      all[name] = take_rows(columns, queries.retrieve(*id++));
    return all;
  } catch (...) {
    postgres::throw_database_error("read the rows of " + postgres::display_url(url), url);
  }
}

}  // namespace schemac
