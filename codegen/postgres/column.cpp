#include "compiler/kinds/column.h"

#include <algorithm>

#include "codegen/postgres/backfill.h"
#include "codegen/postgres/column.h"
#include "codegen/postgres/default_privileges.h"
#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/not_null.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/type_change.h"
#include "codegen/postgres/volatility.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/default.h"
#include "compiler/kinds/inherited_column.h"

namespace schemac::postgres {
namespace {

// First server versions with STORAGE in a definition, with SET EXPRESSION for what is stored, and
// with columns that are computed when they are read.
constexpr int kStorageInDefinitions = 16;
constexpr int kStoredChanges = 17;
constexpr int kVirtual = 18;

std::vector<Touch> touch_table(const Typed<Column>& column, const Context& plan, Lock lock,
                               bool rewrites = false, bool scans = false) {
  return touch(plan, column.object->parent, lock, rewrites, scans);
}

// -- Create and drop -----------------------------------------------------------------------------

// `name type COMPRESSION … COLLATE … NOT NULL GENERATED …`
Sql definition(const Typed<Column>& column, bool nullable, const Context& plan) {
  Sql result = sql(column.name(), " ", type_name(column.type));
  if (column.storage && plan.server_version() >= kStorageInDefinitions)
    result.add(sql(" STORAGE ", Word{*column.storage}));
  if (column.compression) result.add(sql(" COMPRESSION ", *column.compression));
  result.add(options_clause(column.foreign_options));
  result.add(collate_clause(column.collation));
  if (!nullable) result.add(not_null_clause(plan, column.id()));
  if (column.identity) result.add(sql(" ", identity_clause(*column.identity)));
  if (column.generated)
    result.add(sql(" GENERATED ALWAYS AS ",
                   parenthesised(column.generated->expression, *column.object), " ",
                   Word{column.generated->kind}));
  return result;
}

// What a definition cannot say.
Actions further_settings(const Typed<Column>& column, const Context& plan) {
  Actions actions;
  append(actions, set_storage_of_new(column, plan));
  if (column.statistics) actions.push_back(set_statistics_to(column, plan));
  append(actions, set_parameters(alter_column(column), {}, column.options,
                                 touch_table(column, plan, Lock::share_update_exclusive)));
  for (Action& action : actions) action.late = true;  // nothing that names the column needs them
  return actions;
}

std::optional<ColumnDefault> default_after(const Typed<Column>& column, const Context& plan) {
  for (const Object* child : plan.children_after(column.id()))
    if (&child->kind() == &default_kind)
      return ColumnDefault{typed<Default>(*child).expression, child};
  return std::nullopt;
}

Actions forbid_null(const Typed<Column>& column, const Context& plan) {
  if (!is_proven_not_null(column, plan))
    return set_not_null_in_use(plan, column.object->parent, column.name());
  return set_not_null(plan, column.object->parent, column.name(), false);
}

// The default of later rows, where it comes before those that exist are filled.
void bring_default(const Typed<Column>& column, const Context& plan, Actions& actions) {
  if (!brings_default(*column.object, plan)) return;
  const ColumnDefault initial = *default_after(column, plan);
  Action action = default_to(column.id(), initial, plan);
  for (const Edge& edge : initial.holder->depends)
    if (edge.target != column.id() && edge.target != column.object->parent)
      action.after.push_back(edge.target);
  actions.push_back(std::move(action));
}

// Existing rows get `value`, later ones the default: so the column comes without it, and nullable.
Actions add_filled(const Typed<Column>& column, const ColumnDefault& value, const Context& plan) {
  Actions actions{
      statement(sql(alter_table(column.id()), "ADD COLUMN ", definition(column, true, plan)),
                touch_of_add(column, true, {}, plan))};
  bring_default(column, plan, actions);
  actions.push_back(fill(column, value, false, plan));
  if (!column.nullable) append(actions, forbid_null(column, plan));
  return actions;
}

// A column from further up as the table had it by what it said for itself. Statistics and options
// come from nowhere else.
void overlay(Object& column, const Object* said) {
  for (const std::string_view field : {"statistics", "options", "foreign_options"})
    column.values.set(field_index(column_kind, field), Value());
  if (said == nullptr) return;
  const Value& presence = said->value("presence");
  if (!presence.absent())
    column.values.set(field_index(column_kind, "nullable"), *presence.text() == "null");
  for (const std::string_view field :
       {"storage", "compression", "statistics", "options", "foreign_options"})
    if (const Value& own = said->value(field); !own.absent())
      column.values.set(field_index(column_kind, field), own);
}

// The table had the column already, from further up.
Actions keep(const Typed<Column>& column, const Context& plan) {
  Object was = as_right_above(plan, Side::before, *inherited(plan, Side::before, column.id()),
                              *plan.before(column.object->parent));
  overlay(was, plan.before(ObjectId::from_key(inherited_column_kind, column.id().key())));
  Actions actions;
  const std::string_view name = column.id().name();
  // The server would convert a default with the type, and cannot convert every one.
  if (effective_default(plan, Side::before, column.object->parent, name) &&
      (!default_after(column, plan) || was.value("type") != column.object->value("type")))
    actions.push_back(statement(sql(alter_column(column), " DROP DEFAULT"),
                                touch_table(column, plan, Lock::access_exclusive)));
  append(actions, alter_column_to(was, *column.object, plan));
  return actions;
}

// The server gives a column that its table declares again the default from further up.
Actions refuse_default_above(const Typed<Column>& column, const Context& plan) {
  const ObjectId above = default_above(plan, column.id());
  if (above.empty() || plan.after(above) == nullptr || column.identity || column.generated ||
      default_after(column, plan))
    return {};
  Action action = statement(sql(alter_column(column), " DROP DEFAULT"),
                            touch_table(column, plan, Lock::access_exclusive));
  action.after.push_back(above);
  return {action};
}

// The column as tables below declare it again. They have it before the one that all of them inherit
// comes, which joins theirs; the server never has theirs join that.
std::vector<ObjectId> declared_again_below(const Typed<Column>& column, const Context& plan) {
  std::vector<ObjectId> again;
  if (plan.makes(column.object->parent)) return again;
  for (const ObjectId& table : tables_below(plan, column.object->parent)) {
    const Object* own = plan.after(
        ObjectId::from_key(column_kind, table.key() + '\0' + std::string(column.id().name())));
    if (own != nullptr && !plan.is_new(table) && inherited(plan, Side::after, own->id) != nullptr)
      again.push_back(own->id);
  }
  return again;
}

// A table that leaves those above it may have a column of that name for itself.
void wait_for_own_columns(const Typed<Column>& column, const Context& plan, Action& add) {
  for (const ObjectId& table : tables_below(plan, column.object->parent)) {
    const ObjectId own =
        ObjectId::from_key(column_kind, table.key() + '\0' + std::string(column.id().name()));
    if (plan.after(own) != nullptr && inherited(plan, Side::after, own) == nullptr)
      add.rather_after.push_back(table);
  }
}

Actions create(const Typed<Column>& column, const Context& plan) {
  if (comes_silently(plan, *column.object)) return keep(column, plan);
  Actions actions;
  if (const auto value = filled_with(column, plan)) {
    actions = add_filled(column, *value, plan);
  } else {
    const Sql text = definition(column, column.nullable, plan);
    Action add =
        statement(sql(alter_table(column.id()), "ADD COLUMN ", text),
                  touch_of_add(column, column.nullable, default_after(column, plan), plan));
    add.style = Elements::appended;
    add.folded = text;
    actions.push_back(std::move(add));
  }
  for (const ObjectId& again : declared_again_below(column, plan))
    actions.front().after.push_back(again);
  wait_for_own_columns(column, plan, actions.front());
  append(actions, further_settings(column, plan));
  append(actions, refuse_default_above(column, plan));
  // What is computed is made anew by itself, others only with their table and those below.
  if (plan.before(column.id()) != nullptr && column.generated)
    append(actions, say_again_below(plan, *column.object));
  return actions;
}

// Whether a table below has the column from `table` and goes on with it as its own.
bool is_kept_below(const Context& plan, const ObjectId& table, std::string_view name) {
  const auto below = tables_right_below(plan, table);
  return std::any_of(below.begin(), below.end(), [&](const ObjectId& child) {
    const ObjectId own = ObjectId::from_key(column_kind, child.key() + '\0' + std::string(name));
    return plan.before(own) == nullptr &&
           (plan.after(own) != nullptr || is_kept_below(plan, child, name));
  });
}

// Drops the column of `table`, and below it wherever it is not kept.
void drop_from(const ObjectId& table, const Typed<Column>& column, const Context& plan,
               Actions& actions) {
  const std::string_view name = column.id().name();
  const bool kept = is_kept_below(plan, table, name);
  // What was computed can be computed again.
  actions.push_back(statement(sql(kept ? sql("ALTER TABLE ONLY ") : sql("ALTER TABLE "),
                                  qname(table), " DROP COLUMN ", column.name()),
                              kept ? touch_only(plan, table, Lock::access_exclusive)
                                   : touch(plan, table, Lock::access_exclusive),
                              column.generated ? Loss::rebuildable : Loss::rows));
  if (!kept) return;
  for (const ObjectId& child : tables_right_below(plan, table)) {
    const ObjectId own = ObjectId::from_key(column_kind, child.key() + '\0' + std::string(name));
    if (plan.before(own) == nullptr && plan.after(own) == nullptr && plan.after(child) != nullptr)
      drop_from(child, column, plan, actions);
  }
}

Actions drop(const Typed<Column>& column, const Context& plan) {
  if (goes_silently(plan, *column.object)) return {};
  Actions actions;
  drop_from(column.object->parent, column, plan, actions);
  // One that comes from further up as well goes when the table has left that, or lost it there.
  const Object* above = inherited(plan, Side::before, column.id());
  if (above != nullptr && inherited(plan, Side::after, column.id()) == nullptr) {
    actions.front().after.push_back(column.object->parent);
    if (plan.after(above->id) == nullptr) actions.front().after.push_back(above->id);
  }
  return actions;
}

// A column that the table has from further up as well is renamed with the one there.
bool is_renamed_above(const Typed<Column>& was, const Typed<Column>& now, const Context& plan) {
  const Object* above = inherited(plan, Side::after, now.id());
  return above != nullptr && plan.former_name(above->id) == was.name().text;
}

Actions rename(const Typed<Column>& was, const Typed<Column>& now, const Context& plan) {
  const QName table = now.qname();
  Actions actions;
  if (!is_renamed_above(was, now, plan))
    actions.push_back(
        statement(sql("ALTER TABLE ", table, " RENAME COLUMN ", was.name(), " TO ", now.name()),
                  touch_table(now, plan, Lock::access_exclusive)));
  // As long as it is one from further up as well, the server refuses.
  if (!actions.empty() && inherited(plan, Side::before, was.id()) != nullptr)
    actions.front().after.push_back(now.object->parent);
  if (was.identity && !was.identity->sequence) {
    const Ident from(made_name(table.name.text, was.name().text, "seq"));
    const Ident to(made_name(table.name.text, now.name().text, "seq"));
    actions.push_back(
        statement(sql("ALTER SEQUENCE ", QName{table.schema, from}, " RENAME TO ", to)));
  }
  append(actions, rename_not_null(plan, *now.object, was.name()));
  append(actions, rename_inherited_keys(now.id(), plan));
  return actions;
}

// -- Fields --------------------------------------------------------------------------------------

// A stored value can become a plain one; the other way, the column is made anew.
std::optional<Actions> set_generated(const Typed<Column>& was, const Typed<Column>& now,
                                     const Context& plan) {
  if (!was.generated) return std::nullopt;
  const bool stored = was.generated->kind == "stored";
  if (!now.generated) {
    if (!stored) return std::nullopt;
    return keeps_type(was, now) ? Actions{drop_expression(now, plan)} : Actions{};
  }
  const int since = stored ? kStoredChanges : kVirtual;
  if (was.generated->kind != now.generated->kind || plan.server_version() < since)
    return std::nullopt;
  return Actions{statement(sql(alter_column(now), " SET EXPRESSION AS ",
                               parenthesised(now.generated->expression, *now.object)),
                           touch_table(now, plan, Lock::access_exclusive, stored, stored))};
}

bool changes(const Typed<Column>& was, const Typed<Column>& now, std::string_view field) {
  const FieldIndex i = field_index(column_kind, field);
  return !same(column_kind.fields[i], was.object->values[i], now.object->values[i]).same;
}

// NOT NULL comes before identity is added and goes after it was dropped: the server demands it. It
// fills no column that is still computed.
std::optional<Actions> set_presence(const Typed<Column>& was, const Typed<Column>& now,
                                    const Context& plan) {
  Actions actions;
  if (was.identity && !now.identity && keeps_type(was, now))
    append(actions, drop_identity(now, plan));
  if (changes(was, now, "generated")) {
    auto more = set_generated(was, now, plan);
    if (!more) return std::nullopt;
    append(actions, std::move(*more));
  }
  if (!was.nullable || now.nullable) {
    if (was.nullable != now.nullable) {
      Action action = statement(sql(alter_column(now), " DROP NOT NULL"),
                                touch_table(now, plan, Lock::access_exclusive));
      // One further up may have to leave this table to itself first.
      if (const Object* above = inherited(plan, Side::after, now.id()))
        if (const Object* named = not_null_of(plan, Side::after, above->parent, now.name().text))
          action.after.push_back(named->id);
      actions.push_back(std::move(action));
    }
  } else {
    if (const auto value = filled_with(now, plan)) {
      bring_default(now, plan, actions);
      actions.push_back(fill(now, *value, true, plan));
    }
    append(actions, forbid_null(now, plan));
  }
  append(actions, restore_below(plan, *now.object));
  if (!was.identity && now.identity) {
    append(actions, add_identity(now, plan));
    append(actions, undo_default_privileges(*now.object, plan));
  }
  if (was.identity && now.identity) append(actions, alter_identity(was, now, plan));
  return actions;
}

std::optional<Actions> set_storage(const Typed<Column>& was, const Typed<Column>& now,
                                   const Context& plan) {
  if (!now.storage && !keeps_type(was, now))
    return Actions{};  // that of the new type comes with it
  Actions actions{set_storage_to(now, plan)};
  append(actions, restore_below(plan, *now.object));
  return actions;
}

std::optional<Actions> set_compression(const Typed<Column>&, const Typed<Column>& now,
                                       const Context& plan) {
  Actions actions{set_compression_to(now, plan)};
  append(actions, restore_below(plan, *now.object));
  return actions;
}

std::optional<Actions> set_statistics(const Typed<Column>&, const Typed<Column>& now,
                                      const Context& plan) {
  return Actions{set_statistics_to(now, plan)};
}

std::optional<Actions> set_options(const Typed<Column>& was, const Typed<Column>& now,
                                   const Context& plan) {
  return set_parameters(alter_column(now), was.options, now.options,
                        touch_table(now, plan, Lock::share_update_exclusive));
}

std::optional<Actions> set_foreign_options(const Typed<Column>& was, const Typed<Column>& now,
                                           const Context& plan) {
  return Actions{statement(
      sql(alter_column(now), changed_options_clause(was.foreign_options, now.foreign_options)),
      touch_table(now, plan, Lock::access_exclusive))};
}

Sql address(const Object& column) {
  return sql("COLUMN ", qname(column.id), ".", Ident(std::string(column.id.name())));
}

constexpr FieldRule kFields[] = {
    alters_under_texts<set_column_type>("type"),
    alters<set_presence>("nullable"),
    alters_under_texts<set_column_type>("collation"),
    alters<set_presence>("identity"),
    alters<set_presence>("generated"),
    alters<set_storage>("storage"),
    alters<set_compression>("compression"),
    alters<set_statistics>("statistics"),
    alters<set_options>("options"),
    alters<set_foreign_options>("foreign_options"),
};
static_assert(covers(column_kind, kFields), "every field of a column needs a rule, in their order");

}  // namespace

// Rows that exist get the default without being written, unless each may get another value or a
// domain must look at it.
std::vector<Touch> touch_of_add(const Typed<Column>& column, bool nullable,
                                const std::optional<ColumnDefault>& initial, const Context& plan) {
  const bool stored = column.generated && column.generated->kind == "stored";
  const bool varies = initial && is_volatile(initial->expression, *initial->holder, plan);
  const bool rewrites =
      stored || varies || column.identity || base_type_after(column.type, plan).constrained;
  const bool fails_on_rows = !nullable && !initial && !column.generated;
  return touch_table(column, plan, Lock::access_exclusive, rewrites, rewrites || fails_on_rows);
}

Actions set_storage_of_new(const Typed<Column>& column, const Context& plan) {
  if (!column.storage || plan.server_version() >= kStorageInDefinitions) return {};
  return {set_storage_to(column, plan)};
}

Sql whole_definition(const Typed<Column>& column, const std::optional<ColumnDefault>& initial,
                     const Context& plan) {
  Sql result = definition(column, column.nullable, plan);
  if (initial) result.add(sql(" DEFAULT ", default_value(*initial)));
  return result;
}

// The fields that differ, each by its own rule; one that cannot change in place stays.
Actions alter_column_to(const Object& was, const Object& now, const Context& plan) {
  Actions actions;
  std::vector<decltype(FieldRule::alter)> called;
  for (const FieldRule& rule : kFields) {
    const FieldIndex i = field_index(column_kind, rule.field);
    const bool identity = rule.field == "identity";
    if (identity || same(column_kind.fields[i], was.values[i], now.values[i]).same) continue;
    if (std::find(called.begin(), called.end(), rule.alter) != called.end()) continue;
    called.push_back(rule.alter);
    if (auto more = rule.alter(was, now, plan)) append(actions, std::move(*more));
  }
  return actions;
}

extern constexpr KindRules column_rules{.create = on<create>,
                                        .drop = on<drop>,
                                        .rename = on_both<rename>,
                                        .carry = carry_column,
                                        .bound_to_parent = is_in_partition_key,
                                        .address = address,
                                        .fields = kFields};

}  // namespace schemac::postgres
