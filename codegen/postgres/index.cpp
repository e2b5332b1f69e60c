#include "compiler/kinds/index.h"

#include <algorithm>

#include "codegen/postgres/index_marks.h"
#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/made_names.h"
#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter(const Typed<Index>& index) {
  return sql("ALTER INDEX ", index.qname());
}

// `CREATE INDEX name ON table (…)`
Sql definition(const Typed<Index>& index, const Sql& name, const Sql& table) {
  const Object& object = *index.object;
  std::vector<Sql> keys;
  for (const IndexKey& key : index.keys) keys.push_back(index_key(key, object));
  Sql head = index.unique ? sql("CREATE UNIQUE INDEX ") : sql("CREATE INDEX ");
  head.add(sql(name, " ON ", table));
  if (index.method.text != "btree") head.add(sql(" USING ", index.method));
  head.add(sql(" (", join(keys, ", "), ")", include_clause(index.include)));
  if (index.nulls_not_distinct) head.add(" NULLS NOT DISTINCT");
  head.add(with_clause(index.with));
  if (index.tablespace) head.add(sql(" TABLESPACE ", *index.tablespace));
  if (index.where) head.add(sql(" WHERE ", parenthesised(*index.where, object)));
  return head;
}

Sql definition(const Typed<Index>& index, const Sql& name) {
  return definition(index, name, sql(qname(index.object->parent)));
}

// -- On partitioned tables -----------------------------------------------------------------------

// Whether the partition takes part in the plan with nothing but the index, so that its own can be
// built before it joins.
bool only_gets(const Typed<Index>& index, const ObjectId& partition, const Context& plan) {
  const Object *was = plan.before(partition), *now = plan.after(partition);
  if (was == nullptr || now == nullptr || plan.makes(partition) || typed<Table>(*now).foreign ||
      was->value("partition_of") != now->value("partition_of") ||
      was->value("partition_of").absent())
    return false;
  const auto own = plan.children_after(partition);
  return std::none_of(own.begin(), own.end(), [&](const Object* child) {
    return &child->kind() == &index_kind && counterpart(plan, Side::after, *child) == index.object;
  });
}

// Whether the index is built partition by partition, since the server builds no index of a
// partitioned table concurrently.
bool is_built_by_partitions(const Typed<Index>& index, const Context& plan) {
  const ObjectId& table = index.object->parent;
  const std::vector<ObjectId> below = tables_below(plan, table);
  return plan.online(table) && is_partitioned(plan, table) && !below.empty() &&
         !plan.replaces(index.id()) &&
         std::all_of(below.begin(), below.end(),
                     [&](const ObjectId& partition) { return only_gets(index, partition, plan); });
}

constexpr std::string_view kIncomplete =
    "If it stops, no query uses the index; the next run goes on with the partitions that are left.";

// The index of a partitioned table itself, and those of its partitions, which join it one by one:
// it counts once all have.
void build_below(const Typed<Index>& index, const ObjectId& table, const Ident& name,
                 const Context& plan, Actions& actions) {
  actions.push_back(statement(definition(index, sql(name), sql("ONLY ", qname(table))),
                              touch_only(plan, table, Lock::share)));
  for (const ObjectId& partition : tables_right_below(plan, table)) {
    const Ident own(made_name(plan, Side::after, *index.object, partition));
    if (is_partitioned(plan, partition)) {
      build_below(index, partition, own, plan, actions);
    } else {
      actions.push_back(build_concurrently(
          definition(index, sql("CONCURRENTLY ", own), sql(qname(partition))), partition, plan));
      actions.back().if_stopped = kIncomplete;
    }
    actions.push_back(statement(sql("ALTER INDEX ", QName{qname(table).schema, name},
                                    " ATTACH PARTITION ", QName{qname(partition).schema, own}),
                                touch_only(plan, partition, Lock::access_share)));
  }
}

// -- Create and drop -----------------------------------------------------------------------------

