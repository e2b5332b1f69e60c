#include "codegen/postgres/not_null.h"

#include <algorithm>

#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/inherited_column.h"
#include "compiler/kinds/not_null.h"

namespace schemac::postgres {

const Object* not_null_of(const Context& plan, Side side, const ObjectId& table,
                          std::string_view column) {
  for (const Object* child : children(plan, side, table))
    if (&child->kind() == &not_null_kind && typed<NotNull>(*child).columns.front().text == column)
      return child;
  return nullptr;
}

namespace {

ObjectId column_id(const ObjectId& table, std::string_view name) {
  return ObjectId::from_key(column_kind, table.key() + '\0' + std::string(name));
}

std::string_view column_of(const Typed<NotNull>& constraint) {
  const Object& object = *constraint.object;
  return (*object.value("columns").list())[0].ident()->text;
}

// Whether the table refuses NULL in its column; std::nullopt where it has no such column.
std::optional<bool> is_required(const Context& plan, Side side, const ObjectId& table,
                                std::string_view name) {
  const ObjectId id = column_id(table, name);
  if (const Object* own = find(plan, side, id)) return !typed<Column>(*own).nullable;
  const Object* above = inherited(plan, side, id);
  if (above == nullptr) return std::nullopt;
  if (const Object* said = find(plan, side, ObjectId::from_key(inherited_column_kind, id.key())))
    if (const auto column = typed<InheritedColumn>(*said); !column.presence.empty())
      return column.presence == "not null";
  return &above->kind() == &column_kind && !typed<Column>(*above).nullable;
}

// Whether the statement that makes the column, or makes it NOT NULL, gives the constraint its name:
// always but where the column stays as it is.
bool comes_with_column(const Object& constraint, const Context& plan) {
  const std::string_view column = column_of(typed<NotNull>(constraint));
  return !is_required(plan, Side::before, constraint.parent, column).value_or(false) ||
         plan.before(constraint.id) != nullptr;
}

// Whether it is about a column of a new table that is NOT NULL further up already.
bool names_one_above(const Object& constraint, const Context& plan) {
  const ObjectId id = column_id(constraint.parent, column_of(typed<NotNull>(constraint)));
  return plan.is_new(constraint.parent) && plan.after(id) == nullptr &&
         plan.after(ObjectId::from_key(inherited_column_kind, id.key())) == nullptr &&
         inherited(plan, Side::after, id) != nullptr;
}

Ident automatic_name(const ObjectId& table, std::string_view column) {
  return Ident(made_name(table.name(), column, "not_null"));
}

Sql how_it_holds(const Typed<NotNull>& constraint, bool not_valid) {
  return sql(constraint.no_inherit ? sql(" NO INHERIT") : Sql(),
             not_valid ? sql(" NOT VALID") : Sql());
}

Action add(const Typed<NotNull>& constraint, bool not_valid, bool scans, const Context& plan) {
  const Sql definition =
      sql("NOT NULL ", constraint.columns.front(), how_it_holds(constraint, not_valid));
  return add_constraint(
      *constraint.object, alter_table(constraint.id()), definition, !not_valid,
      touch(plan, constraint.object->parent, Lock::access_exclusive, false, scans));
}

Action rename_to(const ObjectId& table, const Ident& from, const Ident& to, const Context& plan) {
  return statement(sql("ALTER TABLE ", qname(table), " RENAME CONSTRAINT ", from, " TO ", to),
                   touch(plan, table, Lock::access_exclusive));
}

// A table below allows NULL only once it does not have the constraint from here any more.
Action set_inheritance(const Typed<NotNull>& constraint, const Ident& name, bool inherits,
                       const Context& plan) {
  const ObjectId& table = constraint.object->parent;
  Action action = statement(sql(alter_table(constraint.id()), "ALTER CONSTRAINT ", name,
                                inherits ? sql(" INHERIT") : sql(" NO INHERIT")),
                            touch(plan, table, Lock::access_exclusive));
  if (inherits) return action;
  for (const ObjectId& child : tables_below(plan, table)) {
    const ObjectId own = column_id(child, column_of(constraint));
    action.before.push_back(own);
    action.before.push_back(ObjectId::from_key(inherited_column_kind, own.key()));
  }
  return action;
}

Action validate(const Typed<NotNull>& constraint, const Ident& name, const Context& plan) {
  return statement(
      sql(alter_table(constraint.id()), "VALIDATE CONSTRAINT ", name),
      touch(plan, constraint.object->parent, Lock::share_update_exclusive, false, true));
}

// What was valid can only be made anew.
Actions invalidate(const Typed<NotNull>& constraint, const Context& plan) {
  return {statement(sql(alter_table(constraint.id()), "ALTER COLUMN ", constraint.columns.front(),
                        " DROP NOT NULL"),
                    touch(plan, constraint.object->parent, Lock::access_exclusive)),
          add(constraint, constraint.not_valid, false, plan)};
}

// The column is NOT NULL already, under another name.
Actions take_over(const Typed<NotNull>& now, const Context& plan) {
  const ObjectId& table = now.object->parent;
  const Object* before = not_null_of(plan, Side::before, table, column_of(now));
  const NotNull was = before == nullptr ? NotNull() : NotNull(typed<NotNull>(*before));
  const Ident from = before == nullptr ? automatic_name(table, column_of(now))
                                       : Ident(std::string(before->id.name()));
  if (now.not_valid && !was.not_valid) return invalidate(now, plan);
  Actions actions;
  if (from != now.name()) actions.push_back(rename_to(table, from, now.name(), plan));
  if (was.not_valid && !now.not_valid) actions.push_back(validate(now, now.name(), plan));
  if (was.no_inherit != now.no_inherit)
    actions.push_back(set_inheritance(now, now.name(), !now.no_inherit, plan));
  return actions;
}

Actions create(const Typed<NotNull>& constraint, const Context& plan) {
  const Object& object = *constraint.object;
  if (comes_silently(plan, object)) return {};
  const ObjectId& table = object.parent;
  if (!comes_with_column(object, plan)) return take_over(constraint, plan);
  if (constraint.not_valid) return {add(constraint, constraint.not_valid, false, plan)};
  // What a new table has from above it can call by a name of its own; a partition is attached then.
  if (!names_one_above(object, plan) || typed<Table>(*plan.after(table)).partition_of) return {};
  return {add(constraint, constraint.not_valid, false, plan)};
}

Actions drop(const Typed<NotNull>& constraint, const Context& plan) {
  const Object& object = *constraint.object;
  const ObjectId& table = object.parent;
  const std::string_view column = column_of(constraint);
  // With its table, and what is said of it.
  if (plan.after(table) == nullptr)
    return drop_constraint(object, touch(plan, table, Lock::access_exclusive), Loss::rebuildable);
  if (goes_silently(plan, object) || plan.after(object.id) != nullptr ||
      not_null_of(plan, Side::after, table, column) != nullptr || goes_with_column(plan, object))
    return {};
  const Ident name = automatic_name(table, column);
  Actions actions;
  if (name != constraint.name()) actions.push_back(rename_to(table, constraint.name(), name, plan));
  if (constraint.not_valid) actions.push_back(validate(constraint, name, plan));
  if (constraint.no_inherit) actions.push_back(set_inheritance(constraint, name, true, plan));
  return actions;
}

Actions rename(const Typed<NotNull>& was, const Typed<NotNull>& now, const Context& plan) {
  return rename_constraint(*was.object, *now.object, plan);
}

std::optional<Actions> set_no_inherit(const Typed<NotNull>&, const Typed<NotNull>& now,
                                      const Context& plan) {
  return Actions{set_inheritance(now, now.name(), !now.no_inherit, plan)};
}

std::optional<Actions> set_not_valid(const Typed<NotNull>&, const Typed<NotNull>& now,
                                     const Context& plan) {
  if (now.not_valid) return invalidate(now, plan);
  return Actions{validate(now, now.name(), plan)};
}

constexpr FieldRule kFields[] = {
    replaces("columns"),
    alters<set_no_inherit>("no_inherit"),
    alters<set_not_valid>("not_valid"),
};
static_assert(covers(not_null_kind, kFields),
              "every field of a not-null constraint needs a rule, in their order");

// Whether the server's name of the constraint counts and can be changed: not where tables above or
// below have one for the same column, which would have to have the same name.
bool follows(const Context& plan, const Object& column) {
  const ObjectId& table = column.parent;
  const std::string_view name = column.id.name();
  const auto names_one = [](const Object* child) { return &child->kind() == &not_null_kind; };
  const auto& before = plan.children_before(table);
  const auto& after = plan.children_after(table);
  return (std::any_of(before.begin(), before.end(), names_one) ||
          std::any_of(after.begin(), after.end(), names_one)) &&
         not_null_of(plan, Side::before, table, name) == nullptr &&
         is_required(plan, Side::before, table, name).value_or(false) &&
         inherited(plan, Side::before, column.id) == nullptr && tables_below(plan, table).empty();
}

}  // namespace

bool names_not_null_above(const Context& plan, const ObjectId& table) {
  const auto& parts = plan.children_after(table);
  return std::any_of(parts.begin(), parts.end(), [&](const Object* part) {
    return &part->kind() == &not_null_kind && names_one_above(*part, plan);
  });
}

bool goes_with_column(const Context& plan, const Object& not_null) {
  return !is_required(plan, Side::after, not_null.parent, column_of(typed<NotNull>(not_null)))
              .value_or(false);
}

Sql not_null_clause(const Context& plan, const ObjectId& column) {
  const Object* named = not_null_of(plan, Side::after, table_of(column), column.name());
  if (named == nullptr && plan.after(column) == nullptr)
    if (const Object* above = inherited(plan, Side::after, column))
      named = not_null_of(plan, Side::after, above->parent, column.name());
  if (named == nullptr || !comes_with_column(*named, plan)) return sql(" NOT NULL");
  const auto constraint = typed<NotNull>(*named);
  if (constraint.not_valid) return {};
  return sql(" CONSTRAINT ", constraint.name(), " NOT NULL",
             how_it_holds(constraint, constraint.not_valid));
}

Actions set_not_null(const Context& plan, const ObjectId& table, const Ident& column, bool scans) {
  const Object* named = not_null_of(plan, Side::after, table, column.text);
  if (named == nullptr || !comes_with_column(*named, plan))
    return {statement(sql(alter_table(table), "ALTER COLUMN ", column, " SET NOT NULL"),
                      touch(plan, table, Lock::access_exclusive, false, scans))};
  const auto constraint = typed<NotNull>(*named);
  if (constraint.not_valid) return {};
  Action action = add(constraint, false, scans, plan);
  action.folded = {};
  return {action};
}

Actions set_not_null_in_use(const Context& plan, const ObjectId& table, const Ident& column) {
  if (!is_validated_online(plan, table)) return set_not_null(plan, table, column, true);
  const Object* named = not_null_of(plan, Side::after, table, column.text);
  if (named == nullptr || !comes_with_column(*named, plan))
    return set_not_null_online(plan, table, column);
  const auto constraint = typed<NotNull>(*named);
  if (constraint.not_valid) return {};
  return {add(constraint, true, false, plan),
          validate_apart(*named, touch(plan, table, Lock::share_update_exclusive, false, true))};
}

Actions rename_not_nulls(const Context& plan, const ObjectId& table, const Ident& was) {
  Actions actions;
  for (const Object* child : plan.children_after(table)) {
    if (&child->kind() != &column_kind || !follows(plan, *child)) continue;
    // Columns are renamed after their table.
    const std::string_view name = plan.former_name(child->id);
    actions.push_back(rename_to(table, Ident(made_name(was.text, name, "not_null")),
                                automatic_name(table, name), plan));
  }
  return actions;
}

Actions rename_not_null(const Context& plan, const Object& column, const Ident& was) {
  if (!follows(plan, column)) return {};
  return {rename_to(column.parent, automatic_name(column.parent, was.text),
                    automatic_name(column.parent, column.id.name()), plan)};
}

extern constexpr KindRules not_null_rules{.create = on<create>,
                                          .drop = on<drop>,
                                          .drop_keeps_parts = true,
                                          .rename = on_both<rename>,
                                          .address = constraint_address,
                                          .fields = kFields};

}  // namespace schemac::postgres
