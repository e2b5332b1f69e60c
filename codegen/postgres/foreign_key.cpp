#include "compiler/kinds/foreign_key.h"

#include <algorithm>

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/type_change.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/enum.h"
#include "compiler/kinds/primary_key.h"
#include "compiler/kinds/table.h"
#include "compiler/kinds/unique.h"

namespace schemac::postgres {
namespace {

Sql action_clause(const Sql& event, const ReferentialAction& action) {
  if (action.action == "no action") return {};
  Sql result = sql(event, Word{action.action});
  if (!action.columns.empty()) result.add(sql(" (", names(action.columns), ")"));
  return result;
}

Sql key_columns(const std::vector<Ident>& columns, bool period) {
  if (!period) return names(columns);
  const std::vector<Ident> others(columns.begin(), columns.end() - 1);
  return sql(names(others), others.empty() ? sql("PERIOD ") : sql(", PERIOD "), columns.back());
}

Sql definition(const Typed<ForeignKey>& key, bool not_valid) {
  Sql result =
      sql("FOREIGN KEY (", key_columns(key.columns, key.period), ") REFERENCES ", key.references);
  if (!key.ref_columns.empty())
    result.add(sql(" (", key_columns(key.ref_columns, key.period), ")"));
  if (key.match != "simple") result.add(sql(" MATCH ", Word{key.match}));
  result.add(action_clause(sql(" ON DELETE "), key.on_delete));
  result.add(action_clause(sql(" ON UPDATE "), key.on_update));
  result.add(deferrable_clause(key.deferrable, key.initially_deferred));
  if (not_valid) result.add(" NOT VALID");
  if (key.not_enforced) result.add(" NOT ENFORCED");
  return result;
}

// The key has triggers on both tables.
std::vector<Touch> both(const Typed<ForeignKey>& key, const Context& plan, Lock lock,
                        Lock other_lock, bool scans) {
  std::vector<Touch> touches = touch(plan, key.object->parent, lock, false, scans);
  const ObjectId other = relation_id(table_kind, key.references);
  if (other != key.object->parent) append(touches, touch_referred(plan, other, other_lock, scans));
  return touches;
}

// The server ties the key to any constraint on the columns that it finds, also to one that is about
// to go.
std::vector<ObjectId> former_keys(const Typed<ForeignKey>& key, const Context& plan) {
  std::vector<ObjectId> gone;
  for (const Object* child : plan.children_before(relation_id(table_kind, key.references))) {
    const bool is_key = &child->kind() == &primary_key_kind || &child->kind() == &unique_kind;
    if (is_key && plan.after(child->id) == nullptr) gone.push_back(child->id);
  }
  return gone;
}

// Servers before this one refuse keys of partitioned tables that are not valid. Those that refer to
// one are added by the plain statement there as well.
constexpr int kPartitionedNotValid = 18;

bool is_added_online(const Typed<ForeignKey>& key, const Context& plan) {
  const ObjectId &table = key.object->parent, other = relation_id(table_kind, key.references);
  const bool partitioned = is_partitioned(plan, table) || is_partitioned(plan, other);
  return is_validated_online(plan, table) &&
         (!partitioned || plan.server_version() >= kPartitionedNotValid);
}

// A table that this plan creates has no rows to look up in the other one.
Actions create(const Typed<ForeignKey>& key, const Context& plan) {
  if (comes_silently(plan, *key.object)) return {};
  const bool scans = !key.not_valid && !key.not_enforced && !plan.makes(key.object->parent);
  const bool online = scans && is_added_online(key, plan);
  Action action = add_constraint(
      *key.object, alter_table(key.id()), definition(key, key.not_valid || online),
      !key.not_valid && !online,
      both(key, plan, Lock::share_row_exclusive, Lock::share_row_exclusive, scans && !online));
  action.after = former_keys(key, plan);
  wait_for_leavers(key.object->parent, plan, action);
  if (const ObjectId other = relation_id(table_kind, key.references); other != key.object->parent)
    wait_for_leavers(other, plan, action);
  if (!online) return {action};
  return {action, validate_apart(*key.object, both(key, plan, Lock::share_update_exclusive,
                                                   Lock::row_share, true))};
}

Actions drop(const Typed<ForeignKey>& key, const Context& plan) {
  if (goes_silently(plan, *key.object)) return {};
  return drop_constraint(*key.object,
                         both(key, plan, Lock::access_exclusive, Lock::access_exclusive, false),
                         Loss::nothing);
}

Actions rename(const Typed<ForeignKey>& was, const Typed<ForeignKey>& now, const Context& plan) {
  Actions actions = rename_constraint(*was.object, *now.object, plan);
  append(actions, rename_inherited_keys(now.id(), plan));
  return actions;
}

std::optional<Actions> set_deferrable(const Typed<ForeignKey>&, const Typed<ForeignKey>& now,
                                      const Context& plan) {
  Sql state = deferrable_clause(now.deferrable, now.initially_deferred);
  if (state.empty()) state = sql(" NOT DEFERRABLE");
  if (now.deferrable && !now.initially_deferred) state.add(" INITIALLY IMMEDIATE");
  return Actions{statement(sql(alter_table(now.id()), "ALTER CONSTRAINT ", now.name(), state),
                           touch(plan, now.object->parent, Lock::access_exclusive))};
}

// A valid key can be validated later, never before.
std::optional<Actions> validate(const Typed<ForeignKey>&, const Typed<ForeignKey>& now,
                                const Context& plan) {
  if (now.not_valid) return std::nullopt;
  return Actions{statement(sql(alter_table(now.id()), "VALIDATE CONSTRAINT ", now.name()),
                           both(now, plan, Lock::share_update_exclusive, Lock::row_share, true))};
}

std::optional<Actions> set_enforced(const Typed<ForeignKey>&, const Typed<ForeignKey>& now,
                                    const Context& plan) {
  return Actions{statement(
      sql(alter_table(now.id()), "ALTER CONSTRAINT ", now.name(),
          now.not_enforced ? sql(" NOT ENFORCED") : sql(" ENFORCED")),
      both(now, plan, Lock::share_row_exclusive, Lock::share_row_exclusive, !now.not_enforced))};
}

constexpr FieldRule kFields[] = {
    replaces("columns"),
    replaces("references"),
    replaces("ref_columns"),
    replaces("match"),
    replaces("on_delete"),
    replaces("on_update"),
    alters<set_deferrable>("deferrable"),
    alters<set_deferrable>("initially_deferred"),
    alters<validate>("not_valid"),
    replaces("period"),
    alters<set_enforced>("not_enforced"),
};
static_assert(covers(foreign_key_kind, kFields),
              "every field of a foreign key needs a rule, in their order");

// Types whose equality the server has for all of their sort at once.
bool is_one_of_many(const TypeRef& type, const Context& plan) {
  const TypeRef base = base_type_before(type, plan).type;
  const std::string& name = base.name.name.text;
  const auto is_made = [&](const KindInfo& kind) {
    return plan.before(ObjectId(kind, {base.name.schema.text, name})) != nullptr;
  };
  return base.dimensions > 0 || name.ends_with("range") || is_made(enum_kind) ||
         is_made(composite_type_kind);
}

// When a column changes its type, the server makes the key anew by itself, and fails to where the
// key compares by `anyenum` or the like: it asks for a cast from the column's type to that.
bool is_made_anew_in_vain(const Object& key, const Context& plan) {
  const std::vector<Ident> columns = typed<ForeignKey>(key).columns;
  const auto& siblings = plan.children_before(key.parent);
  return std::any_of(siblings.begin(), siblings.end(), [&](const Object* sibling) {
    return &sibling->kind() == &column_kind &&
           std::any_of(columns.begin(), columns.end(),
                       [&](const Ident& name) { return name.text == sibling->id.name(); }) &&
           is_one_of_many(typed<Column>(*sibling).type, plan);
  });
}

}  // namespace

extern constexpr KindRules foreign_key_rules{.create = on<create>,
                                             .drop = on<drop>,
                                             .rename = on_both<rename>,
                                             .rebuilt_as_text = is_made_anew_in_vain,
                                             .address = constraint_address,
                                             .fields = kFields};

}  // namespace schemac::postgres
