#include "codegen/postgres/inherited_column.h"

#include <algorithm>

#include "codegen/postgres/column.h"
#include "codegen/postgres/joining.h"
#include "codegen/postgres/not_null.h"
#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/attribute.h"
#include "compiler/kinds/primary_key.h"

namespace schemac::postgres {
namespace {

Sql alter_column(const Typed<InheritedColumn>& column) {
  return sql(alter_table(column.id()), "ALTER COLUMN ", column.name());
}

std::vector<Touch> metadata(const Typed<InheritedColumn>& column, const Context& plan, Lock lock) {
  return touch_only(plan, column.object->parent, lock);
}

std::optional<ColumnDefault> default_of(const Context& plan, Side side, const ObjectId& column) {
  const Object* initial = find(plan, side, ObjectId::from_key(default_kind, column.key()));
  if (initial == nullptr) return std::nullopt;
  return ColumnDefault{typed<Default>(*initial).expression, initial};
}

// What the table says for itself.
std::optional<ColumnDefault> default_of(const Typed<InheritedColumn>& column) {
  if (!column.initial) return std::nullopt;
  return ColumnDefault{*column.initial, column.object};
}

// Whether rows are as they were when the table says something of a column, or being written anew.
enum class Rows : std::uint8_t { in_use, anew };

Actions presence_to(const Typed<InheritedColumn>& column, bool required, Rows rows,
                    const Context& plan) {
  const ObjectId& table = column.object->parent;
  if (required)
    return rows == Rows::in_use ? set_not_null_in_use(plan, table, column.name())
                                : set_not_null(plan, table, column.name(), true);
  return {statement(sql(alter_column(column), " DROP NOT NULL"),
                    touch(plan, column.object->parent, Lock::access_exclusive))};
}

// The column further up as the plan leaves it.
const Object* origin(const Context& plan, const Typed<InheritedColumn>& column) {
  return inherited(plan, Side::after, ObjectId::from_key(column_kind, column.id().key()));
}

// Without a word of its own the column is as further up, or as its primary key has it.
Actions set_presence_to(const Typed<InheritedColumn>& column, const std::string& presence,
                        Rows rows, const Context& plan) {
  bool required = presence == "not null";
  if (presence.empty()) {
    const Object* said = plan.after(column.id());
    const bool comes_back = said != nullptr && typed<InheritedColumn>(*said).presence == "not null";
    if (!comes_back && refuses_null(column.id(), column.object->parent, plan)) return {};
    const Object* above = origin(plan, column);
    if (above == nullptr || &above->kind() != &column_kind)
      return presence_to(column, false, rows, plan);
    required = !typed<Column>(*above).nullable;
  }
  return presence_to(column, required, rows, plan);
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
Actions say(const Typed<InheritedColumn>& column, Rows rows, const Context& plan) {
  Actions actions;
  if (!column.presence.empty())
    append(actions, set_presence_to(column, column.presence, rows, plan));
  if (column.initial || column.no_default)
    actions.push_back(default_to(column.id(), default_of(column), plan));
  if (column.storage) actions.push_back(storage_to(column, *column.storage, plan));
  if (column.compression) actions.push_back(compression_to(column, *column.compression, plan));
  return actions;
}

// What further up has no part in as well.
Actions say_all(const Typed<InheritedColumn>& column, Rows rows, const Context& plan) {
  Actions actions = say(column, rows, plan);
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
  Actions actions = and_restore_below(
      say_all(column, plan.is_new(column.id()) ? Rows::in_use : Rows::anew, plan), column, plan);
  const Object* table = plan.after(column.object->parent);
  for (Action& action : actions) action.after = parts_above(plan, *table);
  return actions;
}

std::optional<Actions> set_presence(const Typed<InheritedColumn>&,
                                    const Typed<InheritedColumn>& now, const Context& plan) {
  return and_restore_below(set_presence_to(now, now.presence, Rows::in_use, plan), now, plan);
}

std::optional<Actions> set_default(const Typed<InheritedColumn>&, const Typed<InheritedColumn>& now,
                                   const Context& plan) {
  const ObjectId table = now.object->parent;
  const auto initial = effective_default(plan, Side::after, table, now.id().name());
  Action action = default_to(now.id(), initial, plan);
  if (const Object* above = origin(plan, now)) action.after.push_back(above->id);
  return and_restore_below({std::move(action)}, now, plan);
}

// As further up, or as the type has it.
std::optional<Actions> set_storage(const Typed<InheritedColumn>&, const Typed<InheritedColumn>& now,
                                   const Context& plan) {
  if (now.storage) return and_restore_below({storage_to(now, *now.storage, plan)}, now, plan);
  const Object *above = origin(plan, now), *table = plan.after(now.object->parent);
  if (above == nullptr || table == nullptr) return std::nullopt;
  const Object own = as_own(*above, *table);
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
    return {default_to(column.id(), std::nullopt, plan)};
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

Fragment default_value(const ColumnDefault& initial) {
  return default_value(initial.expression, *initial.holder);
}

bool same_default(const std::optional<ColumnDefault>& a, const std::optional<ColumnDefault>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return same(default_kind.fields[0], Value(a->expression), Value(b->expression)).same;
}

Action default_to(const ObjectId& column, const std::optional<ColumnDefault>& initial,
                  const Context& plan) {
  Sql head = sql(alter_table(column), "ALTER COLUMN ", Ident(std::string(column.name())));
  if (initial)
    head.add(sql(" SET DEFAULT ", default_value(*initial)));
  else
    head.add(" DROP DEFAULT");
  return statement(std::move(head), touch(plan, table_of(column), Lock::access_exclusive));
}

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

std::optional<ColumnDefault> effective_default(const Context& plan, Side side,
                                               const ObjectId& table, std::string_view name) {
  const std::string key = table.key() + '\0' + std::string(name);
  if (const auto own = default_of(plan, side, ObjectId::from_key(column_kind, key))) return own;
  if (const Object* said = find(plan, side, ObjectId::from_key(inherited_column_kind, key))) {
    const auto column = typed<InheritedColumn>(*said);
    if (column.initial || column.no_default) return default_of(column);
  }
  return default_right_above(plan, side, table, name);
}

std::optional<ColumnDefault> default_right_above(const Context& plan, Side side,
                                                 const ObjectId& table, std::string_view name) {
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

Object as_said(const Context& plan, Side side, const Object& column, const Object& table) {
  Object own = as_right_above(plan, side, column, table);
  if (const Object* said =
          find(plan, side, ObjectId::from_key(inherited_column_kind, own.id.key())))
    follow(*said, own);
  return own;
}

Object as_right_above(const Context& plan, Side side, const Object& column, const Object& table) {
  for (const ObjectId& next : above(table)) {
    const ObjectId there =
        ObjectId::from_key(column_kind, next.key() + '\0' + std::string(column.id.name()));
    if (inherited(plan, side, there) == &column)
      return as_own(as_said(plan, side, column, *find(plan, side, next)), table);
  }
  return as_own(column, table);
}

namespace {

bool stands_under(const Context& plan, Side side, const ObjectId& table, const ObjectId& top) {
  const Object* object = find(plan, side, table);
  if (object == nullptr || &table.kind() != &table_kind) return false;
  const std::vector<ObjectId> tables = above(*object);
  return std::any_of(tables.begin(), tables.end(), [&](const ObjectId& next) {
    return next == top || stands_under(plan, side, next, top);
  });
}

// What tables below say of the column, before and after the plan.
struct Said {
  const Object *before, *after;
};

// Of tables that stand below before the plan: one that joins later says it all then.
std::vector<Said> said_below(const Context& plan, const Object& part) {
  std::vector<Said> all;
  for (const ObjectId& table : tables_below(plan, part.parent)) {
    const ObjectId id =
        ObjectId::from_key(inherited_column_kind, table.key() + '\0' + std::string(part.id.name()));
    const Object* after = plan.after(id);
    if (after != nullptr && stands_under(plan, Side::before, table, part.parent))
      all.push_back({plan.before(id), after});
  }
  return all;
}

// Statements of `table` among those for a column further up.
Actions about(const ObjectId& table, Actions actions) {
  for (Action& action : actions) action.about = table;
  return actions;
}

// What tables that stand below before the plan say of a default.
std::vector<const Object*> defaults_said_below(const Context& plan, const Object& part) {
  std::vector<const Object*> all;
  for (const ObjectId& table : tables_below(plan, part.parent)) {
    const Object* said = plan.before(ObjectId::from_key(
        inherited_column_kind, table.key() + '\0' + std::string(part.id.name())));
    if (said != nullptr && typed<InheritedColumn>(*said).initial &&
        stands_under(plan, Side::before, table, part.parent))
      all.push_back(said);
  }
  return all;
}

}  // namespace

void clear_defaults_below(const Context& plan, const Object& part, Actions& actions,
                          Action& change) {
  for (const Object* said : defaults_said_below(plan, part)) {
    // Tables that go have no use for it.
    if (plan.after(said->parent) == nullptr)
      change.rather_after.push_back(said->parent);
    else if (stands_under(plan, Side::after, said->parent, part.parent))
      append(actions, about(said->parent, {default_to(said->id, std::nullopt, plan)}));
  }
}

Actions restore_cleared_below(const Context& plan, const Object& part) {
  // A default of the column itself is made anew, and restores all below.
  if (plan.after(ObjectId::from_key(default_kind, part.id.key())) != nullptr) return {};
  Actions actions;
  for (const Object* said : defaults_said_below(plan, part)) {
    const Object* now = plan.after(said->id);
    if (now == nullptr || !stands_under(plan, Side::after, said->parent, part.parent)) continue;
    const auto initial = default_of(typed<InheritedColumn>(*now));
    if (initial && same(inherited_column_kind.fields[field_index(inherited_column_kind, "default")],
                        said->value("default"), now->value("default"))
                       .same)
      append(actions, about(now->parent, {default_to(now->id, initial, plan)}));
  }
  return actions;
}

Actions restore_below(const Context& plan, const Object& column) {
  Actions actions;
  for (const Said& said : said_below(plan, column))
    append(actions,
           about(said.after->parent, say(typed<InheritedColumn>(*said.after), Rows::anew, plan)));
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
    // One that changes has a statement of its own, which comes later, unless both make way for a
    // change of their type.
    const bool goes = !now && plan.makes(ObjectId::from_key(default_kind, column.id.key()));
    if (!same_default(was, now) && !goes) continue;
    append(actions, about(table, {default_to(own, now, plan)}));
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
    const ObjectId& table = said.after->parent;
    for (Action& action :
         about(table, say_all(typed<InheritedColumn>(*said.after), Rows::anew, plan))) {
      action.after.push_back(table);
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
      append(actions, about(now.object->parent, {storage_to(now, *now.storage, plan)}));
    if (now.compression && was.compression == now.compression)
      append(actions, about(now.object->parent, {compression_to(now, *now.compression, plan)}));
  }
  return actions;
}

extern constexpr KindRules inherited_column_rules{.create = on<create>,
                                                  .drop = on<drop>,
                                                  .drop_keeps_parts = true,
                                                  .address = address,
                                                  .fields = kFields};

}  // namespace schemac::postgres
