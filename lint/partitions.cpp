// Partitions that come and go.

#include "lint/table_parts.h"

namespace schemac::lint {

void judge_default_partition(Context& context, const Relation& table,
                             const PgQuery__PartitionBoundSpec* bounds) {
  if (!table.default_partition) return;
  const Relation& rest = context.known.relation(*table.default_partition);
  const bool excluded = implies_bounds(rest, table.partition_keys, bounds, true);
  context.lock(rest, Lock::access_exclusive, {.scans = !excluded});
  if (!excluded) context.report("SC110", rest);
}

void judge_attach(Context& context, Relation& table, const PgQuery__PartitionCmd& action) {
  table.kind = Relation::Kind::partitioned_table;
  const QName name = context.names.qualified(action.name);
  Relation& partition = context.known.relation(name);
  context.lock(table,
               context.has_version(12) ? Lock::share_update_exclusive : Lock::access_exclusive);
  const bool is_default = action.bound != nullptr && action.bound->is_default;
  const bool proven = implies_bounds(partition, table.partition_keys, action.bound, false);
  bool lacks_key = false;
  for (const Constraint& constraint : table.constraints) {
    if (constraint.kind != Constraint::Kind::foreign_key) continue;
    const Constraint* own = nullptr;
    for (const Constraint& each : partition.constraints)
      if (each.other == constraint.other && each.columns == constraint.columns && each.valid)
        own = &each;
    const Relation& other = context.known.relation(constraint.other);
    context.lock(other, own == nullptr ? Lock::share_row_exclusive : Lock::access_exclusive,
                 {.scans = own == nullptr && !context.is_new(partition)});
    context.report("LK118", other);
    lacks_key = lacks_key || own == nullptr;
  }
  bool lacks_index = false;
  for (const Index& index : table.indexes) {
    bool found = false;
    for (const Index& own : partition.indexes)
      found = found || (own.keys == index.keys && own.unique == index.unique &&
                        own.partial == index.partial);
    lacks_index = lacks_index || !found;
  }
  // A default partition takes what no other one does: its rows are read as well.
  const bool scans = is_default || !proven;
  context.lock(partition, Lock::access_exclusive,
               {.scans = scans || lacks_key, .builds = lacks_index});
  if (scans)
    context.report("SC109", partition);
  else if (lacks_key)
    context.report("SC109", partition, "it lacks a foreign key of the partitioned table");
  else if (lacks_index)
    context.report("SC109", partition, "it lacks an index of the partitioned table");
  if (is_default)
    table.default_partition = name;
  else
    judge_default_partition(context, table, action.bound);
  partition.parent = table.name;
  partition.partition = true;
  table.children.push_back(name);
}

void judge_detach(Context& context, Relation& table, const PgQuery__PartitionCmd& action) {
  const QName name = context.names.qualified(action.name);
  Relation& partition = context.known.relation(name);
  const bool last_default = table.default_partition == name;
  if (action.concurrent) {
    context.needs_no_transaction("DETACH PARTITION … CONCURRENTLY");
    context.lock(table, Lock::share_update_exclusive);
    context.lock(partition, Lock::share_update_exclusive);
    if (table.default_partition || !context.has_version(14)) context.report("DD114", shown(name));
    if (context.session.lock_timeout || context.session.statement_timeout)
      context.report("LK103", shown(name));
  } else {
    context.lock(table, Lock::access_exclusive);
    context.lock(partition, Lock::access_exclusive);
    context.report("LK116", table);
  }
  partition.parent.reset();
  partition.partition = false;
  std::erase(table.children, name);
  if (last_default) table.default_partition.reset();
}

}  // namespace schemac::lint
