#include "compiler/kinds/table.h"

#include <algorithm>

#include "codegen/postgres/column.h"
#include "codegen/postgres/index_marks.h"
#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/inherited_trigger.h"
#include "codegen/postgres/joining.h"
#include "codegen/postgres/not_null.h"
#include "codegen/postgres/parents.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/check.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/foreign_key.h"

namespace schemac::postgres {
namespace {

// First server version with the statement.
constexpr int kAccessMethodChanges = 15;

ObjectId whole_of(const Typed<Table>& partition) {
  return relation_id(table_kind, *partition.partition_of);
}

// -- Partitions and inheritance ------------------------------------------------------------------

Sql partition_key(const PartitionKey& key, const Object& table) {
  Sql result = key.column ? sql(*key.column) : sql(index_expression(*key.expression, table));
  result.add(collate_clause(key.collation));
  if (key.opclass) result.add(sql(" ", *key.opclass));
  return result;
}

Sql partition_by_clause(const Typed<Table>& table) {
  if (!table.partition_by) return {};
  std::vector<Sql> keys;
  for (const PartitionKey& key : table.partition_by->keys)
    keys.push_back(partition_key(key, *table.object));
  return sql(" PARTITION BY ", Word{table.partition_by->strategy}, " (", join(keys, ", "), ")");
}

Sql edges(const std::vector<RangeEdge>& range, const Object& table) {
  std::vector<Sql> parts;
  for (const RangeEdge& edge : range)
    parts.push_back(edge.value ? sql(default_value(*edge.value, table)) : sql(Word{edge.edge}));
  return sql("(", join(parts, ", "), ")");
}

Sql bounds(const Typed<Table>& table) {
  const Object& object = *table.object;
  if (table.takes_rest) return sql(" DEFAULT");
  if (table.hash)
    return sql(" FOR VALUES WITH (MODULUS ", table.hash->modulus, ", REMAINDER ",
               table.hash->remainder, ")");
  if (table.in.empty())
    return sql(" FOR VALUES FROM ", edges(table.from, object), " TO ", edges(table.to, object));
  std::vector<Sql> values;
  for (const SqlText& value : table.in) values.push_back(sql(default_value(value, object)));
  return sql(" FOR VALUES IN (", join(values, ", "), ")");
}

// The partition that takes the rest must not hold rows of another one that comes or goes.
std::vector<Touch> touch_rest(const Context& plan, const Typed<Table>& partition, bool scans) {
  std::vector<Touch> touches;
  const FieldIndex takes_rest = field_index(table_kind, "default");
  for (const Object* object : plan.dependents_before(whole_of(partition)))
    if (&object->kind() == &table_kind && !object->values[takes_rest].absent() &&
        object->id != partition.id() &&
        typed<Table>(*object).partition_of == partition.partition_of)
      append(touches, touch(plan, object->id, Lock::access_exclusive, false, scans));
  return touches;
}

Action attach(const Typed<Table>& table, const Context& plan) {
  std::vector<Touch> touches = touch_only(plan, whole_of(table), Lock::share_update_exclusive);
  append(touches, touch(plan, table.id(), Lock::access_exclusive, false, true));
  append(touches, touch_rest(plan, table, true));
  Action action = statement(
      sql("ALTER TABLE ", *table.partition_of, " ATTACH PARTITION ", table.qname(), bounds(table)),
      std::move(touches));
  action.takes.push_back(whole_of(table));
  return action;
}

Action detach(const Typed<Table>& table, const Context& plan) {
  std::vector<Touch> touches = touch_only(plan, whole_of(table), Lock::access_exclusive);
  append(touches, touch(plan, table.id(), Lock::access_exclusive));
  append(touches, touch_rest(plan, table, false));
  Action action =
      statement(sql("ALTER TABLE ", *table.partition_of, " DETACH PARTITION ", table.qname()),
                std::move(touches));
  action.frees.push_back(whole_of(table));
  return action;
}

constexpr int kDetachConcurrently = 14;
constexpr std::string_view kDetaching =
    "If it stops, the partition is about to leave; the next run goes on with that.";

// Whether the partition can leave while others use the partitioned table, which stays: the server
// refuses where one takes the rest.
bool leaves_online(const Typed<Table>& partition, const Context& plan) {
  const FieldIndex takes_rest = field_index(table_kind, "default");
  const ObjectId whole = whole_of(partition);
  if (!plan.online(whole) || plan.after(whole) == nullptr ||
      plan.server_version() < kDetachConcurrently)
    return false;
  const auto& parts = plan.dependents_before(whole);
  return std::none_of(parts.begin(), parts.end(), [&](const Object* object) {
    return &object->kind() == &table_kind && !object->values[takes_rest].absent() &&
           typed<Table>(*object).partition_of == partition.partition_of;
  });
}

Action detach_concurrently(const Typed<Table>& table, const Context& plan) {
  std::vector<Touch> touches = touch_only(plan, whole_of(table), Lock::share_update_exclusive);
  append(touches, touch_only(plan, table.id(), Lock::access_exclusive));
  Action action = statement(sql("ALTER TABLE ", *table.partition_of, " DETACH PARTITION ",
                                table.qname(), " CONCURRENTLY"),
                            std::move(touches));
  action.tx = Tx::outside;
  action.if_stopped = kDetaching;
  action.frees.push_back(whole_of(table));
  return action;
}

// -- Create, drop, rename ------------------------------------------------------------------------

Sql create_head(const Typed<Table>& table) {
  const Sql verb = table.foreign    ? sql("CREATE FOREIGN TABLE ")
                   : table.unlogged ? sql("CREATE UNLOGGED TABLE ")
                                    : sql("CREATE TABLE ");
  return sql(verb, table.qname());
}

void add_storage(const Typed<Table>& table, Action& action) {
  if (table.server) action.tail.add(sql(" SERVER ", *table.server, options_clause(table.options)));
  if (table.access_method) action.tail.add(sql(" USING ", *table.access_method));
  action.tail.add(with_clause(table.with));
  if (table.tablespace) action.tail.add(sql(" TABLESPACE ", *table.tablespace));
}

Action set_replica_identity_to(const Typed<Table>& table, const Context& plan) {
  const Sql which =
      table.replica_identity.empty() ? sql("DEFAULT") : sql(Word{table.replica_identity});
  return statement(sql(alter_relation(table), " REPLICA IDENTITY ", which),
                   touch_only(plan, table.id(), Lock::access_exclusive));
}

// A partition that has its columns in an order of its own, or names for their constraints, or that
// comes while others use the partitioned table, is made as a table and then attached.
Actions create_and_attach(const Typed<Table>& table, const Context& plan) {
  std::vector<const Object*> columns = inherited_columns(plan, Side::after, *table.object);
  const auto place = [&](const Object* column) {
    const Ident name{std::string(column->id.name())};
    return std::find(table.columns.begin(), table.columns.end(), name);
  };
  std::stable_sort(columns.begin(), columns.end(),
                   [&](const Object* a, const Object* b) { return place(a) < place(b); });
  std::vector<Sql> elements;
  Actions stored;
  for (const Object* column : columns) {
    const Object own = as_right_above(plan, Side::after, *column, *table.object);
    const auto initial = default_right_above(plan, Side::after, table.id(), column->id.name());
    elements.push_back(whole_definition(typed<Column>(own), initial, plan));
    append(stored, set_storage_of_new(typed<Column>(own), plan));
  }
  for (const Sql& check : inherited_checks(plan, *table.object)) elements.push_back(check);
  Action action = statement(sql(create_head(table), " (", join(elements, ", "), ")"));
  action.tail.add(partition_by_clause(table));
  add_storage(table, action);
  Action attached = attach(table, plan);
  action.after = attached.after = parts_above(plan, *table.object);
  Actions actions{action};
  append(actions, std::move(stored));
  actions.push_back(attached);
  return actions;
}

// Whether nothing but the partition comes to the partitioned table and to those above it.
bool comes_online(const Typed<Table>& table, const Context& plan) {
  const ObjectId whole = whole_of(table);
  if (!plan.online(whole)) return false;
  const std::vector<ObjectId> parts = parts_above(plan, *table.object);
  return std::all_of(parts.begin(), parts.end(), [&](const ObjectId& part) {
    const Object *was = plan.before(part), *now = plan.after(part);
    return was == now ||
           (was != nullptr && now != nullptr && !plan.makes(part) && was->values == now->values);
  });
}

Actions create_table(const Typed<Table>& table, const Context& plan) {
  if (!table.columns.empty() ||
      (table.partition_of && (names_not_null_above(plan, table.id()) || comes_online(table, plan))))
    return create_and_attach(table, plan);
  Action action = statement(create_head(table));
  if (table.partition_of) {
    action.head.add(sql(" PARTITION OF ", *table.partition_of, bounds(table)));
    action.touches = touch_only(plan, whole_of(table), Lock::access_exclusive);
    append(action.touches, touch_rest(plan, table, true));
    action.takes.push_back(whole_of(table));
  } else if (table.of) {
    action.head.add(sql(" OF ", type_name(*table.of)));
  } else {
    action.style = Elements::parens;
  }
  if (!table.inherits.empty()) {
    std::vector<Sql> parents;
    for (const QName& parent : table.inherits) {
      parents.push_back(sql(parent));
      append(action.touches,
             touch_only(plan, relation_id(table_kind, parent), Lock::share_update_exclusive));
    }
    action.tail.add(sql(" INHERITS (", join(parents, ", "), ")"));
  }
  action.tail.add(partition_by_clause(table));
  add_storage(table, action);
  // It takes what is above as it is by then, which must fit what it declares again. One that is
  // made anew is there before what it says of its own is said once more behind a change above,
  // unless that is made anew as well.
  const std::vector<ObjectId> over = above(*table.object);
  if (plan.before(table.id()) == nullptr ||
      std::any_of(over.begin(), over.end(), [&](const ObjectId& id) { return plan.makes(id); }))
    action.rather_after = parts_above(plan, *table.object);
  return {action};
}

Actions create(const Typed<Table>& table, const Context& plan) {
  Actions actions = create_table(table, plan);
  if (!table.replica_identity.empty()) actions.push_back(set_replica_identity_to(table, plan));
  if (table.partition_of) append(actions, name_given_keys(*table.object, plan));
  append(actions, give_statistics(plan, *table.object));
  return actions;
}

// Whether foreign keys refer to the table that this is a partition of, at any height. The server
// drops no such partition; one that was detached it does.
bool is_referred_to(const Typed<Table>& partition, const Context& plan) {
  if (!partition.partition_of) return false;
  const ObjectId whole = whole_of(partition);
  const auto refers = [&](const Object* object) {
    return &object->kind() == &foreign_key_kind &&
           typed<ForeignKey>(*object).references == *partition.partition_of;
  };
  const auto any_refers = [&](std::span<const Object* const> objects) {
    return std::any_of(objects.begin(), objects.end(), refers);
  };
  const auto parts = plan.children_before(whole);
  if (any_refers(parts) || any_refers(plan.dependents_before(whole))) return true;
  // In a database they depend on the columns and the key that they refer to.
  if (std::any_of(parts.begin(), parts.end(),
                  [&](const Object* part) { return any_refers(plan.dependents_before(part->id)); }))
    return true;
  const Object* above = plan.before(whole);
  return above != nullptr && is_referred_to(typed<Table>(*above), plan);
}

// The constraint's triggers on the tables that it refers to go as well, hence their locks.
Actions drop(const Typed<Table>& table, const Context& plan) {
  std::vector<Touch> touches = touch_only(plan, table.id(), Lock::access_exclusive);
  for (const Object* child : plan.children_before(table.id())) {
    if (&child->kind() != &foreign_key_kind) continue;
    const ObjectId other = relation_id(table_kind, typed<ForeignKey>(*child).references);
    if (other == table.id()) continue;
    append(touches, touch_referred(plan, other, Lock::access_exclusive));
  }
  Action action =
      statement(sql(table.foreign ? sql("DROP FOREIGN TABLE ") : sql("DROP TABLE "), table.qname()),
                std::move(touches), Loss::rows);
  const bool referred_to = is_referred_to(table, plan);
  const bool leaves = table.partition_of && !referred_to && leaves_online(table, plan);
  if (table.partition_of && !leaves) {
    append(action.touches, touch_only(plan, whole_of(table), Lock::access_exclusive));
    append(action.touches, touch_rest(plan, table, false));
    action.frees.push_back(whole_of(table));
  }
  // What is partitioned has no rows of its own; those of a foreign table stay where they are.
  if (table.partition_by || table.foreign) action.loss = Loss::rebuildable;
  if (leaves) return {detach_concurrently(table, plan), action};
  if (!referred_to) return {action};
  return {detach(table, plan), action};
}

// Sequences of identity columns are named after the table; where the model does not name them, they
// follow it.
Actions rename(const Typed<Table>& was, const Typed<Table>& now, const Context& plan) {
  const QName to = now.qname();
  Actions actions{statement(sql(now.foreign ? sql("ALTER FOREIGN TABLE ") : sql("ALTER TABLE "),
                                QName{to.schema, was.name()}, " RENAME TO ", to.name),
                            touch_only(plan, now.id(), Lock::access_exclusive))};
  for (const Object* child : plan.children_after(now.id())) {
    if (&child->kind() != &column_kind) continue;
    const Object* before = plan.before(child->id);
    if (before == nullptr) continue;
    const auto column = typed<Column>(*before);
    if (!column.identity || column.identity->sequence) continue;
    // Columns are renamed after their table.
    const std::string_view name = plan.former_name(column.id());
    const Ident old_name(made_name(was.name().text, name, "seq"));
    const Ident new_name(made_name(now.name().text, name, "seq"));
    actions.push_back(
        statement(sql("ALTER SEQUENCE ", QName{to.schema, old_name}, " RENAME TO ", new_name)));
  }
  append(actions, rename_not_nulls(plan, now.id(), was.name()));
  append(actions, rename_inherited_keys(now.id(), plan));
  return actions;
}

// A logged table cannot refer to an unlogged one, at no time.
std::optional<Actions> set_logged(const Typed<Table>&, const Typed<Table>& now,
                                  const Context& plan) {
  const Sql state = now.unlogged ? sql(" SET UNLOGGED") : sql(" SET LOGGED");
  Action action = statement(sql(alter_relation(now), state),
                            touch_only(plan, now.id(), Lock::access_exclusive, true, true));
  for (const Object* child : plan.children_before(now.id())) {
    if (&child->kind() != &foreign_key_kind) continue;
    const ObjectId other = relation_id(table_kind, typed<ForeignKey>(*child).references);
    if (other == now.id()) continue;
    (now.unlogged ? action.before : action.rather_after).push_back(other);
  }
  return Actions{std::move(action)};
}

// Before 15 no statement moves the rows over, so the table is made anew and its rows are lost.
std::optional<Actions> set_access_method(const Typed<Table>&, const Typed<Table>& now,
                                         const Context& plan) {
  if (plan.server_version() < kAccessMethodChanges) return std::nullopt;
  return Actions{statement(
      sql(alter_relation(now), " SET ACCESS METHOD ", now.access_method.value_or(Ident("heap"))),
      touch_only(plan, now.id(), Lock::access_exclusive, true, true))};
}

std::optional<Actions> set_tablespace(const Typed<Table>&, const Typed<Table>& now,
                                      const Context& plan) {
  return Actions{statement(
      sql(alter_relation(now), " SET TABLESPACE ", now.tablespace.value_or(Ident("pg_default"))),
      touch_only(plan, now.id(), Lock::access_exclusive, !is_partitioned(plan, now.id())))};
}

std::optional<Actions> set_storage(const Typed<Table>& was, const Typed<Table>& now,
                                   const Context& plan) {
  const auto is_catalog = [](const std::vector<Setting>& settings) {
    for (const Setting& setting : settings)
      if (setting.name == "user_catalog_table") return true;
    return false;
  };
  const bool strong = is_catalog(was.with) || is_catalog(now.with);
  Actions actions = set_parameters(
      alter_relation(now), was.with, now.with,
      touch_only(plan, now.id(), strong ? Lock::access_exclusive : Lock::share_update_exclusive));
  // The server forgets what is set for a side table that is not there until a column needs it.
  const auto toast = [](std::vector<Setting> settings) {
    std::erase_if(settings, [](const Setting& s) { return !s.name.starts_with("toast."); });
    return settings;
  };
  if (toast(was.with) == toast(now.with)) return actions;
  for (Action& action : actions) {
    action.late = true;
    for (const Object* child : plan.children_after(now.id()))
      if (&child->kind() == &column_kind) action.after.push_back(child->id);
  }
  return actions;
}

// Those that inherited from the table: what others inherit from cannot be a partition.
std::vector<ObjectId> former_heirs(const Typed<Table>& table, const Context& plan) {
  std::vector<ObjectId> heirs;
  for (const Object* heir : plan.dependents_before(table.id())) {
    if (&heir->kind() != &table_kind) continue;
    const auto parents = typed<Table>(*heir).inherits;
    if (std::find(parents.begin(), parents.end(), table.qname()) != parents.end())
      heirs.push_back(heir->id);
  }
  return heirs;
}

// Rows stay where they are: the table leaves one and joins another, or returns with other bounds.
std::optional<Actions> set_partition(const Typed<Table>& was, const Typed<Table>& now,
                                     const Context& plan) {
  Actions actions;
  const bool moves = was.partition_of != now.partition_of;
  if (was.partition_of) {
    actions.push_back(detach(was, plan));
    actions.back().lets_go = moves;
  }
  // What it takes along and does not keep may stand in the way of what goes.
  if (was.partition_of && moves)
    for (Action& action : shed(*was.object, *now.object, plan)) {
      action.lets_go = true;
      actions.push_back(std::move(action));
    }
  if (!now.partition_of) return actions;
  if (moves) append(actions, fit_to_above(*was.object, *now.object, plan));
  actions.push_back(attach(now, plan));
  for (Action& action : actions)
    if (!action.lets_go) action.after = parts_above(plan, *now.object);
  if (moves)
    for (const ObjectId& heir : former_heirs(was, plan)) actions.back().after.push_back(heir);
  append(actions, restore_states_in(now.id(), plan));
  if (moves) append(actions, give_statistics(plan, *now.object));
  return actions;
}

// Columns or attributes by name: those that stay, and behind them those that come.
std::vector<std::string_view> names_in_order(std::span<const Object* const> before,
                                             std::span<const Object* const> after) {
  std::vector<std::string_view> was, now, names;
  for (const Object* object : before)
    if (object->kind().recorded_order) was.push_back(object->id.name());
  for (const Object* object : after)
    if (object->kind().recorded_order) now.push_back(object->id.name());
  const auto contains = [](const std::vector<std::string_view>& all, std::string_view name) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  for (const std::string_view name : was)
    if (contains(now, name)) names.push_back(name);
  for (const std::string_view name : now)
    if (!contains(was, name)) names.push_back(name);
  return names;
}

// A table takes a type whose attributes are its columns, in their order.
std::optional<Actions> set_type(const Typed<Table>& was, const Typed<Table>& now,
                                const Context& plan) {
  const Sql how = now.of ? sql(" OF ", type_name(*now.of)) : sql(" NOT OF");
  Action action =
      statement(sql(alter_relation(now), how), touch_only(plan, now.id(), Lock::access_exclusive));
  if (now.of) {
    const ObjectId type = relation_id(composite_type_kind, now.of->name);
    const auto attributes = plan.children_after(type);
    if (names_in_order(plan.children_before(now.id()), attributes) !=
        names_in_order(plan.children_before(type), attributes))
      return std::nullopt;
    Actions actions = fit_to_above(*was.object, *now.object, plan);
    actions.push_back(std::move(action));
    return actions;
  }
  Actions actions{std::move(action)};
  append(actions, shed(*was.object, *now.object, plan));
  for (Action& each : actions) each.lets_go = true;
  return actions;
}

std::optional<Actions> set_options(const Typed<Table>& was, const Typed<Table>& now,
                                   const Context& plan) {
  return Actions{
      statement(sql(alter_relation(now), changed_options_clause(was.options, now.options)),
                touch_only(plan, now.id(), Lock::access_exclusive))};
}

// An index that marks itself says so on its own.
std::optional<Actions> set_replica_identity(const Typed<Table>&, const Typed<Table>& now,
                                            const Context& plan) {
  if (has_replica_index(plan, now.id())) return Actions{};
  return Actions{set_replica_identity_to(now, plan)};
}

Sql address(const Object& table) {
  return sql(typed<Table>(table).foreign ? sql("FOREIGN TABLE ") : sql("TABLE "), qname(table.id));
}

constexpr FieldRule kFields[] = {
    alters<set_logged>("unlogged"),
    replaces("foreign"),
    alters<set_partition>("partition_of"),
    alters<set_partition>("from"),
    alters<set_partition>("to"),
    alters<set_partition>("in"),
    alters<set_partition>("hash"),
    alters<set_partition>("default"),
    alters<set_type>("of"),
    alters<set_parents>("inherits"),
    ignores("columns", "a table never changes the order of its columns"),
    replaces("server"),
    alters<set_options>("options"),
    alters<set_access_method>("access_method"),
    alters<set_tablespace>("tablespace"),
    alters<set_storage>("with"),
    alters<set_replica_identity>("replica_identity"),
    replaces("partition_by"),
};
static_assert(covers(table_kind, kFields), "every field of a table needs a rule, in their order");

}  // namespace

extern constexpr KindRules table_rules{.create = on<create>,
                                       .drop = on<drop>,
                                       .rename = on_both<rename>,
                                       .address = address,
                                       .fields = kFields};

}  // namespace schemac::postgres