// One that replaces another is built while that still serves.
Actions create(const Typed<Index>& index, const Context& plan) {
  const ObjectId& relation = index.object->parent;
  Actions actions;
  if (is_built_by_partitions(index, plan)) {
    build_below(index, relation, index.name(), plan, actions);
  } else if (!is_indexed_online(plan, relation)) {
    actions.push_back(statement(definition(index, sql(index.name())),
                                touch(plan, relation, Lock::share, false, true)));
  } else {
    const Ident name = build_name(*index.object, plan);
    actions.push_back(
        build_concurrently(definition(index, sql("CONCURRENTLY ", name)), relation, plan));
    if (name != index.name()) {
      actions.front().ahead = true;
      actions.push_back(statement(
          sql("ALTER INDEX ", QName{index.qname().schema, name}, " RENAME TO ", index.name()),
          touch_only(plan, index.id(), Lock::share_update_exclusive)));
    }
  }
  append(actions, set_key_statistics(alter(index), index.id(), {}, index.keys, plan));
  return actions;
}

Actions drop(const Typed<Index>& index, const Context& plan) {
  if (is_indexed_online(plan, index.object->parent))
    return {drop_concurrently(sql(index.qname()), index.id(), index.object->parent, plan)};
  std::vector<Touch> touches = touch(plan, index.object->parent, Lock::access_exclusive);
  touches.push_back({index.id(), Lock::access_exclusive, false, false});
  return {statement(sql("DROP INDEX ", index.qname()), std::move(touches), Loss::rebuildable)};
}

Actions rename(const Typed<Index>& was, const Typed<Index>& now, const Context& plan) {
  return {statement(
      sql("ALTER INDEX ", QName{now.qname().schema, was.name()}, " RENAME TO ", now.name()),
      touch(plan, now.id(), Lock::share_update_exclusive))};
}

// The server alters none of a partitioned table.
std::optional<Actions> set_storage(const Typed<Index>& was, const Typed<Index>& now,
                                   const Context& plan) {
  if (is_partitioned(plan, now.object->parent)) return std::nullopt;
  return set_parameters(alter(now), was.with, now.with,
                        touch(plan, now.id(), Lock::share_update_exclusive));
}

std::optional<Actions> set_tablespace(const Typed<Index>&, const Typed<Index>& now,
                                      const Context& plan) {
  Actions actions = set_index_tablespace(alter(now), now.id(), now.tablespace, plan);
  append(actions, move_below(plan, *now.object));
  return actions;
}

// What a failed concurrent build left behind is built again; nobody asks for the way back.
std::optional<Actions> revive(const Typed<Index>&, const Typed<Index>& now, const Context& plan) {
  if (now.invalid) return Actions{};
  std::vector<Touch> touches = touch(plan, now.object->parent, Lock::share, false, true);
  touches.push_back({now.id(), Lock::access_exclusive, true, false});
  return Actions{statement(sql("REINDEX INDEX ", now.qname()), std::move(touches))};
}

std::optional<Actions> set_keys(const Typed<Index>& was, const Typed<Index>& now,
                                const Context& plan) {
  if (!same_but_statistics(was.keys, now.keys)) return std::nullopt;
  Actions actions = set_key_statistics(alter(now), now.id(), was.keys, now.keys, plan);
  append(actions, restore_statistics_below(plan, *now.object));
  return actions;
}

Sql address(const Object& index) {
  return sql("INDEX ", qname(index.id));
}

constexpr FieldRule kFields[] = {
    replaces("unique"),
    replaces("method"),
    alters<set_keys>("keys"),
    replaces("include"),
    replaces("nulls_not_distinct"),
    alters<set_storage>("with"),
    alters<set_tablespace>("tablespace"),
    replaces("where"),
    kReplicaMark,
    kClusterMark,
    alters<revive>("invalid"),
};
static_assert(covers(index_kind, kFields), "every field of an index needs a rule, in their order");

}  // namespace

extern constexpr KindRules index_rules{.create = create_marked<create>,
                                       .drop = drop_marked<drop>,
                                       .rename = on_both<rename>,
                                       .address = address,
                                       .fields = kFields};

}  // namespace schemac::postgres
