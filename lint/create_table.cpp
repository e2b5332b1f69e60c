// CREATE TABLE in all its forms.

#include <algorithm>

#include "lint/table_parts.h"

namespace schemac::lint {
namespace {

constexpr std::string_view kRegretted[] = {"character", "timestamp without time zone", "money"};
constexpr std::string_view kNarrowKeys[] = {"integer", "smallint"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_built_in(const Column& column, std::span<const std::string_view> names) {
  return column.type && column.type->name.schema.empty() &&
         is_one_of(column.type->name.name.text, names);
}

constexpr std::uint32_t kLikeConstraints = 1U << 2;
constexpr std::uint32_t kLikeIndexes = 1U << 6;

void copy_like(Context& context, Relation& table, const PgQuery__TableLikeClause& like) {
  const Relation* source = context.known.peek(context.names.qualified(like.relation));
  if (source == nullptr) {
    table.whole = false;
    return;
  }
  context.lock(*source, Lock::access_share);
  for (Column column : source->columns) {
    column.made_in = context.migration;
    column.has_default = column.has_default && !column.identity;
    table.columns.push_back(std::move(column));
  }
  for (const Constraint& constraint : source->constraints) {
    const bool check = constraint.kind == Constraint::Kind::check;
    const bool key = constraint.kind != Constraint::Kind::foreign_key && !check;
    if ((check && (like.options & kLikeConstraints) != 0) ||
        (key && (like.options & kLikeIndexes) != 0))
      add_constraint(context.known, table, constraint);
  }
  table.whole = table.whole && source->whole;
}

void add_column(Context& context, Relation& table, const PgQuery__ColumnDef& node) {
  ColumnParts parts = read_column(context, table, node);
  const std::string name = shown(table.name) + "." + parts.column.name;
  if (is_built_in(parts.column, kRegretted)) context.report("PF107", name);
  if (Relation* known = table.column(parts.column.name) ? &table : nullptr; known != nullptr)
    *known->column(parts.column.name) = parts.column;
  else
    table.columns.push_back(parts.column);
  for (Constraint& constraint : parts.constraints)
    add_constraint(context.known, table, std::move(constraint));
}

// Hazards of a constraint that comes with its table: those that reach other tables.
void judge_new_constraint(Context& context, Relation& table, const PgQuery__Constraint& node,
                          const Constraint& constraint) {
  if (constraint.kind == Constraint::Kind::foreign_key) {
    Relation& other = context.known.relation(constraint.other);
    context.lock(other, Lock::share_row_exclusive);
    context.report("LK107", other);
    judge_foreign_key(context, table, constraint, node);
  } else if (constraint.kind == Constraint::Kind::primary_key && constraint.columns.size() == 1) {
    const Column* column = table.column(constraint.columns[0]);
    if (column != nullptr && is_built_in(*column, kNarrowKeys))
      context.report("PF106", shown(table.name) + "." + column->name);
  }
}

void judge_new_constraints(Context& context, Relation& table, const PgQuery__CreateStmt& create) {
  const auto judge = [&](const PgQuery__Constraint* node, const std::string& column) {
    if (node == nullptr) return;
    if (node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN &&
        node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY)
      return;
    Relation unnamed;
    unnamed.name = table.name;
    judge_new_constraint(context, table, *node, read_constraint(context, unnamed, *node, column));
  };
  for (std::size_t i = 0; i < create.n_table_elts; ++i) {
    judge(as<PgQuery__Constraint>(create.table_elts[i]), "");
    if (const auto* column = as<PgQuery__ColumnDef>(create.table_elts[i]))
      for (std::size_t j = 0; j < column->n_constraints; ++j)
        judge(as<PgQuery__Constraint>(column->constraints[j]), column->colname);
  }
}

// What a partition or heir has from its parent.
void inherit(Context& context, Relation& table, const PgQuery__CreateStmt& create) {
  for (std::size_t i = 0; i < create.n_inh_relations; ++i) {
    const QName name = context.names.qualified(create.inh_relations[i]);
    Relation& parent = context.known.relation(name);
    table.parent = name;
    table.whole = table.whole && parent.whole;
    for (Column column : parent.columns) {
      column.made_in = context.migration;
      table.columns.push_back(std::move(column));
    }
    for (const Constraint& constraint : parent.constraints)
      if (table.partition || constraint.kind == Constraint::Kind::check)
        table.constraints.push_back(constraint);
    if (table.partition) {
      for (Index index : parent.indexes) {
        index.name.clear();
        table.indexes.push_back(std::move(index));
      }
    } else {
      context.lock(parent, Lock::share_update_exclusive);
    }
  }
}

void judge_partition_of(Context& context, Relation& table, const PgQuery__CreateStmt& create) {
  Relation& parent = context.known.relation(*table.parent);
  parent.kind = Relation::Kind::partitioned_table;
  context.lock(parent, Lock::access_exclusive);
  context.report("LK115", parent);
  if (create.partbound->is_default) {
    parent.default_partition = table.name;
    return;
  }
  judge_default_partition(context, parent, create.partbound);
  for (const Constraint& constraint : parent.constraints)
    if (constraint.kind == Constraint::Kind::foreign_key)
      context.lock(context.known.relation(constraint.other), Lock::share_row_exclusive);
}

void create_table(Context& context, const PgQuery__CreateStmt& create) {
  Relation table;
  table.name = context.names.qualified(create.relation);
  if (create.if_not_exists) {
    context.report("DD116", shown(table.name));
    context.conditional.insert(shown(table.name));
    if (context.known.peek(table.name) != nullptr) return;
  }
  table.whole = true;
  table.made_in = context.migration;
  table.partition = create.partbound != nullptr;
  table.tablespace = create.tablespacename;
  table.unlogged = create.relation->relpersistence[0] == 'u';
  if (table.unlogged) context.report("DS114", shown(table.name));
  inherit(context, table, create);
  for (std::size_t i = 0; i < create.n_table_elts; ++i) {
    if (const auto* column = as<PgQuery__ColumnDef>(create.table_elts[i]))
      add_column(context, table, *column);
    else if (const auto* like = as<PgQuery__TableLikeClause>(create.table_elts[i]))
      copy_like(context, table, *like);
    else if (const auto* constraint = as<PgQuery__Constraint>(create.table_elts[i]))
      add_constraint(context.known, table, read_constraint(context, table, *constraint, ""));
  }
  if (create.partspec != nullptr) {
    table.kind = Relation::Kind::partitioned_table;
    for (std::size_t i = 0; i < create.partspec->n_part_params; ++i)
      if (const auto* key = as<PgQuery__PartitionElem>(create.partspec->part_params[i]))
        table.partition_keys.emplace_back(key->name);
  }
  Relation& made = context.known.make(std::move(table));
  context.lock(made, Lock::access_exclusive);
  if (made.partition) judge_partition_of(context, made, create);
  judge_new_constraints(context, made, create);
  context.note("create table " + shown(made.name));
}

void create_table_as(Context& context, const PgQuery__CreateTableAsStmt& create) {
  Relation table;
  table.name = context.names.qualified(create.into->rel);
  if (create.if_not_exists) {
    context.report("DD116", shown(table.name));
    if (context.known.peek(table.name) != nullptr) return;
  }
  table.made_in = context.migration;
  const Named named = named_in(create.query, context.names);
  for (const QName& name : named.relations)
    if (const Relation* read = context.known.peek(name))
      context.lock(*read, Lock::access_share, {.scans = true});
  if (create.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW) {
    table.kind = Relation::Kind::materialized_view;
    table.reads = named.relations;
    table.read_columns = named.columns_of;
    table.output = output_of(create.query, context.known, context.names);
  }
  context.lock(context.known.make(std::move(table)), Lock::access_exclusive);
}

}  // namespace

bool judge_table(Context& context, const Message* statement) {
  if (const auto* create = as<PgQuery__CreateStmt>(statement)) {
    create_table(context, *create);
  } else if (const auto* foreign = as<PgQuery__CreateForeignTableStmt>(statement)) {
    create_table(context, *foreign->base_stmt);
    context.known.relation(context.names.qualified(foreign->base_stmt->relation)).kind =
        Relation::Kind::foreign_table;
  } else if (const auto* as_query = as<PgQuery__CreateTableAsStmt>(statement)) {
    create_table_as(context, *as_query);
  } else if (const auto* alter = as<PgQuery__AlterTableStmt>(statement)) {
    return judge_alter_table(context, *alter);
  } else {
    return false;
  }
  return true;
}

}  // namespace schemac::lint
