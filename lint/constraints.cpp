// Constraints that come, go and are validated.

#include <algorithm>

#include "lint/table_parts.h"

namespace schemac::lint {
namespace {

std::string shown(const Relation& table, const std::string& part) {
  return part + " on " + lint::shown(table.name);
}

bool is_proven(const Relation& table, const std::string& column,
               const std::set<std::string>& dropped) {
  return std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& c) {
    return c.valid && !dropped.contains(c.name) &&
           std::find(c.proves.begin(), c.proves.end(), column) != c.proves.end();
  });
}

// Whether a column is known to hold no NULL, so that nothing need be read.
bool holds_no_null(Context& context, const Relation& table, const std::string& name,
                   const std::set<std::string>& dropped) {
  const Column* column = table.column(name);
  return (column != nullptr && column->required) ||
         (context.has_version(12) && is_proven(table, name, dropped));
}

// Whether this migration added all columns that a constraint is about: no program writes them yet,
// and no old row has a value there that could break it.
bool is_of_new_columns(Context& context, const Relation& table, const Constraint& constraint) {
  return !constraint.columns.empty() &&
         std::all_of(constraint.columns.begin(), constraint.columns.end(),
                     [&](const std::string& name) {
                       const Column* column = table.column(name);
                       return column != nullptr && column->made_in == context.migration;
                     });
}

void add_check(Context& context, Relation& table, const Constraint& check) {
  const std::string name = shown(table, check.name);
  if (check.valid) {
    context.report("SC102", name, &table);
    context.lock_all(table, Lock::access_exclusive, {.scans = true});
  } else {
    context.lock_all(table, Lock::access_exclusive);
    if (!is_of_new_columns(context, table, check)) context.report("BC106", name, &table);
  }
  if (!is_of_new_columns(context, table, check)) context.report("BC118", name, &table);
}

// Whether each partition has the key already, valid: then nothing is read.
bool partitions_have(Context& context, Relation& table, const Constraint& key) {
  const std::vector<Relation*> all = context.known.with_children(table);
  return all.size() > 1 && std::all_of(all.begin() + 1, all.end(), [&](const Relation* each) {
           return each->kind == Relation::Kind::partitioned_table ||
                  std::any_of(each->constraints.begin(), each->constraints.end(),
                              [&](const Constraint& own) {
                                return own.kind == key.kind && own.valid &&
                                       own.columns == key.columns && own.other == key.other;
                              });
         });
}

void add_foreign_key(Context& context, Relation& table, const Constraint& key,
                     const PgQuery__Constraint& node) {
  const std::string name = shown(table, key.name);
  Relation& other = context.known.relation(key.other);
  const bool partitioned = table.kind == Relation::Kind::partitioned_table;
  const bool prepared = partitioned && partitions_have(context, table, key);
  // An empty table is read in no time, and so is what it refers to.
  const bool scans = key.valid && !prepared && !context.is_new(table);
  const Lock lock = Lock::share_row_exclusive;
  context.lock_all(table, lock, {.scans = scans});
  context.lock(other, prepared ? Lock::access_exclusive : lock, {.scans = scans});
  if (scans)
    context.report(partitioned ? "SC115" : "SC104", name, &table);
  else if (!key.valid && partitioned && !context.has_version(18))
    context.report("DD114", name, nullptr, "NOT VALID needs PostgreSQL 18 on a partitioned table");
  else
    context.report("LK107", other);
  if (!is_of_new_columns(context, table, key)) context.report("BC118", name, &table);
  judge_foreign_key(context, table, key, node);
}

void add_index_constraint(Context& context, Relation& table, const Constraint& key) {
  const std::string name = shown(table, key.name);
  if (table.kind == Relation::Kind::partitioned_table && !table.partition_keys.empty() &&
      !std::all_of(
          table.partition_keys.begin(), table.partition_keys.end(), [&](const std::string& part) {
            return std::find(key.columns.begin(), key.columns.end(), part) != key.columns.end();
          }))
    context.report("DD110", name);
  const bool exclusion = key.kind == Constraint::Kind::exclusion;
  const bool prepared = !exclusion && partitions_have(context, table, key);
  Work work{.builds = !prepared};
  if (key.kind == Constraint::Kind::primary_key)
    for (const std::string& column : key.columns)
      work.scans = work.scans || (!prepared && !holds_no_null(context, table, column, {}));
  for (const Relation* each : context.known.with_children(table)) {
    const bool parent = each->kind == Relation::Kind::partitioned_table;
    context.lock(*each, each == &table ? Lock::access_exclusive : Lock::share,
                 parent ? Work{} : work);
  }
  if (!prepared) context.report(exclusion ? "SC117" : "SC106", name, &table);
  if (!is_of_new_columns(context, table, key)) context.report("BC118", name, &table);
}

// UNIQUE or PRIMARY KEY by an index that is there.
void use_index(Context& context, Relation& table, Constraint& key,
               const PgQuery__Constraint& node) {
  const std::string name = shown(table, key.name);
  Index* index = table.index(node.indexname);
  Work work;
  if (index != nullptr) {
    if (index->partial || index->has_expression() || !index->ordered || !index->valid ||
        !index->unique)
      context.report("DD107", name, nullptr, "index " + index->name);
    key.columns = index->keys;
    if (key.kind == Constraint::Kind::primary_key)
      for (const std::string& column : key.columns)
        work.scans = work.scans || !holds_no_null(context, table, column, {});
    if (index->name != key.name)
      context.report("BC109", name, &table, "the index was called " + index->name);
    index->name = key.name;
    context.known.note_index(table.name, key.name);
    index->of_constraint = true;
  }
  context.lock(table, Lock::access_exclusive, work);
  if (work.scans) context.report("SC107", name, &table);
  context.report("BC118", name, &table);
}

}  // namespace

