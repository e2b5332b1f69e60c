#include "compiler/kinds/index.h"

#include "codegen/postgres/index_marks.h"
#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter(const Typed<Index>& index) {
  return sql("ALTER INDEX ", index.qname());
}

// `CREATE INDEX name ON table (…)`
Sql definition(const Typed<Index>& index, const Sql& name) {
  const Object& object = *index.object;
  std::vector<Sql> keys;
  for (const IndexKey& key : index.keys) keys.push_back(index_key(key, object));
  Sql head = index.unique ? sql("CREATE UNIQUE INDEX ") : sql("CREATE INDEX ");
  head.add(sql(name, " ON ", qname(object.parent)));
  if (index.method.text != "btree") head.add(sql(" USING ", index.method));
  head.add(sql(" (", join(keys, ", "), ")", include_clause(index.include)));
  if (index.nulls_not_distinct) head.add(" NULLS NOT DISTINCT");
  head.add(with_clause(index.with));
  if (index.tablespace) head.add(sql(" TABLESPACE ", *index.tablespace));
  if (index.where) head.add(sql(" WHERE ", parenthesised(*index.where, object)));
  return head;
}

// One that replaces another is built while that still serves.
Actions create(const Typed<Index>& index, const Context& plan) {
  const ObjectId& relation = index.object->parent;
  Actions actions;
  if (!is_indexed_online(plan, relation)) {
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
