#include "codegen/postgres/inheritance.h"

#include <algorithm>

#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/made_names.h"
#include "codegen/postgres/parents.h"
#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/attribute.h"
#include "compiler/kinds/check.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/exclusion.h"
#include "compiler/kinds/foreign_key.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/inherited_constraint.h"
#include "compiler/kinds/inherited_index.h"
#include "compiler/kinds/primary_key.h"
#include "compiler/kinds/trigger.h"
#include "compiler/kinds/unique.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac::postgres {
namespace {

bool stands_below(const Object& object, const ObjectId& table) {
  if (&object.kind() != &table_kind) return false;
  const std::vector<ObjectId> tables = above(object);
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

void add_below(const Context& plan, const ObjectId& table, std::vector<ObjectId>& below) {
  for (const auto* dependents : {&plan.dependents_before(table), &plan.dependents_after(table)})
    for (const Object* object : *dependents) {
      if (!stands_below(*object, table)) continue;
      if (std::find(below.begin(), below.end(), object->id) != below.end()) continue;
      below.push_back(object->id);
      add_below(plan, object->id, below);
    }
}

// A member of the table or type `id` called `name`, or of what that one has its members from.
const Object* find_member(const Context& plan, Side side, const ObjectId& id, const KindInfo& kind,
                          std::string_view name) {
  const KindInfo& own =
      &id.kind() == &composite_type_kind && &kind == &column_kind ? attribute_kind : kind;
  if (const Object* member =
          find(plan, side, ObjectId::from_key(own, id.key() + '\0' + std::string(name))))
    return member;
  const Object* holder = find(plan, side, id);
  if (holder == nullptr || &holder->kind() != &table_kind) return nullptr;
  for (const ObjectId& next : above(*holder))
    if (const Object* member = find_member(plan, side, next, kind, name)) return member;
  return nullptr;
}

// Marks of the index that each table keeps for itself.
bool is_own_matter(const FieldInfo& field) {
  return field.name == "with" || field.name == "tablespace" || field.name == "replica_identity" ||
         field.name == "cluster" || field.name == "index_comment" || field.name == "invalid" ||
         field.role == Role::intent;
}

// Keys without their statistics targets, which each index has for itself.
Value without_targets(const FieldInfo& field, const Value& value) {
  if (field.record.empty() || value.list() == nullptr) return value;
  const bool listed = field.listing != Listing::one && field.listing != Listing::group;
  FieldInfo one = field;
  one.listing = Listing::one;
  List items = *value.list();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const FieldInfo& part = listed ? one : field.record[i];
    items[i] = !listed && part.name == "statistics" ? Value() : without_targets(part, items[i]);
  }
  return items;
}

bool equal(const Object& a, const Object& b) {
  const auto& fields = a.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!is_own_matter(fields[i]) && !same(fields[i], without_targets(fields[i], a.values[i]),
                                           without_targets(fields[i], b.values[i]))
                                          .same)
      return false;
  return true;
}

// Whether the table has the object from further up on one side of the plan.
bool has_from_above(const Context& plan, Side side, const Object& object) {
  if (&object.parent.kind() != &table_kind || find(plan, side, object.parent) == nullptr)
    return false;
  if (&object.kind() == &column_kind) return inherited(plan, side, object.id) != nullptr;
  if (&object.kind() == &check_kind) {
    const Object* check = inherited(plan, side, object.id);
    return check != nullptr && !typed<Check>(*check).no_inherit && equal(*check, object);
  }
  if (&object.kind() == &trigger_kind) return false;
  const Object* other = counterpart(plan, side, object);
  return other != nullptr && inherited_name(plan, side, *other, object.parent) == object.id.name();
}

}  // namespace

const Object* find(const Context& plan, Side side, const ObjectId& id) {
  return side == Side::before ? plan.before(id) : plan.after(id);
}

std::span<const Object* const> children(const Context& plan, Side side, const ObjectId& id) {
  return side == Side::before ? plan.children_before(id) : plan.children_after(id);
}

bool is_partitioned(const Context& plan, const ObjectId& table) {
  if (&table.kind() != &table_kind) return false;
  for (const Side side : {Side::before, Side::after})
    if (const Object* object = find(plan, side, table))
      if (typed<Table>(*object).partition_by) return true;
  return false;
}