void judge_set_not_null(Context& context, Relation& table, const std::string& column,
                        const std::set<std::string>& dropped) {
  const std::string name = lint::shown(table.name) + "." + column;
  bool scans = false;
  for (Relation* each : context.known.with_children(table)) {
    const bool reads = each->kind != Relation::Kind::partitioned_table &&
                       !holds_no_null(context, *each, column, dropped) &&
                       !is_proven(table, column, dropped);
    context.lock(*each, Lock::access_exclusive, {.scans = reads});
    scans = scans || reads;
    if (Column* below = each->column(column))
      below->required = true;
    else
      each->columns.push_back({.name = column, .type = {}, .required = true});
  }
  const bool waits =
      std::any_of(table.constraints.begin(), table.constraints.end(), [&](const Constraint& c) {
        return c.kind == Constraint::Kind::not_null && !c.valid && c.columns.front() == column;
      });
  if (scans)
    context.report(waits                          ? "SC116"
                   : is_proven(table, column, {}) ? "SC113"
                                                  : "SC101",
                   name, &table);
  const Column* known = table.column(column);
  if (known == nullptr || !known->has_default) context.report("BC105", name, &table);
}

void judge_add_constraint(Context& context, Relation& table, const PgQuery__AlterTableCmd& action) {
  const auto* node = as<PgQuery__Constraint>(action.def);
  if (node == nullptr) return;
  Constraint constraint = read_constraint(context, table, *node, "");
  if (node->indexname[0] != '\0') {
    if (node->conname[0] == '\0') constraint.name = node->indexname;
    use_index(context, table, constraint, *node);
  } else if (constraint.kind == Constraint::Kind::check) {
    add_check(context, table, constraint);
  } else if (constraint.kind == Constraint::Kind::foreign_key) {
    add_foreign_key(context, table, constraint, *node);
  } else if (constraint.kind != Constraint::Kind::not_null) {
    add_index_constraint(context, table, constraint);
  }
  if (context.newer == Newer::not_null) constraint.kind = Constraint::Kind::not_null;
  if (!constraint.valid)
    for (const Relation* each : context.known.with_children(table))
      context.transaction.not_valid.insert({each->name, constraint.name});
  context.note("add constraint " + lint::shown(table.name));
  for (Relation* each : context.known.with_children(table))
    add_constraint(context.known, *each, constraint);
}

void judge_drop_constraint(Context& context, Relation& table,
                           const PgQuery__AlterTableCmd& action) {
  const std::string name = shown(table, action.name);
  context.lock_all(table, Lock::access_exclusive);
  if (action.missing_ok) context.report("DD116", name, &table);
  const bool cascades = action.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  const Constraint* known = table.constraint(action.name);
  if (known == nullptr) {
    if (cascades) context.report("DS106", name, &table);
    return;
  }
  const Constraint gone = *known;
  const bool key =
      gone.kind == Constraint::Kind::unique || gone.kind == Constraint::Kind::primary_key;
  if (gone.kind == Constraint::Kind::foreign_key) {
    const Relation& other = context.known.relation(gone.other);
    context.lock(other, Lock::access_exclusive);
    context.report("LK108", other, "by foreign key " + gone.name);
  }
  for (Relation* other : context.known.referring_to(table.name)) {
    const auto refers = [&](const Constraint& c) {
      return c.other == table.name && key && c.other_columns == gone.columns;
    };
    if (std::none_of(other->constraints.begin(), other->constraints.end(), refers)) continue;
    if (!cascades) {
      context.report("DD113", name, nullptr, "a foreign key of " + lint::shown(other->name));
      continue;
    }
    context.lock(*other, Lock::access_exclusive);
    std::erase_if(other->constraints, refers);
  }
  if (cascades) context.report("DS106", name, &table);
  for (Relation* each : context.known.with_children(table)) drop_constraint(*each, gone.name);
  if (key) {
    const bool replaced =
        std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
          return index.unique && !index.partial && index.keys == gone.columns;
        });
    if (!replaced) context.report("BC110", name, &table);
  }
  if (gone.kind == Constraint::Kind::primary_key && context.known.published(table.name) &&
      !table.full_identity)
    context.report("PF109", table);
}

void judge_validate(Context& context, Relation& table, const PgQuery__AlterTableCmd& action) {
  const std::string name = shown(table, action.name);
  Constraint* constraint = table.constraint(action.name);
  if (context.transaction.not_valid.contains({table.name, action.name})) {
    context.report("SC112", name, &table);
    // The lock that the other statement took is held while all rows are read.
    const Lock held = constraint != nullptr && constraint->kind == Constraint::Kind::foreign_key
                          ? Lock::share_row_exclusive
                          : Lock::access_exclusive;
    context.lock_all(table, held, {.scans = true});
  }
  context.lock_all(table, Lock::share_update_exclusive, {.scans = true});
  if (context.session.statement_timeout) context.report("LK103", name, &table);
  context.report("LK128", table);
  if (constraint == nullptr) return;
  if (constraint->kind == Constraint::Kind::foreign_key)
    context.lock(context.known.relation(constraint->other), Lock::row_share, {.scans = true});
  for (Relation* each : context.known.with_children(table))
    if (Constraint* below = each->constraint(action.name)) below->valid = true;
}

}  // namespace schemac::lint
