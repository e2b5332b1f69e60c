#include "compiler/kinds/default.h"

#include "codegen/postgres/backfill.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"

namespace schemac::postgres {
namespace {

Sql alter_column(const Typed<Default>& value) {
  return sql(alter_table(value.id()), "ALTER COLUMN ", value.name());
}

std::vector<Touch> metadata(const Typed<Default>& value, const Context& plan) {
  const Object* column = plan.after(value.object->parent);
  if (column == nullptr) column = plan.before(value.object->parent);
  return touch(plan, column == nullptr ? table_of(value.id()) : column->parent,
               Lock::access_exclusive);
}

// A change of the one further up reaches this one.
Action behind_above(Action action, const Typed<Default>& value, const Context& plan) {
  const ObjectId& column = value.object->parent;
  if (plan.after(column) == nullptr) return action;
  if (const ObjectId above = default_above(plan, column);
      !above.empty() && plan.before(table_of(above)) != nullptr)
    action.after.push_back(above);
  return action;
}

// Whether the one further up makes way for a change of the type, as this one has to, and then goes
// from the tables below again that have none: see restore_defaults_below.
bool is_made_anew_above(const ObjectId& column, const Context& plan) {
  const ObjectId above = default_above(plan, column);
  return !above.empty() && &above.kind() == &default_kind && plan.before(above) != nullptr &&
         plan.makes(above);
}

// The statement reaches the tables below.
Actions with_restored(Action action, const Typed<Default>& value, const Context& plan) {
  Actions actions{behind_above(std::move(action), value, plan)};
  const Object* column = plan.after(value.object->parent);
  if (column == nullptr) return actions;
  append(actions, restore_below(plan, *column));
  append(actions, restore_defaults_below(plan, *column));
  return actions;
}

// Whether the column, that the table had from further up, has the default already. A change of its
// type took that away.
bool is_there(const Typed<Default>& value, const Context& plan) {
  const Object* column = plan.after(value.object->parent);
  if (column == nullptr || !comes_silently(plan, *column)) return false;
  if (inherited(plan, Side::before, column->id)->value("type") != column->value("type"))
    return false;
  const auto former = effective_default(plan, Side::before, column->parent, column->id.name());
  return same_default(former, ColumnDefault{value.expression, value.object});
}

Actions create(const Typed<Default>& value, const Context& plan) {
  if (is_there(value, plan)) return {};
  const Fragment text = default_value(value.expression, *value.object);
  Action action = statement(sql(alter_column(value), " SET DEFAULT ", text), metadata(value, plan));
  action.folded = sql("DEFAULT ", text);
  Actions actions = with_restored(std::move(action), value, plan);
  const Object* column = plan.after(value.object->parent);
  if (column != nullptr && brings_default(*column, plan)) actions.erase(actions.begin());
  return actions;
}

Actions drop(const Typed<Default>& value, const Context& plan) {
  if (const Object* column = plan.before(value.object->parent);
      column != nullptr && goes_silently(plan, *column))
    return {};
  Actions actions{statement(sql(alter_column(value), " DROP DEFAULT"), metadata(value, plan))};
  const Object* column = plan.after(value.object->parent);
  // One that comes again has what tables below say restored, by when they have their new types.
  if (column == nullptr || plan.after(value.id()) != nullptr) return actions;
  if (!is_made_anew_above(column->id, plan))
    actions.front() = behind_above(std::move(actions.front()), value, plan);
  append(actions, restore_cleared_below(plan, *column));
  append(actions, restore_defaults_below(plan, *column));
  return actions;
}

std::optional<Actions> set_expression(const Typed<Default>&, const Typed<Default>& now,
                                      const Context& plan) {
  return with_restored(
      statement(sql(alter_column(now), " SET DEFAULT ", default_value(now.expression, *now.object)),
                metadata(now, plan)),
      now, plan);
}

constexpr FieldRule kFields[] = {
    alters<set_expression>("expression"),
};
static_assert(covers(default_kind, kFields),
              "every field of a default needs a rule, in their order");

}  // namespace

extern constexpr KindRules default_rules{.create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