bool is_in_partition_key(const Object& column, const Context& plan) {
  const auto names_column = [&](const PartitionKey& key) {
    if (key.column) return key.column->text == column.id.name();
    const TextFacts facts = inspect_text(key.expression->written, TextForm::expression);
    return std::any_of(facts.columns.begin(), facts.columns.end(),
                       [&](const ColumnUse& use) { return use.name.text == column.id.name(); });
  };
  const auto partitioned_by = [&](const ObjectId& id) {
    const Object* table = plan.before(id);
    if (table == nullptr || &table->kind() != &table_kind) return false;
    const auto partitioning = typed<Table>(*table).partition_by;
    return partitioning &&
           std::any_of(partitioning->keys.begin(), partitioning->keys.end(), names_column);
  };
  const std::vector<ObjectId> below = tables_below(plan, column.parent);
  return partitioned_by(column.parent) || std::any_of(below.begin(), below.end(), partitioned_by);
}

std::vector<ObjectId> tables_below(const Context& plan, const ObjectId& table) {
  std::vector<ObjectId> below;
  if (&table.kind() == &table_kind || &table.kind() == &composite_type_kind)
    add_below(plan, table, below);
  return below;
}

std::vector<ObjectId> tables_right_below(const Context& plan, const ObjectId& table) {
  std::vector<ObjectId> below;
  for (const Object* object : plan.dependents_before(table))
    if (stands_below(*object, table)) below.push_back(object->id);
  return below;
}

std::vector<Touch> touch_referred(const Context& plan, const ObjectId& table, Lock lock,
                                  bool scans) {
  return is_partitioned(plan, table) ? touch(plan, table, lock, false, scans)
                                     : touch_only(plan, table, lock, false, scans);
}

std::vector<ObjectId> above(const Object& object) {
  // Asked of each part of a table more than once, and few stand below any.
  static const FieldIndex from[] = {field_index(table_kind, "partition_of"),
                                    field_index(table_kind, "inherits"),
                                    field_index(table_kind, "of")};
  std::vector<ObjectId> tables;
  if (std::all_of(std::begin(from), std::end(from),
                  [&](FieldIndex field) { return object.values[field].absent(); }))
    return tables;
  const auto table = typed<Table>(object);
  if (table.partition_of) tables.push_back(relation_id(table_kind, *table.partition_of));
  for (const QName& name : table.inherits) tables.push_back(relation_id(table_kind, name));
  if (table.of) tables.push_back(relation_id(composite_type_kind, table.of->name));
  return tables;
}

namespace {

// The table whose name begins the path.
const Object* table_around(const Context& plan, Side side, const ObjectId& id) {
  if (const Object* own = find(plan, side, id); own != nullptr && !own->parent.empty()) {
    const std::string &table = own->parent.key(), &key = id.key();
    if (&own->parent.kind() == &table_kind && key.size() > table.size() &&
        key[table.size()] == '\0' && key.starts_with(table))
      return find(plan, side, own->parent);
  }
  const auto path = id.path();
  return find(plan, side, ObjectId(table_kind, {path[0], path[1]}));
}

}  // namespace

const Object* inherited(const Context& plan, Side side, const ObjectId& id) {
  const Object* table = table_around(plan, side, id);
  if (table == nullptr) return nullptr;
  for (const ObjectId& next : above(*table))
    if (const Object* member = find_member(plan, side, next, id.kind(), id.name())) return member;
  return nullptr;
}

std::vector<const Object*> inherited_columns(const Context& plan, Side side, const Object& table) {
  std::vector<const Object*> columns;
  for (const ObjectId& next : above(table)) {
    const Object* holder = find(plan, side, next);
    if (holder == nullptr || &holder->kind() != &table_kind) continue;
    for (const Object* column : inherited_columns(plan, side, *holder)) columns.push_back(column);
    for (const Object* child : children(plan, side, next))
      if (&child->kind() == &column_kind) columns.push_back(child);
  }
  return columns;
}

bool comes_to_partitions(const Object& object) {
  const KindInfo* kind = &object.kind();
  return kind == &index_kind || kind == &primary_key_kind || kind == &unique_kind ||
         kind == &exclusion_kind || kind == &foreign_key_kind;
}

void wait_for_leavers(const ObjectId& table, const Context& plan, Action& create) {
  for (const ObjectId& id : tables_below(plan, table)) {
    const Object *was = plan.before(id), *now = plan.after(id);
    if (was != nullptr &&
        (now == nullptr || was->value("partition_of") != now->value("partition_of")))
      create.rather_after.push_back(id);
  }
}

namespace {

void add_keys_above(const Context& plan, Side side, const Object& partition,
                    std::vector<const Object*>& keys) {
  if (typed<Table>(partition).foreign) return;  // they stop there
  const auto whole = typed<Table>(partition).partition_of;
  const Object* table = whole ? find(plan, side, relation_id(table_kind, *whole)) : nullptr;
  if (table == nullptr) return;
  for (const Object* child : children(plan, side, table->id))
    if (comes_to_partitions(*child)) keys.push_back(child);
  add_keys_above(plan, side, *table, keys);
}

}  // namespace

