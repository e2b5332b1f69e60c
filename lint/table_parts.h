#pragma once
// Columns and constraints as CREATE TABLE and ALTER TABLE write them.

#include "lint/context.h"

namespace schemac::lint {

// A column with what its own constraints say of it; those that are constraints of the table come
// into `constraints`, and their indexes into `indexes`, under the names that the server gives them.
struct ColumnParts {
  Column column;
  std::vector<Constraint> constraints;
  const PgQuery__Node* default_value = nullptr;
  bool checks = false;
  bool is_unique = false;
};
ColumnParts read_column(Context& context, const Relation& table, const PgQuery__ColumnDef& node);

Constraint read_constraint(Context& context, const Relation& table, const PgQuery__Constraint& node,
                           const std::string& column);

// Adds a constraint to what is known of a table, with the index that comes with it.
void add_constraint(Known& known, Relation& table, Constraint constraint);
// Takes a constraint, and its index, from it.
void drop_constraint(Relation& table, const std::string& name);

// Hazards of a foreign key itself, whatever it costs to add it.
void judge_foreign_key(Context& context, Relation& table, const Constraint& key,
                       const PgQuery__Constraint& node);

// Whether a valid check of `table` speaks of all `keys` and all `bounds`, and NULLs are ruled out.
bool implies_bounds(const Relation& table, const std::vector<std::string>& keys,
                    const PgQuery__PartitionBoundSpec* bounds, bool excludes);

// ALTER TABLE, action by action.
bool judge_alter_table(Context& context, const PgQuery__AlterTableStmt& statement);
void judge_add_column(Context& context, Relation& table, const PgQuery__AlterTableCmd& action);
void judge_drop_column(Context& context, Relation& table, const PgQuery__AlterTableCmd& action);
void judge_column_type(Context& context, Relation& table, const PgQuery__AlterTableCmd& action,
                       const std::set<std::string>& dropped);
void judge_add_constraint(Context& context, Relation& table, const PgQuery__AlterTableCmd& action);
void judge_drop_constraint(Context& context, Relation& table, const PgQuery__AlterTableCmd& action);
void judge_validate(Context& context, Relation& table, const PgQuery__AlterTableCmd& action);
void judge_set_not_null(Context& context, Relation& table, const std::string& column,
                        const std::set<std::string>& dropped);
void judge_attach(Context& context, Relation& table, const PgQuery__PartitionCmd& action);
void judge_detach(Context& context, Relation& table, const PgQuery__PartitionCmd& action);
// Locks the default partition, and reads it for rows of the new bounds.
void judge_default_partition(Context& context, const Relation& table,
                             const PgQuery__PartitionBoundSpec* bounds);

}  // namespace schemac::lint
