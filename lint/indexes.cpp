// Indexes, and what builds them again.

#include <algorithm>

#include "lint/context.h"

namespace schemac::lint {
namespace {

Index read_index(Context& context, const PgQuery__IndexStmt& create) {
  Index index;
  index.name = create.idxname;
  index.unique = create.unique;
  index.partial = create.where_clause != nullptr;
  index.tablespace = create.table_space;
  const std::string method = create.access_method;
  index.ordered = method.empty() || method == "btree";
  for (std::size_t i = 0; i < create.n_index_params; ++i) {
    const auto* key = as<PgQuery__IndexElem>(create.index_params[i]);
    index.keys.emplace_back(key->expr == nullptr ? key->name : "");
    if (key->expr == nullptr)
      index.columns.insert(key->name);
    else
      index.columns.merge(named_in(key->expr, context.names).columns);
    if (key->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC ||
        key->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST)
      index.ordered = false;
  }
  for (std::size_t i = 0; i < create.n_index_including_params; ++i)
    if (const auto* key = as<PgQuery__IndexElem>(create.index_including_params[i]))
      index.columns.insert(key->name);
  if (index.partial) index.columns.merge(named_in(create.where_clause, context.names).columns);
  return index;
}

// Whether another index answers all that this one does.
bool is_superfluous(const Relation& table, const Index& index) {
  return !index.unique && !index.partial && !index.has_expression() &&
         std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& other) {
           return !other.partial && other.ordered && index.ordered &&
                  other.keys.size() >= index.keys.size() &&
                  std::equal(index.keys.begin(), index.keys.end(), other.keys.begin());
         });
}

void judge_concurrently(Context& context, const Relation& table, const std::string& name,
                        bool if_not_exists) {
  context.needs_no_transaction("CREATE INDEX CONCURRENTLY");
  context.lock(table, Lock::share_update_exclusive, {.builds = true});
  if (table.kind == Relation::Kind::partitioned_table) context.report("DD114", name);
  if (context.session.lock_timeout || context.session.statement_timeout)
    context.report("LK103", name, &table);
  if (if_not_exists && !context.happened("drop index " + name)) context.report("DD115", name);
}

void judge_blocking(Context& context, Relation& table, const PgQuery__IndexStmt& create,
                    const Index& index, const std::string& name) {
  if (table.kind != Relation::Kind::partitioned_table) {
    context.lock(table, Lock::share, {.builds = true});
    context.report("LK110", name, &table);
    return;
  }
  if (!create.relation->inh) {
    context.lock(table, Lock::share);
    return;
  }
  bool builds = false;
  for (const Relation* each : context.known.with_children(table)) {
    const bool has = std::any_of(each->indexes.begin(), each->indexes.end(), [&](const Index& own) {
      return own.keys == index.keys && own.unique == index.unique;
    });
    const bool works = !has && each->kind != Relation::Kind::partitioned_table;
    context.lock(*each, Lock::share, {.builds = works});
    builds = builds || works;
  }
  if (builds || table.children.empty()) context.report("SC114", name, &table);
}

void create_index(Context& context, const PgQuery__IndexStmt& create) {
  Relation& table = context.known.relation(context.names.qualified(create.relation));
  Index index = read_index(context, create);
  const QName full{table.name.schema, Ident(index.name)};
  const std::string name = index.name.empty() ? "an index on " + shown(table.name) : shown(full);
  if (create.if_not_exists) {
    context.report("LK124", name, &table);
    context.report("DD116", name);
    context.conditional.insert(name);
    if (!index.name.empty() && table.index(index.name) != nullptr) {
      context.lock(table, create.concurrent ? Lock::share_update_exclusive : Lock::share);
      if (create.concurrent) context.needs_no_transaction("CREATE INDEX CONCURRENTLY");
      return;
    }
  }
  if (create.concurrent)
    judge_concurrently(context, table, name, create.if_not_exists);
  else
    judge_blocking(context, table, create, index, name);
  if (is_superfluous(table, index)) context.report("PF102", name);
  if (index.keys.size() > 3 || std::string_view(create.access_method) == "hash")
    context.report("PF108", name);
  if (index.unique) context.report("BC118", name, &table);
  if (index.has_expression())
    context.report_unless("PF104", name, &table, [&context, of = shown(table.name)] {
      return context.happened("analyze " + of) || context.happened("analyze");
    });
  if (create.relation->inh && table.kind == Relation::Kind::partitioned_table)
    for (Relation* each : context.known.with_children(table))
      if (each != &table) each->indexes.push_back(index);
  context.note("create index " + name);
  context.known.note_index(table.name, index.name);
  table.indexes.push_back(std::move(index));
}

