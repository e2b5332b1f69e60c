// Sequences, publications, statistics, comments, and what concerns the whole server.

#include <algorithm>

#include "lint/context.h"

namespace schemac::lint {
namespace {

void create_sequence(Context& context, const PgQuery__CreateSeqStmt& create) {
  Relation sequence;
  sequence.name = context.names.qualified(create.sequence);
  if (create.if_not_exists) context.report("DD116", shown(sequence.name));
  sequence.kind = Relation::Kind::sequence;
  sequence.made_in = context.migration;
  context.lock(context.known.make(std::move(sequence)), Lock::access_exclusive);
}

void alter_sequence(Context& context, const PgQuery__AlterSeqStmt& alter) {
  Relation& sequence = context.known.relation(context.names.qualified(alter.sequence));
  sequence.kind = Relation::Kind::sequence;
  const auto has = [&](std::string_view option) {
    return option_of(alter.n_options, alter.options, option) != nullptr;
  };
  const bool owned = alter.n_options == 1 && has("owned_by");
  context.lock(sequence, Lock::share_row_exclusive, {.rewrites = !owned});
  context.report("LK121", sequence);
  if (has("restart") || has("cycle")) context.report("DS113", sequence);
  if (has("as")) context.note("alter sequence type " + shown(sequence.name));
}

void lock_tables(Context& context, const PgQuery__LockStmt& statement) {
  constexpr int kAccessExclusive = 8;  // as the server numbers lock modes, from 1
  const auto mode = static_cast<Lock>(static_cast<int>(Lock::none) + statement.mode);
  for (std::size_t i = 0; i < statement.n_relations; ++i) {
    Relation& table = context.known.relation(context.names.qualified(statement.relations[i]));
    context.lock_all(table, mode);
    if (statement.mode == kAccessExclusive && !statement.nowait) context.report("LK125", table);
  }
}

std::set<QName> tables_of(Context& context, std::size_t count, PgQuery__Node* const* objects) {
  std::set<QName> tables;
  for (std::size_t i = 0; i < count; ++i)
    if (const auto* object = as<PgQuery__PublicationObjSpec>(objects[i]);
        object != nullptr && object->pubtable != nullptr)
      tables.insert(context.names.qualified(object->pubtable->relation));
  return tables;
}

// What is published needs something to tell its rows by.
void publish(Context& context, const std::set<QName>& tables) {
  for (const QName& name : tables) {
    const Relation& table = context.known.relation(name);
    context.lock(table, Lock::share_update_exclusive);
    if (table.whole && table.key() == nullptr && !table.full_identity)
      context.report("PF109", shown(name));
  }
}

void create_publication(Context& context, const PgQuery__CreatePublicationStmt& create) {
  const std::set<QName> tables = tables_of(context, create.n_pubobjects, create.pubobjects);
  publish(context, tables);
  Publication& publication = context.known.publication(create.pubname);
  publication.all_tables = create.for_all_tables;
  publication.tables = tables;
}

void alter_publication(Context& context, const PgQuery__AlterPublicationStmt& alter) {
  Publication& publication = context.known.publication(alter.pubname);
  const std::set<QName> tables = tables_of(context, alter.n_pubobjects, alter.pubobjects);
  switch (alter.action) {
    case PG_QUERY__ALTER_PUBLICATION_ACTION__AP_AddObjects:
      publish(context, tables);
      publication.tables.insert(tables.begin(), tables.end());
      break;
    case PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects:
      for (const QName& name : tables) {
        context.lock(context.known.relation(name), Lock::share_update_exclusive);
        publication.tables.erase(name);
      }
      break;
    default:
      if (alter.n_pubobjects == 0) return;
      for (const QName& name : publication.tables)
        context.lock(context.known.relation(name), Lock::share_update_exclusive);
      context.report("DS118", alter.pubname);
      publish(context, tables);
      publication.tables = tables;
  }
}

void create_statistics(Context& context, const PgQuery__CreateStatsStmt& create) {
  for (std::size_t i = 0; i < create.n_relations; ++i) {
    Relation& table = context.known.relation(context.names.qualified(create.relations[i]));
    context.lock(table, Lock::share_update_exclusive);
    context.report("LK128", table);
    for (std::size_t k = 0; k < create.n_exprs; ++k)
      if (const auto* element = as<PgQuery__StatsElem>(create.exprs[k]);
          element != nullptr && element->name[0] != '\0')
        table.statistics_columns.insert(element->name);
  }
}

void comment(Context& context, const PgQuery__CommentStmt& comment) {
  if (is_unqualified(comment.object)) context.report("SEC111", "COMMENT");
  QName name = context.names.qualified(comment.object);
  if (const auto* list = as<PgQuery__List>(comment.object);
      list != nullptr && comment.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN &&
      list->n_items > 1)
    name = context.names.qualified(list->n_items - 1, list->items);
  context.note("comment " + shown(name));
  if (Relation* relation = context.known.find(name)) {
    relation->described = true;
    if (relation->is_table()) context.lock(*relation, Lock::share_update_exclusive);
  }
}

// A call of setval moves a sequence, and perhaps back.
void call(Context& context, const PgQuery__SelectStmt& select) {
  for (std::size_t i = 0; i < select.n_target_list; ++i) {
    const auto* target = as<PgQuery__ResTarget>(select.target_list[i]);
    const auto* function = target == nullptr ? nullptr : as<PgQuery__FuncCall>(target->val);
    if (function == nullptr || function->n_args < 2) continue;
    const QName name = context.names.qualified(function->n_funcname, function->funcname);
    if (name.name.text != "setval") continue;
    // A value that is computed from the one before it, or from the rows, moves forward.
    if (as<PgQuery__AConst>(function->args[1]) != nullptr)
      context.report("DS113", constant(function->args[0]));
  }
}

bool judge_server(Context& context, const Message* statement) {
  if (const auto* drop = as<PgQuery__DropdbStmt>(statement)) {
    context.needs_no_transaction("DROP DATABASE");
    context.report("DS112", drop->dbname);
  } else if (as<PgQuery__CreatedbStmt>(statement) != nullptr) {
    context.needs_no_transaction("CREATE DATABASE");
  } else if (as<PgQuery__AlterSystemStmt>(statement) != nullptr) {
    context.needs_no_transaction("ALTER SYSTEM");
  } else if (as<PgQuery__CreateTableSpaceStmt>(statement) != nullptr) {
    context.needs_no_transaction("CREATE TABLESPACE");
  } else if (const auto* space = as<PgQuery__DropTableSpaceStmt>(statement)) {
    context.needs_no_transaction("DROP TABLESPACE");
    context.report("DS112", space->tablespacename);
  } else if (const auto* subscription = as<PgQuery__CreateSubscriptionStmt>(statement)) {
    const auto off = [&](std::string_view name) {
      const auto* option = option_of(subscription->n_options, subscription->options, name);
      return option != nullptr && option_value(*option) == "false";
    };
    if (!off("create_slot") && !off("connect")) context.needs_no_transaction("CREATE SUBSCRIPTION");
  } else if (const auto* gone = as<PgQuery__DropSubscriptionStmt>(statement)) {
    context.report("DS118", gone->subname);
  } else if (as<PgQuery__AlterTableMoveAllStmt>(statement) != nullptr) {
    context.report("RW108", "ALL IN TABLESPACE");
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool judge_other(Context& context, const Message* statement) {
  if (const auto* sequence = as<PgQuery__CreateSeqStmt>(statement))
    create_sequence(context, *sequence);
  else if (const auto* changed = as<PgQuery__AlterSeqStmt>(statement))
    alter_sequence(context, *changed);
  else if (const auto* lock = as<PgQuery__LockStmt>(statement))
    lock_tables(context, *lock);
  else if (const auto* publication = as<PgQuery__CreatePublicationStmt>(statement))
    create_publication(context, *publication);
  else if (const auto* altered = as<PgQuery__AlterPublicationStmt>(statement))
    alter_publication(context, *altered);
  else if (const auto* statistics = as<PgQuery__CreateStatsStmt>(statement))
    create_statistics(context, *statistics);
  else if (const auto* words = as<PgQuery__CommentStmt>(statement))
    comment(context, *words);
  else if (const auto* select = as<PgQuery__SelectStmt>(statement))
    call(context, *select);
  else
    return judge_server(context, statement);
  return true;
}

}  // namespace schemac::lint
