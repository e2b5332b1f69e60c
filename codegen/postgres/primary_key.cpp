#include "compiler/kinds/primary_key.h"

#include <algorithm>

#include "codegen/postgres/index_marks.h"
#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// Tables that the keys of a table come from, and those that they come to.
std::vector<ObjectId> tables_around(const Context& plan, const ObjectId& table) {
  std::vector<ObjectId> tables = tables_below(plan, table);
  std::vector<ObjectId> up{table};
  while (!up.empty()) {
    const Object* at = plan.before(up.back());
    up.pop_back();
    if (at == nullptr || &at->kind() != &table_kind) continue;
    for (const ObjectId& next : above(*at)) {
      tables.push_back(next);
      up.push_back(next);
    }
  }
  return tables;
}

// Whether a table that inherits the column takes NULL there, which the key would end if it could.
bool takes_null_below(const ObjectId& table, const Ident& column, const Context& plan) {
  if (is_partitioned(plan, table)) return false;
  const std::vector<ObjectId> below = tables_below(plan, table);
  return std::any_of(below.begin(), below.end(), [&](const ObjectId& heir) {
    const std::string key = heir.key() + '\0' + column.text;
    if (const Object* own = plan.after(ObjectId::from_key(column_kind, key)))
      return typed<Column>(*own).nullable;
    const Object* said = plan.after(ObjectId::from_key(inherited_column_kind, key));
    return said != nullptr && typed<InheritedColumn>(*said).presence == "null";
  });
}

Actions create(const Typed<PrimaryKey>& key, const Context& plan) {
  Actions actions =
      add_key(*key.object,
              {.keyword = sql("PRIMARY KEY"),
               .nulls_not_distinct = false,
               .columns = key.columns,
               .without_overlaps = key.without_overlaps,
               .include = include_clause(key.include),
               .with = with_clause(key.with),
               .tablespace = key.tablespace,
               .deferrable = deferrable_clause(key.deferrable, key.initially_deferred),
               .alone = std::any_of(key.columns.begin(), key.columns.end(),
                                    [&](const Ident& column) {
                                      return takes_null_below(key.object->parent, column, plan);
                                    })},
              true, plan);
  // A table has one at most, so a former one under another name goes first.
  for (const Object* sibling : plan.children_before(key.object->parent))
    if (&sibling->kind() == &primary_key_kind && sibling->id != key.id())
      actions.back().after.push_back(sibling->id);
  // One that goes from a table above or below is that of this table as well.
  for (const ObjectId& table : tables_around(plan, key.object->parent))
    for (const Object* other : plan.children_before(table))
      if (&other->kind() == &primary_key_kind && plan.after(other->id) == nullptr)
        actions.front().after.push_back(other->id);
  return actions;
}

// Whether it was the key alone that said of a column from further up that it is NOT NULL.
bool held_not_null(const ObjectId& column, const ObjectId& table, const Context& plan) {
  const Object* above = inherited(plan, Side::after, column);
  if (above == nullptr || plan.before(column) != nullptr || plan.after(column) != nullptr)
    return false;
  if (&above->kind() == &column_kind && !typed<Column>(*above).nullable) return false;
  const Object* said = plan.before(ObjectId::from_key(inherited_column_kind, column.key()));
  return !refuses_null(column, table, plan) &&
         (said == nullptr || typed<InheritedColumn>(*said).presence.empty());
}

// The server leaves its columns as they are without it.
Actions drop(const Typed<PrimaryKey>& key, const Context& plan) {
  const ObjectId& table = key.object->parent;
  Actions actions =
      drop_constraint(*key.object, touch(plan, table, Lock::access_exclusive), Loss::rebuildable);
  for (const Ident& column : key.columns)
    if (held_not_null(ObjectId::from_key(column_kind, table.key() + '\0' + column.text), table,
                      plan))
      actions.push_back(
          statement(sql("ALTER TABLE ", qname(table), " ALTER COLUMN ", column, " DROP NOT NULL"),
                    touch(plan, table, Lock::access_exclusive)));
  return actions;
}

Actions rename(const Typed<PrimaryKey>& was, const Typed<PrimaryKey>& now, const Context& plan) {
  return rename_constraint(*was.object, *now.object, plan);
}

// The server alters no index of a partitioned table.
std::optional<Actions> set_storage(const Typed<PrimaryKey>& was, const Typed<PrimaryKey>& now,
                                   const Context& plan) {
  if (is_partitioned(plan, now.object->parent)) return std::nullopt;
  return set_parameters(alter_own_index(*now.object), was.with, now.with,
                        touch(plan, now.id(), Lock::share_update_exclusive));
}

std::optional<Actions> set_tablespace(const Typed<PrimaryKey>&, const Typed<PrimaryKey>& now,
                                      const Context& plan) {
  Actions actions =
      set_index_tablespace(alter_own_index(*now.object), now.id(), now.tablespace, plan);
  append(actions, move_below(plan, *now.object));
  return actions;
}

bool is_included(const Object& key, const ObjectId& column) {
  const std::vector<Ident> included = typed<PrimaryKey>(key).include;
  return std::any_of(included.begin(), included.end(),
                     [&](const Ident& name) { return name.text == column.name(); });
}

constexpr FieldRule kFields[] = {
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
static_assert(covers(primary_key_kind, kFields),
              "every field of a primary key needs a rule, in their order");

}  // namespace

extern constexpr KindRules primary_key_rules{.create = create_marked<create>,
                                             .drop = drop_marked<drop>,
                                             .rename = on_both<rename>,
                                             .remade_with = is_included,
                                             .address = constraint_address,
                                             .fields = kFields};

}  // namespace schemac::postgres