std::vector<const Object*> keys_above(const Context& plan, Side side, const Object& partition) {
  std::vector<const Object*> keys;
  add_keys_above(plan, side, partition, keys);
  return keys;
}

std::vector<Object> inherited_keys(const Context& plan, Side side, const Object& partition) {
  std::vector<Object> own;
  for (const Object* key : keys_above(plan, side, partition)) {
    own.push_back(*key);
    own.back().parent = partition.id;
    const std::string name = inherited_name(plan, side, *key, partition.id);
    const bool beside = key->kind().scope == Scope::schema;
    own.back().id = beside ? ObjectId(key->kind(), {partition.id.path()[0], name})
                           : ObjectId::from_key(key->kind(), partition.id.key() + '\0' + name);
  }
  return own;
}

namespace {

// Calls `use` with each name of a column in the values.
template <class Use>
void for_each_column(std::span<const FieldInfo> fields, List& values, const Use& use) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (values[i].list() == nullptr) {
      if (fields[i].refers == Refers::column && values[i].ident() != nullptr) use(values[i]);
      continue;
    }
    List items = *values[i].list();
    for (Value& item : items) {
      if (fields[i].refers == Refers::column && item.ident() != nullptr) use(item);
      if (fields[i].record.empty() || item.list() == nullptr) continue;
      List record = *item.list();
      for_each_column(fields[i].record, record, use);
      item = std::move(record);
    }
    values[i] = std::move(items);
  }
}

// A key as it was before the plan's renames, and the first of these that changes the names of what
// the server made for it in partitions.
struct FormerKey {
  Object key;
  ObjectId renamed;
};

FormerKey former_key(const Object& now, const Context& plan) {
  FormerKey former{now, {}};
  if (&now.kind() == &foreign_key_kind) {
    former.key.id = ObjectId::from_key(
        now.kind(), now.parent.key() + '\0' + std::string(plan.former_name(now.id)));
    if (former.key.id != now.id) former.renamed = now.id;
    return former;
  }
  List values = now.values.all(now.kind().fields.size());
  for_each_column(now.kind().fields, values, [&](Value& name) {
    ObjectId column = ObjectId::from_key(column_kind, now.parent.key() + '\0' + name.ident()->text);
    if (plan.after(column) == nullptr)
      if (const Object* above = inherited(plan, Side::after, column)) column = above->id;
    const std::string_view was = plan.former_name(column);
    if (was == name.ident()->text) return;
    if (former.renamed.empty()) former.renamed = column;
    name = Ident(std::string(was));
  });
  former.key.values = std::move(values);
  return former;
}

void rename_keys_of(const Object& partition, const ObjectId& renamed, const Context& plan,
                    Actions& actions) {
  const std::string_view was = plan.former_name(partition.id);
  for (const Object* key : keys_above(plan, Side::after, partition)) {
    if (plan.before(key->id) == nullptr) continue;
    const bool foreign = &key->kind() == &foreign_key_kind;
    const int number = number_below(plan, Side::after, *key, partition.id);
    const std::string made = made_name(*key, partition.id.name(), number);
    if (inherited_name(plan, Side::before, *key, partition.id) != made)
      continue;  // the partition named it itself
    const FormerKey former = former_key(*key, plan);
    const ObjectId& cause = !foreign && was != partition.id.name() ? partition.id : former.renamed;
    const Ident from(made_name(former.key, was, number)),
        to(made_name(*key, partition.id.name(), number));
    if (cause != renamed || from == to) continue;
    actions.push_back(rename_key(*key, partition.id, from, to, plan));
  }
}

}  // namespace

const Object* inherited_key_of(const Context& plan, Side side, const Object& said) {
  const Object* partition = find(plan, side, said.parent);
  if (partition == nullptr) return nullptr;
  const bool foreign = &said.kind() == &inherited_constraint_kind;
  const Ident& of = *said.value("of").ident();
  for (const Object* key : keys_above(plan, side, *partition))
    if ((&key->kind() == &foreign_key_kind) == foreign && key->id.name() == of.text) return key;
  return nullptr;
}

Actions rename_inherited_keys(const ObjectId& renamed, const Context& plan) {
  Actions actions;
  const bool table = &renamed.kind() == &table_kind;
  const std::vector<ObjectId> partitions =
      table ? std::vector<ObjectId>{renamed} : tables_below(plan, table_of(renamed));
  for (const ObjectId& id : partitions) {
    const Object *was = plan.before(id), *now = plan.after(id);
    if (was != nullptr && now != nullptr &&
        was->value("partition_of") == now->value("partition_of"))
      rename_keys_of(*now, renamed, plan, actions);
  }
  return actions;
}

