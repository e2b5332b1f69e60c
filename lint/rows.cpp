// Statements that change rows.

#include <algorithm>

#include "lint/context.h"

namespace schemac::lint {
namespace {

bool is_true(const PgQuery__Node* condition) {
  return condition == nullptr || constant(condition) == "true";
}

// Whether a condition takes a bounded part of the rows: a comparison with a constant from above, an
// equality, a list, or a query with LIMIT.
bool is_bounded(const PgQuery__Node* condition) {
  return any_node(sqltext::held(condition), [](const Message* node) {
    if (const auto* select = as<PgQuery__SelectStmt>(node)) return select->limit_count != nullptr;
    const auto* comparison = as<PgQuery__AExpr>(node);
    if (comparison == nullptr || comparison->n_name == 0) return false;
    const std::string name = constant(comparison->name[0]);
    return comparison->kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN || name == "<" ||
           name == "<=" || name == "=";
  });
}

// Whether WITH narrows what the statement joins to a batch.
bool has_batch(const PgQuery__WithClause* with) {
  return with != nullptr && any_node(&with->base, [](const Message* node) {
           const auto* select = as<PgQuery__SelectStmt>(node);
           return select != nullptr && select->limit_count != nullptr;
         });
}

// Columns that the statement sets.
std::vector<std::string> targets(const PgQuery__UpdateStmt& update) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < update.n_target_list; ++i)
    if (const auto* target = as<PgQuery__ResTarget>(update.target_list[i]))
      columns.emplace_back(target->name);
  return columns;
}

// Columns that a condition requires to be NULL: what they get replaces nothing.
std::set<std::string> empty_columns(const PgQuery__Node* condition) {
  std::set<std::string> columns;
  any_node(sqltext::held(condition), [&](const Message* node) {
    const auto* test = as<PgQuery__NullTest>(node);
    if (test == nullptr || test->nulltesttype != PG_QUERY__NULL_TEST_TYPE__IS_NULL) return false;
    const auto* column = as<PgQuery__ColumnRef>(test->arg);
    if (column != nullptr) columns.insert(constant(column->fields[column->n_fields - 1]));
    return false;
  });
  return columns;
}

void use_new_values(Context& context, const Message* statement) {
  if (context.transaction.new_values.empty()) return;
  any_node(statement, [&](const Message* node) {
    const auto* value = as<PgQuery__AConst>(node);
    if (value == nullptr || value->val_case != PG_QUERY__A__CONST__VAL_SVAL) return false;
    for (const auto& [type, values] : context.transaction.new_values)
      if (values.contains(value->sval->sval))
        context.report("DD109", std::string(value->sval->sval) + " of " + shown(type));
    return false;
  });
}

void change_rows(Context& context, const Relation& table) {
  context.lock(table, Lock::row_exclusive);
  context.transaction.written.insert(table.name);
}

void long_change(Context& context, const Relation& table) {
  context.lock(table, Lock::row_exclusive, {.scans = true});
}

void update(Context& context, const PgQuery__UpdateStmt& update) {
  const Relation& table = context.known.relation(context.names.qualified(update.relation));
  change_rows(context, table);
  const std::string name = shown(table.name);
  const bool batch = is_bounded(update.where_clause) || has_batch(update.with_clause);
  if (is_true(update.where_clause) && !batch) {
    long_change(context, table);
    context.report("DS109", name, &table);
  } else if (!batch) {
    long_change(context, table);
    context.report("PF105", name, &table);
  }
  const std::set<std::string> empty = empty_columns(update.where_clause);
  const std::vector<std::string> columns = targets(update);
  const bool replaces = std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
    const Column* known = table.column(column);
    return !empty.contains(column) && (known == nullptr || known->made_in != context.migration);
  });
  if (replaces) context.report("IR105", name, &table);
}

void remove(Context& context, const PgQuery__DeleteStmt& remove) {
  const Relation& table = context.known.relation(context.names.qualified(remove.relation));
  change_rows(context, table);
  const bool batch = is_bounded(remove.where_clause) || has_batch(remove.with_clause);
  if (is_true(remove.where_clause) && !batch) {
    long_change(context, table);
    context.report("DS109", table);
  } else if (!batch) {
    long_change(context, table);
    context.report("PF105", table);
  }
  context.report("IR105", table);
}

void truncate(Context& context, const PgQuery__TruncateStmt& truncate) {
  const bool cascades = truncate.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  for (std::size_t i = 0; i < truncate.n_relations; ++i) {
    Relation& table = context.known.relation(context.names.qualified(truncate.relations[i]));
    context.lock_all(table, Lock::access_exclusive, {.rewrites = true});
    context.report("DS107", table);
    if (!cascades) continue;
    std::string others;
    for (const Relation* other : context.known.referring_to(table.name)) {
      context.lock(*other, Lock::access_exclusive, {.rewrites = true});
      others += (others.empty() ? "" : ", ") + shown(other->name);
    }
    context.report("DS108", shown(table.name), &table, others);
  }
}

}  // namespace

bool judge_rows(Context& context, const Message* statement) {
  if (const auto* updating = as<PgQuery__UpdateStmt>(statement)) {
    use_new_values(context, statement);
    update(context, *updating);
  } else if (const auto* removing = as<PgQuery__DeleteStmt>(statement)) {
    use_new_values(context, statement);
    remove(context, *removing);
  } else if (const auto* insert = as<PgQuery__InsertStmt>(statement)) {
    use_new_values(context, statement);
    change_rows(context, context.known.relation(context.names.qualified(insert->relation)));
  } else if (const auto* merge = as<PgQuery__MergeStmt>(statement)) {
    change_rows(context, context.known.relation(context.names.qualified(merge->relation)));
  } else if (const auto* emptying = as<PgQuery__TruncateStmt>(statement)) {
    truncate(context, *emptying);
  } else if (const auto* copy = as<PgQuery__CopyStmt>(statement)) {
    if (copy->is_from && copy->relation != nullptr)
      change_rows(context, context.known.relation(context.names.qualified(copy->relation)));
  } else {
    return false;
  }
  return true;
}

}  // namespace schemac::lint
