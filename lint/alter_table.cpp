// ALTER TABLE, and what else alters relations by its grammar: indexes, views, sequences, types.

#include <algorithm>

#include "lint/table_parts.h"

namespace schemac::lint {
namespace {

using Action = PgQuery__AlterTableCmd;

std::string shown(const Relation& table, const char* part) {
  return lint::shown(table.name) + "." + part;
}

// The catalog alone changes.
void metadata(Context& context, Relation& table) {
  context.lock_all(table, Lock::access_exclusive);
  context.report("LK123", table);
}

void judge_default(Context& context, Relation& table, const Action& action) {
  metadata(context, table);
  Column* column = table.column(action.name);
  const std::string name = shown(table, action.name);
  if (action.def == nullptr)
    context.report("BC105", name, &table);
  else
    context.report("BC115", name, &table);
  if (column != nullptr) column->has_default = action.def != nullptr && !is_null(action.def);
}

void judge_identity(Context& context, Relation& table, const Action& action) {
  metadata(context, table);
  Column* column = table.column(action.name);
  bool always = false;
  if (const auto* added = as<PgQuery__Constraint>(action.def)) {
    always = added->generated_when[0] == 'a';
  } else if (const auto* options = as<PgQuery__List>(action.def)) {
    const auto* generated = option_of(options->n_items, options->items, "generated");
    always =
        generated != nullptr && option_value(*generated) == std::to_string(static_cast<int>('a'));
  }
  if (always) context.report("BC117", shown(table, action.name), &table);
  if (column != nullptr)
    column->identity = column->has_default =
        action.subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity;
}

void judge_storage_options(Context& context, Relation& table, const Action& action) {
  const auto* options = as<PgQuery__List>(action.def);
  const bool catalog = options != nullptr &&
                       option_of(options->n_items, options->items, "user_catalog_table") != nullptr;
  if (!table.is_table() && table.kind != Relation::Kind::materialized_view) {
    context.lock(table, Lock::access_exclusive);
    if (options != nullptr)
      if (const auto* invoker = option_of(options->n_items, options->items, "security_invoker"))
        table.security_invoker = action.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions &&
                                 option_value(*invoker) != "false";
    context.report("LK120", table);
    return;
  }
  context.lock(table, catalog ? Lock::access_exclusive : Lock::share_update_exclusive);
  context.report("LK127", table);
}

void judge_persistence(Context& context, Relation& table, bool logged) {
  context.lock(table, Lock::access_exclusive, {.rewrites = true});
  context.report("RW107", table);
  if (!logged) context.report("DS114", table);
  table.unlogged = !logged;
}

void judge_triggers(Context& context, Relation& table, const Action& action) {
  context.lock_all(table, Lock::share_row_exclusive);
  context.report("LK113", table);
  if (action.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll)
    context.report("SEC108", table);
}

void judge_row_security(Context& context, Relation& table, const Action& action) {
  context.lock(table, Lock::access_exclusive);
  context.report("LK122", table);
  switch (action.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
      table.row_security = true;
      context.report("BC118", table);
      context.report_unless("SEC102", lint::shown(table.name), nullptr,
                            [&context, name = table.name] {
                              const Relation* now = context.known.peek(name);
                              return now == nullptr || !now->policies.empty();
                            });
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
      table.row_security = false;
      context.report("SEC103", table);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      context.report("SEC103", table);
      break;
    default:
      break;
  }
}

void judge_identity_of_rows(Context& context, Relation& table, const Action& action) {
  context.lock(table, Lock::access_exclusive);
  const auto* identity = as<PgQuery__ReplicaIdentityStmt>(action.def);
  if (identity == nullptr) return;
  table.full_identity = identity->identity_type[0] == 'f' || identity->identity_type[0] == 'i';
  if (identity->identity_type[0] == 'f') context.report("PF110", table);
  if (identity->identity_type[0] == 'n' && context.known.published(table.name))
    context.report("PF109", table);
}

void judge_inherit(Context& context, Relation& table, const Action& action) {
  const QName name = context.names.qualified(action.def);
  Relation& parent = context.known.relation(name);
  const bool comes = action.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit;
  context.lock(parent, comes ? Lock::share_update_exclusive : Lock::access_share);
  context.lock(table, Lock::access_exclusive);
  if (comes) {
    table.parent = name;
    parent.children.push_back(table.name);
  } else {
    table.parent.reset();
    std::erase(parent.children, table.name);
  }
}

void judge_dropped_not_null(Context& context, Relation& table, const Action& action) {
  metadata(context, table);
  context.report("BC112", shown(table, action.name), &table);
  if (Column* column = table.column(action.name)) column->required = false;
}

void judge_expression(Context& context, Relation& table, const Action& action) {
  Column* column = table.column(action.name);
  if (context.newer != Newer::set_expression) {
    metadata(context, table);
    if (column != nullptr) column->generated = false;
    return;
  }
  const bool stored = column == nullptr || column->generated;
  context.lock_all(table, Lock::access_exclusive, {.rewrites = stored});
  if (stored) context.report("RW111", shown(table, action.name), &table);
}

void judge_altered_constraint(Context& context, Relation& table, const Action& action) {
  const auto* node = as<PgQuery__Constraint>(action.def);
  if (node == nullptr) return;
  const std::string name = std::string(node->conname) + " on " + lint::shown(table.name);
  if (context.newer == Newer::enforced) {
    context.lock_all(table, Lock::access_exclusive, {.scans = true});
    const Constraint* known = table.constraint(node->conname);
    if (known != nullptr && !known->other.empty())
      context.lock(context.known.relation(known->other), Lock::share_row_exclusive,
                   {.scans = true});
    context.report("SC116", name, &table);
    return;
  }
  metadata(context, table);
  if (Constraint* constraint = table.constraint(node->conname))
    constraint->deferred = node->initdeferred;
}

// Columns and constraints; false where the action is none of theirs.
bool judge_part(Context& context, Relation& table, const Action& action,
                const std::set<std::string>& dropped) {
  switch (action.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      judge_add_column(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      judge_drop_column(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      judge_column_type(context, table, action, dropped);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      judge_default(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      judge_set_not_null(context, table, action.name, dropped);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
      judge_dropped_not_null(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      judge_identity(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      judge_expression(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      judge_add_constraint(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      judge_drop_constraint(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      judge_validate(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      judge_altered_constraint(context, table, action);
      break;
    default:
      return false;
  }
  return true;
}

// Whether files are copied to that tablespace, where they were in `was` so far.
bool moves(std::string& was, const std::string& to) {
  const bool stays = to == (was.empty() ? "pg_default" : was);
  was = to;
  return !stays;
}

// What concerns the table as a whole.
void judge_whole(Context& context, Relation& table, const Action& action) {
  switch (action.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplaceRelOptions:
      judge_storage_options(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
      context.lock(table, Lock::share_update_exclusive);
      context.report("LK128", table);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
      judge_persistence(context, table, true);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
      judge_persistence(context, table, false);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace: {
      const bool copies = moves(table.tablespace, action.name);
      context.lock(table, Lock::access_exclusive, {.rewrites = copies});
      if (copies) context.report("RW108", table);
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod: {
      const bool same = std::string_view(action.name) == "heap";
      context.lock(table, Lock::access_exclusive, {.rewrites = !same});
      if (!same) context.report("RW109", table);
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
      judge_triggers(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      judge_row_security(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
      judge_identity_of_rows(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
      judge_inherit(context, table, action);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      context.lock(table, Lock::access_exclusive);
      context.report("SEC109", table);
      table.described = true;
      context.note("owner " + lint::shown(table.name));
      break;
    default:
      metadata(context, table);
  }
}

// Constraints that the statement itself drops: drops come first, wherever they stand.
std::set<std::string> dropped_by(const PgQuery__AlterTableStmt& statement) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < statement.n_cmds; ++i)
    if (const auto* action = as<Action>(statement.cmds[i]);
        action != nullptr && action->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint)
      names.insert(action->name);
  return names;
}

void alter_index(Context& context, const PgQuery__AlterTableStmt& statement) {
  const QName name = context.names.qualified(statement.relation);
  Relation* table = context.known.holder_of_index(name);
  for (std::size_t i = 0; i < statement.n_cmds; ++i) {
    const auto* action = as<Action>(statement.cmds[i]);
    if (action->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace) {
      Index* index = table == nullptr ? nullptr : table->index(name.name.text);
      std::string unknown;
      if (moves(index == nullptr ? unknown : index->tablespace, action->name))
        context.report("RW108", lint::shown(name), table);
    } else if (action->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition) {
      if (table != nullptr) context.lock(*table, Lock::access_share);
    } else {
      context.report("LK127", lint::shown(name), table);
    }
  }
}

// ALTER TYPE … ADD ATTRIBUTE and its like.
void alter_composite(Context& context, const PgQuery__AlterTableStmt& statement) {
  const QName name = context.names.qualified(statement.relation);
  for (std::size_t i = 0; i < statement.n_cmds; ++i) {
    const auto* action = as<Action>(statement.cmds[i]);
    const std::string part = lint::shown(name) + "." + action->name;
    if (action->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn)
      context.report("DS103", part);
    else if (action->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType &&
             !context.known.columns_of_type(name).empty())
      context.report("DD111", part);
  }
}

}  // namespace

bool judge_alter_table(Context& context, const PgQuery__AlterTableStmt& statement) {
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX) {
    alter_index(context, statement);
    return true;
  }
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
    alter_composite(context, statement);
    return true;
  }
  const QName name = context.names.qualified(statement.relation);
  if (statement.missing_ok) context.report("DD116", lint::shown(name));
  if (statement.relation->schemaname[0] == '\0') context.report("SEC111", lint::shown(name));
  const std::set<std::string> dropped = dropped_by(statement);
  Relation& table = context.known.relation(name);
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW) table.kind = Relation::Kind::view;
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE)
    table.kind = Relation::Kind::sequence;
  for (std::size_t i = 0; i < statement.n_cmds; ++i) {
    const auto* action = as<Action>(statement.cmds[i]);
    if (action == nullptr) continue;
    if (action->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition)
      judge_attach(context, table, *as<PgQuery__PartitionCmd>(action->def));
    else if (action->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition)
      judge_detach(context, table, *as<PgQuery__PartitionCmd>(action->def));
    else if (!judge_part(context, table, *action, dropped))
      judge_whole(context, table, *action);
  }
  if (!context.is_new(table) && context.known.peek(name) != nullptr &&
      context.transaction.written.contains(name)) {
    const bool deferred = std::any_of(table.constraints.begin(), table.constraints.end(),
                                      [](const Constraint& c) { return c.deferred; });
    if (deferred && !context.happened("set constraints")) context.report("DD108", table);
  }
  return true;
}

}  // namespace schemac::lint
