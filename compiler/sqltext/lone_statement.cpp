#include "compiler/sqltext/lone_statement.h"

#include "compiler/sqltext/tree.h"

namespace schemac {
namespace {

using namespace sqltext;

QName name_of(const PgQuery__RangeVar* relation) {
  return relation == nullptr ? QName{}
                             : QName{Ident(relation->schemaname), Ident(relation->relname)};
}

LoneStatement named(LoneKind kind, const char* name) {
  return {kind, {Ident(), Ident(name)}, {}, false};
}

std::optional<LoneStatement> index_built(const PgQuery__IndexStmt& create) {
  if (!create.concurrent || create.idxname[0] == '\0' || create.relation == nullptr) return {};
  return LoneStatement{LoneKind::builds_index,
                       {Ident(create.relation->schemaname), Ident(create.idxname)},
                       name_of(create.relation),
                       false};
}

std::optional<LoneStatement> index_dropped(const PgQuery__DropStmt& drop) {
  if (!drop.concurrent || drop.remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_INDEX) return {};
  const auto* name = drop.n_objects == 1 ? as<PgQuery__List>(drop.objects[0]) : nullptr;
  if (name == nullptr) return {};
  return LoneStatement{
      LoneKind::drops_index, qualified(strings(name->n_items, name->items)), {}, false};
}

bool is_concurrent(const PgQuery__ReindexStmt& reindex) {
  for (std::size_t i = 0; i < reindex.n_params; ++i)
    if (const auto* parameter = as<PgQuery__DefElem>(reindex.params[i]))
      if (std::string_view(parameter->defname) == "concurrently") return true;
  return false;
}

std::optional<LoneStatement> reindexed(const PgQuery__ReindexStmt& reindex) {
  if (!is_concurrent(reindex) || reindex.relation == nullptr) return LoneStatement{};
  return LoneStatement{LoneKind::reindexes,
                       name_of(reindex.relation),
                       {},
                       reindex.kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE};
}

std::optional<LoneStatement> detached(const PgQuery__AlterTableStmt& alter) {
  const auto* command = alter.n_cmds == 1 ? as<PgQuery__AlterTableCmd>(alter.cmds[0]) : nullptr;
  if (command == nullptr || command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition)
    return {};
  const auto* partition = as<PgQuery__PartitionCmd>(command->def);
  if (partition == nullptr || !partition->concurrent) return {};
  return LoneStatement{LoneKind::detaches, name_of(partition->name), name_of(alter.relation),
                       false};
}

std::optional<LoneStatement> lone(const Message* statement) {
  if (const auto* create = as<PgQuery__IndexStmt>(statement)) return index_built(*create);
  if (const auto* drop = as<PgQuery__DropStmt>(statement)) return index_dropped(*drop);
  if (const auto* reindex = as<PgQuery__ReindexStmt>(statement)) return reindexed(*reindex);
  if (const auto* alter = as<PgQuery__AlterTableStmt>(statement)) return detached(*alter);
  if (const auto* create = as<PgQuery__CreatedbStmt>(statement))
    return named(LoneKind::creates_database, create->dbname);
  if (const auto* drop = as<PgQuery__DropdbStmt>(statement))
    return named(LoneKind::drops_database, drop->dbname);
  if (const auto* create = as<PgQuery__CreateSubscriptionStmt>(statement))
    return named(LoneKind::creates_subscription, create->subname);
  if (const auto* drop = as<PgQuery__DropSubscriptionStmt>(statement))
    return named(LoneKind::drops_subscription, drop->subname);
  if (const auto* create = as<PgQuery__CreateTableSpaceStmt>(statement))
    return named(LoneKind::creates_tablespace, create->tablespacename);
  if (const auto* drop = as<PgQuery__DropTableSpaceStmt>(statement))
    return named(LoneKind::drops_tablespace, drop->tablespacename);
  if (as<PgQuery__VacuumStmt>(statement) != nullptr ||
      as<PgQuery__ClusterStmt>(statement) != nullptr ||
      as<PgQuery__AlterSystemStmt>(statement) != nullptr)
    return LoneStatement{};
  return {};
}

bool sets_config(const PgQuery__SelectStmt& select) {
  for (std::size_t i = 0; i < select.n_target_list; ++i) {
    const auto* shown = as<PgQuery__ResTarget>(select.target_list[i]);
    const auto* call = shown == nullptr ? nullptr : as<PgQuery__FuncCall>(shown->val);
    if (call == nullptr) continue;
    const auto name = strings(call->n_funcname, call->funcname);
    if (!name.empty() && name.back() == "set_config") return true;
  }
  return false;
}

bool session_wide(const Message* statement) {
  if (const auto* set = as<PgQuery__VariableSetStmt>(statement))
    return !set->is_local && set->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_MULTI;
  const auto* select = as<PgQuery__SelectStmt>(statement);
  return select != nullptr && select->n_from_clause == 0 && sets_config(*select);
}

}  // namespace

std::optional<LoneStatement> lone_statement(std::string_view statement) {
  std::optional<LoneStatement> found;
  with_tree(statement, TextForm::statement, [&](const Tree& tree) { found = lone(tree.root); });
  return found;
}

bool sets_session(std::string_view statement) {
  bool sets = false;
  with_tree(statement, TextForm::statement,
            [&](const Tree& tree) { sets = session_wide(tree.root); });
  return sets;
}

}  // namespace schemac