void reindex(Context& context, const PgQuery__ReindexStmt& statement) {
  const bool concurrent =
      option_of(statement.n_params, statement.params, "concurrently") != nullptr;
  const bool whole = statement.kind != PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX &&
                     statement.kind != PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE;
  if (concurrent || whole) context.needs_no_transaction("REINDEX");
  const bool of_index = statement.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX;
  const QName name = context.names.qualified(statement.relation);
  Relation* table = of_index ? context.known.holder_of_index(name)
                    : whole  ? nullptr
                             : &context.known.relation(name);
  const Lock lock = concurrent ? Lock::share_update_exclusive : Lock::share;
  if (table != nullptr) context.lock(*table, lock, {.builds = true});
  if (whole) {
    const bool schema = statement.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA;
    for (const QName& each : context.known.relations_in(schema ? statement.name : "")) {
      const Relation& relation = *context.known.peek(each);
      if (relation.is_table() || relation.kind == Relation::Kind::materialized_view)
        context.lock(relation, lock, {.builds = true});
    }
  }
  if (!concurrent) context.report("LK112", whole ? statement.name : shown(name), table);
  if (concurrent && (context.session.lock_timeout || context.session.statement_timeout))
    context.report("LK103", shown(name), table);
}

void cluster(Context& context, const PgQuery__ClusterStmt& statement) {
  if (statement.relation == nullptr) {
    context.needs_no_transaction("CLUSTER");
    context.report("RW110", "all clustered tables");
    return;
  }
  const Relation& table = context.known.relation(context.names.qualified(statement.relation));
  context.lock(table, Lock::access_exclusive, {.rewrites = true});
  context.report("RW110", table);
}

void vacuum(Context& context, const PgQuery__VacuumStmt& statement) {
  const bool full = option_of(statement.n_options, statement.options, "full") != nullptr;
  if (statement.is_vacuumcmd) context.needs_no_transaction("VACUUM");
  const bool analyzes = !statement.is_vacuumcmd ||
                        option_of(statement.n_options, statement.options, "analyze") != nullptr;
  if (analyzes && statement.n_rels == 0) context.note("analyze");
  if (full && statement.n_rels == 0) context.report("RW110", "all tables");
  for (std::size_t i = 0; i < statement.n_rels; ++i) {
    const auto* what = as<PgQuery__VacuumRelation>(statement.rels[i]);
    const Relation& table = context.known.relation(context.names.qualified(what->relation));
    if (analyzes) context.note("analyze " + shown(table.name));
    context.lock(table, full ? Lock::access_exclusive : Lock::share_update_exclusive,
                 {.rewrites = full});
    if (full) context.report("RW110", table);
  }
}

}  // namespace

bool judge_index(Context& context, const Message* statement) {
  if (const auto* create = as<PgQuery__IndexStmt>(statement))
    create_index(context, *create);
  else if (const auto* again = as<PgQuery__ReindexStmt>(statement))
    reindex(context, *again);
  else if (const auto* sort = as<PgQuery__ClusterStmt>(statement))
    cluster(context, *sort);
  else if (const auto* clean = as<PgQuery__VacuumStmt>(statement))
    vacuum(context, *clean);
  else
    return false;
  return true;
}

}  // namespace schemac::lint
