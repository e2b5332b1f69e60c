#include "codegen/postgres/inherited_column.h"

#include <algorithm>

#include "codegen/postgres/column.h"
#include "codegen/postgres/not_null.h"
#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/attribute.h"
#include "compiler/kinds/check.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/primary_key.h"

namespace schemac::postgres {
namespace {

Sql alter_column(const Typed<InheritedColumn>& column) {
  return sql(alter_table(column.id()), "ALTER COLUMN ", column.name());
}

std::vector<Touch> metadata(const Typed<InheritedColumn>& column, const Context& plan, Lock lock) {
  return touch_only(plan, column.object->parent, lock);
}

std::optional<SqlText> default_of(const Context& plan, Side side, const ObjectId& column) {
  const Object* initial = find(plan, side, ObjectId::from_key(default_kind, column.key()));
  if (initial == nullptr) return std::nullopt;
  return typed<Default>(*initial).expression;
}

Action default_to(const ObjectId& column, const std::optional<SqlText>& initial,
                  const Object& holder, const Context& plan) {
  Sql head = sql(alter_table(column), "ALTER COLUMN ", Ident(std::string(column.name())));
  if (initial)
    head.add(sql(" SET DEFAULT ", default_value(*initial, holder)));
  else
    head.add(" DROP DEFAULT");
  return statement(std::move(head), touch(plan, table_of(column), Lock::access_exclusive));
}

Actions presence_to(const Typed<InheritedColumn>& column, bool required, const Context& plan) {
  if (required) return set_not_null(plan, column.object->parent, column.name(), true);
  return {statement(sql(alter_column(column), " DROP NOT NULL"),
                    touch(plan, column.object->parent, Lock::access_exclusive))};
}

// The column further up as the plan leaves it.
const Object* origin(const Context& plan, const Typed<InheritedColumn>& column) {
  return inherited(plan, Side::after, ObjectId::from_key(column_kind, column.id().key()));
}

// Without a word of its own the column is as further up, or as its primary key has it.
Actions set_presence_to(const Typed<InheritedColumn>& column, const std::string& presence,
                        const Context& plan) {
  bool required = presence == "not null";
  if (presence.empty()) {
    if (refuses_null(column.id(), column.object->parent, plan)) return {};
    const Object* above = origin(plan, column);
    if (above == nullptr || &above->kind() != &column_kind) return presence_to(column, false, plan);
    required = !typed<Column>(*above).nullable;
  }
  return presence_to(column, required, plan);
}

Action storage_to(const Typed<InheritedColumn>& column, const std::string& word,
                  const Context& plan) {
  return statement(sql(alter_column(column), " SET STORAGE ", Word{word}),
                   metadata(column, plan, Lock::access_exclusive));
}

Action compression_to(const Typed<InheritedColumn>& column, const Ident& method,
                      const Context& plan) {
  return statement(sql(alter_column(column), " SET COMPRESSION ", method),
                   metadata(column, plan, Lock::access_exclusive));
}

Action statistics_to(const Typed<InheritedColumn>& column, const Context& plan) {
  return statement(sql("ALTER TABLE ONLY ", column.qname(), " ALTER COLUMN ", column.name(),
                       " SET STATISTICS ", column.statistics.value_or(-1)),
                   metadata(column, plan, Lock::share_update_exclusive));
}

Action foreign_options_to(const Typed<InheritedColumn>& column, const std::vector<Setting>& was,
                          const std::vector<Setting>& now, const Context& plan) {
  return statement(sql(alter_column(column), changed_options_clause(was, now)),
                   metadata(column, plan, Lock::access_exclusive));
}

// What the table says for itself.
Actions say(const Typed<InheritedColumn>& column, const Context& plan) {
  Actions actions;
  if (!column.presence.empty()) append(actions, set_presence_to(column, column.presence, plan));
  if (column.initial || column.no_default)
    actions.push_back(default_to(column.id(), column.initial, *column.object, plan));
  if (column.storage) actions.push_back(storage_to(column, *column.storage, plan));
  if (column.compression) actions.push_back(compression_to(column, *column.compression, plan));
  return actions;
}

// What further up has no part in as well.
Actions say_all(const Typed<InheritedColumn>& column, const Context& plan) {
  Actions actions = say(column, plan);
  if (column.statistics) actions.push_back(statistics_to(column, plan));
  append(actions, set_parameters(alter_column(column), {}, column.options,
                                 metadata(column, plan, Lock::share_update_exclusive)));
  if (!column.foreign_options.empty())
    actions.push_back(foreign_options_to(column, {}, column.foreign_options, plan));
  return actions;
}

// The server carries the statement on to tables below, which may say something of their own.
Actions and_restore_below(Actions actions, const Typed<InheritedColumn>& column,
                          const Context& plan) {
  if (!actions.empty()) append(actions, restore_below(plan, *column.object));
  return actions;
}

Actions create(const Typed<InheritedColumn>& column, const Context& plan) {
  Actions actions = and_restore_below(say_all(column, plan), column, plan);
  const Object* table = plan.after(column.object->parent);
  for (Action& action : actions) action.after = parts_above(plan, *table);
  return actions;
}

std::optional<Actions> set_presence(const Typed<InheritedColumn>&,
                                    const Typed<InheritedColumn>& now, const Context& plan) {
  return and_restore_below(set_presence_to(now, now.presence, plan), now, plan);
}

std::optional<Actions> set_default(const Typed<InheritedColumn>&, const Typed<InheritedColumn>& now,
                                   const Context& plan) {
  const ObjectId table = now.object->parent;
  const auto initial = effective_default(plan, Side::after, table, now.id().name());
  return and_restore_below({default_to(now.id(), initial, *now.object, plan)}, now, plan);
}

// As further up, or as the type has it.
std::optional<Actions> set_storage(const Typed<InheritedColumn>&, const Typed<InheritedColumn>& now,
                                   const Context& plan) {
  if (now.storage) return and_restore_below({storage_to(now, *now.storage, plan)}, now, plan);
  const Object* above = origin(plan, now);
  if (above == nullptr || &above->kind() != &column_kind) return std::nullopt;
  Object own = *above;
  own.id = ObjectId::from_key(column_kind, now.id().key());
  own.parent = now.object->parent;
  return and_restore_below({set_storage_to(typed<Column>(own), plan)}, now, plan);
}

std::optional<Actions> set_compression(const Typed<InheritedColumn>&,
                                       const Typed<InheritedColumn>& now, const Context& plan) {
  if (now.compression) return Actions{compression_to(now, *now.compression, plan)};
  const Object* above = origin(plan, now);
  const bool known = above != nullptr && &above->kind() == &column_kind;
  const auto method = known ? typed<Column>(*above).compression : std::nullopt;
  return Actions{compression_to(now, method.value_or(Ident("default")), plan)};
}

std::optional<Actions> set_statistics(const Typed<InheritedColumn>&,
                                      const Typed<InheritedColumn>& now, const Context& plan) {
  return Actions{statistics_to(now, plan)};
}

std::optional<Actions> set_options(const Typed<InheritedColumn>& was,
                                   const Typed<InheritedColumn>& now, const Context& plan) {
  return set_parameters(alter_column(now), was.options, now.options,
                        metadata(now, plan, Lock::share_update_exclusive));
}

std::optional<Actions> set_foreign_options(const Typed<InheritedColumn>& was,
                                           const Typed<InheritedColumn>& now, const Context& plan) {
  return Actions{foreign_options_to(now, was.foreign_options, now.foreign_options, plan)};
}

// Nothing is left to say; the column itself stays, unless it becomes the table's own or goes. One
// that goes frees what its default needs before.
Actions drop(const Typed<InheritedColumn>& column, const Context& plan) {
  const Object* table = plan.after(column.object->parent);
  if (table == nullptr) return {};
  if (origin(plan, column) == nullptr) {
    if (!column.initial ||
        find(plan, Side::after, ObjectId::from_key(column_kind, column.id().key())) != nullptr)
      return {};
    return {default_to(column.id(), std::nullopt, *column.object, plan)};
  }
  Object silent = *column.object;
  silent.values = {};
  const auto now = typed<InheritedColumn>(silent);
  Actions actions;
  if (!column.presence.empty()) append(actions, *set_presence(column, now, plan));
  if (column.initial || column.no_default) append(actions, *set_default(column, now, plan));
  if (column.storage)
    if (auto more = set_storage(column, now, plan)) append(actions, std::move(*more));
  if (column.compression) append(actions, *set_compression(column, now, plan));
  if (column.statistics) append(actions, *set_statistics(column, now, plan));
  append(actions, *set_options(column, now, plan));
  if (!column.foreign_options.empty()) append(actions, *set_foreign_options(column, now, plan));
  return actions;
}

Sql address(const Object& column) {
  return sql("COLUMN ", qname(column.id), ".", Ident(std::string(column.id.name())));
}

constexpr FieldRule kFields[] = {
    alters<set_presence>("presence"),       alters<set_default>("default"),
    alters<set_default>("no_default"),      alters<set_storage>("storage"),
    alters<set_compression>("compression"), alters<set_statistics>("statistics"),
    alters<set_options>("options"),         alters<set_foreign_options>("foreign_options"),
};
static_assert(covers(inherited_column_kind, kFields),
              "every field of an inherited column needs a rule, in their order");

void add_checks(const Context& plan, Side side, const Object& table,
                std::vector<const Object*>& checks) {
  for (const ObjectId& next : above(table)) {
    const Object* holder = find(plan, side, next);
    if (holder == nullptr || &holder->kind() != &table_kind) continue;
    add_checks(plan, side, *holder, checks);
    for (const Object* child : children(plan, side, next))
      if (&child->kind() == &check_kind && !typed<Check>(*child).no_inherit)
        checks.push_back(child);
  }
}

std::vector<const Object*> checks_above(const Context& plan, Side side, const Object& table) {
  std::vector<const Object*> checks;
  add_checks(plan, side, table, checks);
  return checks;
}

Sql check_element(const Object& check) {
  const auto constraint = typed<Check>(check);
  return sql("CONSTRAINT ", constraint.name(), " CHECK ",
             parenthesised(constraint.expression, check));
}

// Columns that a table has from others, and attributes of its type.
std::vector<const Object*> columns_above(const Context& plan, Side side, const Object& table) {
  std::vector<const Object*> columns = inherited_columns(plan, side, table);
  if (const auto type = typed<Table>(table).of)
    for (const Object* attribute :
         children(plan, side, relation_id(composite_type_kind, type->name)))
      columns.push_back(attribute);
  return columns;
}

}  // namespace

bool refuses_null(const ObjectId& column, const ObjectId& table, const Context& plan) {
  const Object* said = plan.after(ObjectId::from_key(inherited_column_kind, column.key()));
  if (said != nullptr && typed<InheritedColumn>(*said).presence == "not null") return true;
  for (const Object* child : plan.children_after(table)) {
    if (&child->kind() != &primary_key_kind) continue;
    const auto columns = typed<PrimaryKey>(*child).columns;
    return std::find(columns.begin(), columns.end(), Ident(std::string(column.name()))) !=
           columns.end();
  }
  return false;
}

namespace {

Actions fit_column(const Object& column, const Object& was, const Object& now,
                   const Context& plan) {
  Object wanted = as_right_above(plan, column, now);
  const auto initial = default_right_above(plan, Side::after, now.id, column.id.name());
  const Object* own = plan.before(wanted.id);
  const Object* former = own != nullptr ? own : inherited(plan, Side::before, wanted.id);
  Actions actions;
  if (former == nullptr || &former->kind() != &column_kind) {
    actions.push_back(statement(sql(alter_table(wanted.id), "ADD COLUMN ",
                                    whole_definition(typed<Column>(wanted), initial, plan)),
                                touch(plan, now.id, Lock::access_exclusive)));
    return actions;
  }
  Object before = as_own(*former, was);
  // A type says nothing of NULL: its tables do, or their primary keys.
  if (&column.kind() == &attribute_kind && refuses_null(wanted.id, now.id, plan))
    wanted.values.set(field_index(column_kind, "nullable"), before.value("nullable"));
  // These come from nowhere further up, and what the table says of them itself is set later.
  for (const std::string_view field : {"statistics", "options", "foreign_options"}) {
    const FieldIndex i = field_index(column_kind, field);
    wanted.values.set(i, Value());
    if (own == nullptr) before.values.set(i, Value());
  }
  append(actions, alter_column_to(before, wanted, plan));
  const ObjectId said = ObjectId::from_key(inherited_column_kind, wanted.id.key());
  if (plan.after(said) != nullptr) return actions;
  const auto first = effective_default(plan, Side::before, now.id, wanted.id.name());
  const bool same_default =
      first.has_value() == initial.has_value() &&
      (!first || same(default_kind.fields[0], Value(*first), Value(*initial)).same);
  if (!same_default) actions.push_back(default_to(wanted.id, initial, now, plan));
  return actions;
}

}  // namespace

Object as_own(const Object& column, const Object& table) {
  Object own = column;
  if (&column.kind() == &attribute_kind) {
    own.values = {};
    for (const FieldInfo& field : attribute_kind.fields)
      own.values.set(field_index(column_kind, field.name), column.value(field.name));
    own.values.set(field_index(column_kind, "nullable"), true);
  }
  own.id = ObjectId::from_key(column_kind, table.id.key() + '\0' + std::string(column.id.name()));
  own.parent = table.id;
  return own;
}

std::optional<SqlText> effective_default(const Context& plan, Side side, const ObjectId& table,
                                         std::string_view name) {
  const std::string key = table.key() + '\0' + std::string(name);
  if (const auto own = default_of(plan, side, ObjectId::from_key(column_kind, key))) return own;
  if (const Object* said = find(plan, side, ObjectId::from_key(inherited_column_kind, key))) {
    const auto column = typed<InheritedColumn>(*said);
    if (column.initial || column.no_default) return column.initial;
  }
  return default_right_above(plan, side, table, name);
}

std::optional<SqlText> default_right_above(const Context& plan, Side side, const ObjectId& table,
                                           std::string_view name) {
  const Object* origin = inherited(
      plan, side, ObjectId::from_key(column_kind, table.key() + '\0' + std::string(name)));
  const Object* holder = find(plan, side, table);
  if (origin == nullptr || holder == nullptr) return std::nullopt;
  // Tables between may say something of their own.
  for (const ObjectId& next : above(*holder)) {
    const ObjectId there = ObjectId::from_key(column_kind, next.key() + '\0' + std::string(name));
    if (there == origin->id || inherited(plan, side, there) == origin)
      return effective_default(plan, side, next, name);
  }
  return std::nullopt;
}

namespace {

// The column as it is where a table says that of it.
void follow(const Object& said, Object& column) {
  const auto word = typed<InheritedColumn>(said);
  if (!word.presence.empty())
    column.values.set(field_index(column_kind, "nullable"),
                      word.presence == "null" ? Value(true) : Value());
  for (const std::string_view field : {"storage", "compression"})
    if (const Value& value = said.value(field); !value.absent())
      column.values.set(field_index(column_kind, field), value);
}

}  // namespace

Object as_right_above(const Context& plan, const Object& column, const Object& table) {
  const std::string name(column.id.name());
  for (const ObjectId& next : above(table)) {
    const ObjectId there = ObjectId::from_key(column_kind, next.key() + '\0' + name);
    if (inherited(plan, Side::after, there) != &column) continue;
    Object own = as_own(as_right_above(plan, column, *plan.after(next)), table);
    const ObjectId said = ObjectId::from_key(inherited_column_kind, there.key());
    if (plan.after(said) != nullptr) follow(*plan.after(said), own);
    return own;
  }
  return as_own(column, table);
}

namespace {

// What tables below say of the column, before and after the plan.
struct Said {
  const Object *before, *after;
};

std::vector<Said> said_below(const Context& plan, const Object& part) {
  std::vector<Said> all;
  for (const ObjectId& table : tables_below(plan, part.parent)) {
    const ObjectId id =
        ObjectId::from_key(inherited_column_kind, table.key() + '\0' + std::string(part.id.name()));
    const Object* after = plan.after(id);
    if (after != nullptr && plan.before(table) != nullptr) all.push_back({plan.before(id), after});
  }
  return all;
}

}  // namespace

Actions restore_below(const Context& plan, const Object& column) {
  Actions actions;
  for (const Said& said : said_below(plan, column))
    append(actions, say(typed<InheritedColumn>(*said.after), plan));
  return actions;
}

Actions restore_defaults_below(const Context& plan, const Object& column) {
  Actions actions;
  for (const ObjectId& table : tables_below(plan, column.parent)) {
    const ObjectId own =
        ObjectId::from_key(column_kind, table.key() + '\0' + std::string(column.id.name()));
    const Object* declared = plan.after(own);
    if (declared == nullptr || plan.before(own) == nullptr) continue;
    const auto was = default_of(plan, Side::before, own), now = default_of(plan, Side::after, own);
    // One that changes has a statement of its own, which comes later.
    if (was.has_value() != now.has_value() ||
        (was && !same(default_kind.fields[0], Value(*was), Value(*now)).same))
      continue;
    actions.push_back(default_to(own, now, *declared, plan));
  }
  return actions;
}

ObjectId default_above(const Context& plan, const ObjectId& column) {
  const Object* origin = inherited(plan, Side::after, column);
  if (origin == nullptr || &origin->kind() != &column_kind) return {};
  // Tables between may say one of their own.
  if (const Object* holder = plan.after(table_of(column)))
    for (const ObjectId& next : above(*holder)) {
      const ObjectId said =
          ObjectId::from_key(inherited_column_kind, next.key() + '\0' + std::string(column.name()));
      for (const Object* there : {plan.after(said), plan.before(said)})
        if (there != nullptr && typed<InheritedColumn>(*there).initial) return said;
    }
  const ObjectId id = ObjectId::from_key(default_kind, origin->id.key());
  return plan.after(id) != nullptr || plan.before(id) != nullptr ? id : ObjectId();
}

Actions say_again_below(const Context& plan, const Object& column) {
  Actions actions;
  for (const Said& said : said_below(plan, column)) {
    if (said.before == nullptr) continue;
    for (Action& action : say_all(typed<InheritedColumn>(*said.after), plan)) {
      action.after.push_back(said.after->parent);
      action.late = true;
      actions.push_back(std::move(action));
    }
  }
  return actions;
}

Actions restore_storage_below(const Context& plan, const Object& part) {
  Actions actions;
  for (const Said& said : said_below(plan, part)) {
    if (said.before == nullptr) continue;
    const auto was = typed<InheritedColumn>(*said.before);
    const auto now = typed<InheritedColumn>(*said.after);
    if (now.storage && was.storage == now.storage)
      actions.push_back(storage_to(now, *now.storage, plan));
    if (now.compression && was.compression == now.compression)
      actions.push_back(compression_to(now, *now.compression, plan));
  }
  return actions;
}

std::vector<ObjectId> parts_above(const Context& plan, const Object& table) {
  std::vector<ObjectId> parts;
  const auto add = [&](std::span<const Object* const> children) {
    for (const Object* child : children) {
      if (&child->kind() != &column_kind && &child->kind() != &check_kind) continue;
      parts.push_back(child->id);
      parts.push_back(ObjectId::from_key(default_kind, child->id.key()));
    }
  };
  for (const ObjectId& next : above(table)) {
    add(plan.children_before(next));
    add(plan.children_after(next));
    if (const Object* holder = plan.after(next); holder != nullptr && &next.kind() == &table_kind)
      for (const ObjectId& part : parts_above(plan, *holder)) parts.push_back(part);
  }
  return parts;
}

std::vector<Sql> inherited_checks(const Context& plan, const Object& table) {
  std::vector<Sql> elements;
  for (const Object* check : checks_above(plan, Side::after, table))
    elements.push_back(check_element(*check));
  return elements;
}

Actions fit_to_above(const Object& was, const Object& now, const Context& plan) {
  Actions actions;
  for (const Object* column : columns_above(plan, Side::after, now))
    append(actions, fit_column(*column, was, now, plan));
  for (const Object* check : checks_above(plan, Side::after, now)) {
    Object own = *check;
    own.id = ObjectId::from_key(check_kind, now.id.key() + '\0' + std::string(check->id.name()));
    own.parent = now.id;
    const Object* former = plan.before(own.id);
    if (former != nullptr && goes_silently(plan, *former)) continue;
    actions.push_back(statement(sql(alter_table(own.id), "ADD ", check_element(own)),
                                touch(plan, now.id, Lock::access_exclusive, false, true)));
  }
  return actions;
}

Actions shed(const Object& was, const Object& now, const Context& plan) {
  Actions actions;
  const auto touches = [&] { return touch(plan, now.id, Lock::access_exclusive); };
  const auto stays = [&](const ObjectId& id) {
    return plan.after(id) != nullptr || inherited(plan, Side::after, id) != nullptr;
  };
  for (const Object& key : inherited_keys(plan, Side::before, was)) {
    const Object* declared = plan.after(key.id);
    if (declared != nullptr && comes_silently(plan, *declared)) continue;
    // Where the one above made way for a change before, it took this one along.
    const bool index = &key.kind() == &index_kind;
    actions.push_back(statement(index ? sql("DROP INDEX IF EXISTS ", qname(key.id))
                                      : sql(alter_table(key.id), "DROP CONSTRAINT IF EXISTS ",
                                            Ident(std::string(key.id.name()))),
                                touches()));
  }
  for (const Object* check : checks_above(plan, Side::before, was)) {
    const ObjectId own =
        ObjectId::from_key(check_kind, now.id.key() + '\0' + std::string(check->id.name()));
    if (!stays(own))
      actions.push_back(statement(
          sql(alter_table(own), "DROP CONSTRAINT IF EXISTS ", Ident(std::string(own.name()))),
          touches()));
  }
  std::vector<const Object*> gone;
  for (const Object* column : columns_above(plan, Side::before, was))
    if (const ObjectId own = as_own(*column, now).id; !stays(own) && plan.before(own) == nullptr)
      gone.push_back(column);
  // What is computed goes before what it is computed from.
  std::stable_partition(gone.begin(), gone.end(), [](const Object* column) {
    return &column->kind() == &column_kind && typed<Column>(*column).generated.has_value();
  });
  for (const Object* column : gone) {
    actions.push_back(
        statement(sql(alter_table(now.id), "DROP COLUMN ", Ident(std::string(column->id.name()))),
                  touches(), Loss::rows));
  }
  return actions;
}

bool has_as_own(const Context& plan, const Object& table, const ObjectId& parent) {
  const auto is_own = [&](const Object& column) {
    return plan.after(as_own(column, table).id) != nullptr;
  };
  for (const Object* child : plan.children_after(parent))
    if (&child->kind() == &column_kind && !is_own(*child)) return false;
  const Object* holder = plan.after(parent);
  if (holder == nullptr) return false;
  const auto columns = inherited_columns(plan, Side::after, *holder);
  return std::all_of(columns.begin(), columns.end(),
                     [&](const Object* column) { return is_own(*column); });
}

extern constexpr KindRules inherited_column_rules{.create = on<create>,
                                                  .drop = on<drop>,
                                                  .drop_keeps_parts = true,
                                                  .address = address,
                                                  .fields = kFields};

}  // namespace schemac::postgres