namespace {

// The name by which a new partition gets a key. The server calls a foreign key as that of the table
// right above, which has its former name still: see wait_for_tables_below.
std::string given_name(const Context& plan, const Object& key, const Object& partition) {
  const ObjectId whole = relation_id(table_kind, *typed<Table>(partition).partition_of);
  const bool stood_there = whole != key.parent && &key.kind() == &foreign_key_kind &&
                           plan.before(key.id) != nullptr && plan.before(whole) != nullptr &&
                           !plan.makes(whole);
  return stood_there ? inherited_name(plan, Side::before, key, whole)
                     : made_name(plan, Side::after, key, partition.id);
}

// A foreign key gets another name once tables that come below have taken the one that it had.
void wait_for_tables_below(const Object& key, const ObjectId& partition, const Context& plan,
                           Action& action) {
  if (&key.kind() != &foreign_key_kind) return;
  for (const ObjectId& id : tables_below(plan, partition)) action.rather_after.push_back(id);
}

}  // namespace

Actions name_given_keys(const Object& partition, const Context& plan) {
  Actions actions;
  for (const Object* key : keys_above(plan, Side::after, partition)) {
    const Ident given(given_name(plan, *key, partition));
    const Ident made(made_name(plan, Side::after, *key, partition.id));
    if (given != made) actions.push_back(rename_key(*key, partition.id, given, made, plan));
  }
  return actions;
}

Actions name_inherited_key(const Object& now, const Context& plan) {
  const Object* key = inherited_key_of(plan, Side::after, now);
  if (key == nullptr) return {};
  const Ident name(std::string(now.id.name())),
      made(made_name(plan, Side::after, *key, now.parent));
  for (const Object* child : plan.children_before(now.parent))
    if (comes_to_partitions(*child) && child->id.name() == name.text)
      return {};  // the table had it before it became a partition
  if (name == made) return {};
  Action action = rename_key(*key, now.parent, made, name, plan);
  action.after = {now.parent, key->id};
  wait_for_tables_below(*key, now.parent, plan, action);
  return {action};
}

Actions unname_inherited_key(const Object& was, const Context& plan) {
  const Object* key = inherited_key_of(plan, Side::after, was);
  if (key == nullptr) return {};
  const Ident name(std::string(was.id.name())),
      made(made_name(plan, Side::after, *key, was.parent));
  if (name == made) return {};
  Action action = rename_key(*key, was.parent, name, made, plan);
  wait_for_tables_below(*key, was.parent, plan, action);
  return {action};
}

Actions rename_inherited_key(const Object& was, const Object& now, const Context& plan) {
  const Object* key = inherited_key_of(plan, Side::after, now);
  if (key == nullptr) return {};
  return {rename_key(*key, now.parent, Ident(std::string(was.id.name())),
                     Ident(std::string(now.id.name())), plan)};
}

const Object* counterpart(const Context& plan, Side side, const Object& object) {
  const Object* table = find(plan, side, object.parent);
  if (table == nullptr || &table->kind() != &table_kind) return nullptr;
  const Object* first = nullptr;
  for (const Object* key : keys_above(plan, side, *table)) {
    if (&key->kind() != &object.kind() || !equal(*key, object)) continue;
    if (inherited_name(plan, side, *key, table->id) == object.id.name()) return key;
    if (first == nullptr) first = key;
  }
  return first;
}

namespace {

// Whether a table cannot take its new parents in place, or changes what no statement changes.
bool is_made_anew(const Context& plan, const ObjectId& table) {
  const Object *was = plan.before(table), *now = plan.after(table);
  if (&table.kind() != &table_kind || was == nullptr || now == nullptr) return false;
  const auto fields = rules_of(table_kind).fields;
  return !takes_parents_in_place(plan, *was, *now) ||
         std::any_of(fields.begin(), fields.end(), [&](const FieldRule& rule) {
           return rule.on_change == OnChange::replace &&
                  was->value(rule.field) != now->value(rule.field);
         });
}

}  // namespace

bool comes_silently(const Context& plan, const Object& object) {
  return plan.before(object.parent) != nullptr && plan.before(object.id) == nullptr &&
         has_from_above(plan, Side::before, object) && !is_made_anew(plan, object.parent);
}

bool makes_way_above(const Context& plan, const Object& check) {
  const Object* above = inherited(plan, Side::before, check.id);
  return above != nullptr &&
         std::any_of(above->depends.begin(), above->depends.end(), [&](const Edge& edge) {
           const Object *was = plan.before(edge.target), *now = plan.after(edge.target);
           return was != nullptr && (now == nullptr || was->values != now->values);
         });
}

bool goes_silently(const Context& plan, const Object& object) {
  return plan.after(object.parent) != nullptr && plan.after(object.id) == nullptr &&
         has_from_above(plan, Side::after, object) && !is_made_anew(plan, object.parent);
}

}  // namespace schemac::postgres
