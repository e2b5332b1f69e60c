#include "compiler/kinds/unique.h"

#include <algorithm>

#include "codegen/postgres/index_marks.h"
#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/primary_key.h"

namespace schemac::postgres {
namespace {

// Inside CREATE TABLE the server keeps only one of several constraints with the same keys.
bool repeats_another(const Typed<Unique>& unique, const Context& plan) {
  for (const Object* sibling : plan.children_after(unique.object->parent)) {
    if (&sibling->kind() == &primary_key_kind &&
        typed<PrimaryKey>(*sibling).columns == unique.columns)
      return true;
    if (&sibling->kind() == &unique_kind && sibling->id < unique.id() &&
        typed<Unique>(*sibling).columns == unique.columns)
      return true;
  }
  return false;
}

Actions create(const Typed<Unique>& unique, const Context& plan) {
  const KeyParts key{.keyword = sql("UNIQUE"),
                     .nulls_not_distinct = unique.nulls_not_distinct,
                     .columns = unique.columns,
                     .without_overlaps = unique.without_overlaps,
                     .include = include_clause(unique.include),
                     .with = with_clause(unique.with),
                     .tablespace = unique.tablespace,
                     .deferrable = deferrable_clause(unique.deferrable, unique.initially_deferred)};
  return add_key(*unique.object, key, !repeats_another(unique, plan), plan);
}

Actions drop(const Typed<Unique>& unique, const Context& plan) {
  return drop_constraint(*unique.object, touch(plan, unique.object->parent, Lock::access_exclusive),
                         Loss::rebuildable);
}

Actions rename(const Typed<Unique>& was, const Typed<Unique>& now, const Context& plan) {
  return rename_constraint(*was.object, *now.object, plan);
}

// The server alters no index of a partitioned table.
std::optional<Actions> set_storage(const Typed<Unique>& was, const Typed<Unique>& now,
                                   const Context& plan) {
  if (is_partitioned(plan, now.object->parent)) return std::nullopt;
  return set_parameters(alter_own_index(*now.object), was.with, now.with,
                        touch(plan, now.id(), Lock::share_update_exclusive));
}

std::optional<Actions> set_tablespace(const Typed<Unique>&, const Typed<Unique>& now,
                                      const Context& plan) {
  Actions actions =
      set_index_tablespace(alter_own_index(*now.object), now.id(), now.tablespace, plan);
  append(actions, move_below(plan, *now.object));
  return actions;
}

bool is_included(const Object& key, const ObjectId& column) {
  const std::vector<Ident> included = typed<Unique>(key).include;
  return std::any_of(included.begin(), included.end(),
                     [&](const Ident& name) { return name.text == column.name(); });
}

constexpr FieldRule kFields[] = {
    replaces("nulls_not_distinct"),
    replaces("columns"),
    replaces("include"),
    replaces("deferrable"),
    replaces("initially_deferred"),
    alters<set_storage>("with"),
    alters<set_tablespace>("tablespace"),
    kReplicaMark,
    kClusterMark,
    kIndexComment,
    replaces("without_overlaps"),
};
static_assert(covers(unique_kind, kFields),
              "every field of a unique constraint needs a rule, in their order");

}  // namespace

extern constexpr KindRules unique_rules{.create = create_marked<create>,
                                        .drop = drop_marked<drop>,
                                        .rename = on_both<rename>,
                                        .remade_with = is_included,
                                        .address = constraint_address,
                                        .fields = kFields};

}  // namespace schemac::postgres
