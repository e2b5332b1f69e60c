#include "codegen/postgres/index_marks.h"

#include <algorithm>

#include "codegen/postgres/parts.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/materialized_view.h"
#include "compiler/kinds/primary_key.h"
#include "compiler/kinds/table.h"
#include "compiler/kinds/unique.h"

namespace schemac::postgres {
namespace {

bool has_field(const KindInfo& kind, std::string_view name) {
  return std::any_of(kind.fields.begin(), kind.fields.end(),
                     [&](const FieldInfo& field) { return field.name == name; });
}

bool marked(const Object& index, std::string_view mark) {
  return has_field(index.kind(), mark) && !index.value(mark).absent();
}

bool any_marked(const Context& plan, const ObjectId& relation, std::string_view mark) {
  const auto& children = plan.children_after(relation);
  return std::any_of(children.begin(), children.end(),
                     [&](const Object* child) { return marked(*child, mark); });
}

// What the server compares of two indexes to tell whether one can be the other's part: neither
// directions nor parameters. Nothing of those that it never takes for a part.
std::optional<Index> compared(const Object& object) {
  Index index;
  const auto constrains = [&](const auto& constraint) {
    index.unique = true;
    index.include = constraint.include;
    for (const Ident& column : constraint.columns) index.keys.emplace_back().column = column;
  };
  if (&object.kind() == &primary_key_kind) {
    constrains(typed<PrimaryKey>(object));
  } else if (&object.kind() == &unique_kind) {
    constrains(typed<Unique>(object));
    index.nulls_not_distinct = typed<Unique>(object).nulls_not_distinct;
  } else if (&object.kind() == &index_kind) {
    index = typed<Index>(object);
    // Storage and marks are not asked for.
    index.with.clear();
    index.tablespace.reset();
    index.replica_identity = index.cluster = false;
    for (IndexKey& key : index.keys) {
      key.descending = false;
      key.nulls.clear();
      key.statistics.reset();
    }
  } else {
    return {};
  }
  return index;
}

Sql alter_relation(const ObjectId& relation) {
  const bool view = &relation.kind() == &materialized_view_kind;
  return sql(view ? sql("ALTER MATERIALIZED VIEW ") : sql("ALTER TABLE "), qname(relation));
}

Action identify(const Object& index, const Context& plan) {
  return statement(sql(alter_relation(index.parent), " REPLICA IDENTITY USING INDEX ",
                       Ident(std::string(index.id.name()))),
                   touch_only(plan, index.parent, Lock::access_exclusive));
}

Action cluster(const Object& index, const Context& plan) {
  return statement(
      sql(alter_relation(index.parent), " CLUSTER ON ", Ident(std::string(index.id.name()))),
      touch_only(plan, index.parent, Lock::share_update_exclusive));
}

Action comment_on(const Object& constraint, const Context& plan) {
  const std::string* text = constraint.value("index_comment").text();
  return statement(sql("COMMENT ON INDEX ",
                       QName{Ident(std::string(constraint.id.path()[0])),
                             Ident(std::string(constraint.id.name()))},
                       " IS ", text == nullptr ? sql("NULL") : sql(Literal{*text})),
                   touch_only(plan, constraint.parent, Lock::share_update_exclusive));
}

}  // namespace

bool has_replica_index(const Context& plan, const ObjectId& table) {
  return any_marked(plan, table, "replica_identity");
}

void wait_for_indexes_above(const Object& index, const Context& plan, Action& create) {
  const Object* table = plan.after(index.parent);
  while (table != nullptr && &table->kind() == &table_kind && typed<Table>(*table).partition_of) {
    table = plan.after(relation_id(table_kind, *typed<Table>(*table).partition_of));
    if (table == nullptr) return;
    for (const Object* child : plan.children_after(table->id))
      if (const auto wanted = compared(*child); wanted && wanted == compared(index))
        create.after.push_back(child->id);
  }
}

bool is_clustered(const Context& plan, const ObjectId& table) {
  return any_marked(plan, table, "cluster");
}

Actions mark_created(const Object& index, const Context& plan) {
  Actions actions;
  if (marked(index, "replica_identity")) actions.push_back(identify(index, plan));
  if (marked(index, "cluster")) actions.push_back(cluster(index, plan));
  if (marked(index, "index_comment")) actions.push_back(comment_on(index, plan));
  return actions;
}

Actions unmark_dropped(const Object& index, const Context& plan) {
  const Object* table = plan.after(index.parent);
  const bool takes_over = table == nullptr || has_replica_index(plan, index.parent);
  if (!marked(index, "replica_identity") || takes_over) return {};
  Sql which = sql("DEFAULT");
  if (&table->kind() == &table_kind)
    if (const std::string* word = table->value("replica_identity").text()) which = sql(Word{*word});
  return {statement(sql(alter_relation(index.parent), " REPLICA IDENTITY ", which),
                    touch_only(plan, index.parent, Lock::access_exclusive))};
}

std::optional<Actions> set_replica_mark(const Object& was, const Object& now, const Context& plan) {
  if (marked(now, "replica_identity")) return Actions{identify(now, plan)};
  return unmark_dropped(was, plan);
}

std::optional<Actions> set_cluster_mark(const Object&, const Object& now, const Context& plan) {
  if (marked(now, "cluster")) return Actions{cluster(now, plan)};
  if (is_clustered(plan, now.parent)) return Actions{};
  return Actions{statement(sql(alter_relation(now.parent), " SET WITHOUT CLUSTER"),
                           touch_only(plan, now.parent, Lock::share_update_exclusive))};
}

std::optional<Actions> set_index_comment(const Object&, const Object& now, const Context& plan) {
  return Actions{comment_on(now, plan)};
}

}  // namespace schemac::postgres
