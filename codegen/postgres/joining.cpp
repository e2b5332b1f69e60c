#include "codegen/postgres/joining.h"

#include <algorithm>

#include "codegen/postgres/column.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/attribute.h"
#include "compiler/kinds/check.h"
#include "compiler/kinds/composite_type.h"
#include "compiler/kinds/index.h"
#include "compiler/kinds/table.h"

namespace schemac::postgres {
namespace {

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

// Columns that a table has from others, and attributes of its type.
std::vector<const Object*> columns_above(const Context& plan, Side side, const Object& table) {
  std::vector<const Object*> columns = inherited_columns(plan, side, table);
  if (const auto type = typed<Table>(table).of)
    for (const Object* part : children(plan, side, relation_id(composite_type_kind, type->name)))
      if (&part->kind() == &attribute_kind) columns.push_back(part);
  return columns;
}

bool says_default(const Object* said) {
  if (said == nullptr) return false;
  const auto word = typed<InheritedColumn>(*said);
  return word.initial || word.no_default;
}

// What reads a column, that the table had from further up, in the table itself.
std::vector<ObjectId> readers_of(const Object& column, const Object& table, const Context& plan) {
  std::vector<ObjectId> readers;
  for (const Object* reader : plan.dependents_before(column.id))
    if (std::any_of(reader->depends.begin(), reader->depends.end(),
                    [&](const Edge& edge) { return edge.target == table.id; }))
      readers.push_back(reader->id);
  return readers;
}

// Whether the table declared a column itself that had the name before the plan's renames.
bool declared(const Object& table, std::string_view name, const Context& plan) {
  const auto columns = plan.children_before(table.id);
  return std::any_of(columns.begin(), columns.end(), [&](const Object* column) {
    return &column->kind() == &column_kind && plan.former_name(column->id) == name;
  });
}

// Whether the table keeps the check `own` from those that it leaves: while it leaves, they have it
// as they always do.
bool keeps_check(const Object& own, const Context& plan) {
  if (!comes_silently(plan, own) || makes_way_above(plan, own)) return false;
  const Object* before = inherited(plan, Side::before, own.id);
  const Object* after = plan.after(before->id);
  return after != nullptr && after->values == before->values;
}

}  // namespace

Sql check_element(const Object& check) {
  const auto constraint = typed<Check>(check);
  return sql("CONSTRAINT ", constraint.name(), " CHECK ",
             parenthesised(constraint.expression, check));
}

std::vector<ObjectId> parts_above(const Context& plan, const Object& table) {
  std::vector<ObjectId> parts;
  const auto add = [&](std::span<const Object* const> children) {
    for (const Object* child : children) {
      const KindInfo* kind = &child->kind();
      if (kind == &inherited_column_kind) parts.push_back(child->id);
      if (kind != &column_kind && kind != &check_kind) continue;
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

Actions fit_column(const Object& column, const Object& was, const Object& now,
                   const Context& plan) {
  Object wanted = as_right_above(plan, Side::after, column, now);
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
  // What it says itself is said later where it is new.
  const ObjectId said = ObjectId::from_key(inherited_column_kind, wanted.id.key());
  if (plan.before(said) != nullptr) wanted = as_said(plan, Side::after, column, now);
  Object before = as_own(own != nullptr ? *own : as_said(plan, Side::before, *former, was), was);
  // A type says nothing of NULL: its tables do, or their primary keys.
  if (&column.kind() == &attribute_kind && refuses_null(wanted.id, now.id, plan))
    wanted.values.set(field_index(column_kind, "nullable"), before.value("nullable"));
  // These come from nowhere further up, and what the table says of them itself is set later.
  for (const std::string_view field : {"statistics", "options", "foreign_options"}) {
    const FieldIndex i = field_index(column_kind, field);
    wanted.values.set(i, Value());
    if (own == nullptr) before.values.set(i, Value());
  }
  auto first = effective_default(plan, Side::before, now.id, wanted.id.name());
  // The server would convert the default as well, and cannot convert every one.
  if (first && before.value("type") != wanted.value("type")) {
    actions.push_back(default_to(wanted.id, std::nullopt, plan));
    first.reset();
  }
  append(actions, alter_column_to(before, wanted, plan));
  if (plan.before(said) == nullptr && says_default(plan.after(said))) return actions;
  const auto last = effective_default(plan, Side::after, now.id, wanted.id.name());
  if (!same_default(first, last)) actions.push_back(default_to(wanted.id, last, plan));
  return actions;
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
    if (former != nullptr ? goes_silently(plan, *former) : keeps_check(own, plan)) continue;
    const bool had = former == nullptr && inherited(plan, Side::before, own.id) != nullptr;
    const Sql anew =
        had ? sql("DROP CONSTRAINT IF EXISTS ", Ident(std::string(own.id.name())), ", ") : Sql();
    actions.push_back(statement(sql(alter_table(own.id), anew, "ADD ", check_element(*check)),
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
    const Object* kept = plan.after(key.id);
    if (kept != nullptr && comes_silently(plan, *kept)) continue;
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
    const Object* kept = plan.after(own);
    const bool is_other =
        kept != nullptr && plan.before(own) == nullptr && !comes_silently(plan, *kept);
    if (is_other || !stays(own))
      actions.push_back(statement(
          sql(alter_table(own), "DROP CONSTRAINT IF EXISTS ", Ident(std::string(own.name()))),
          touches()));
  }
  std::vector<const Object*> gone;
  for (const Object* column : columns_above(plan, Side::before, was))
    if (const ObjectId own = as_own(*column, now).id;
        !stays(own) && plan.before(own) == nullptr && !declared(was, own.name(), plan))
      gone.push_back(column);
  // What is computed goes before what it is computed from.
  std::stable_partition(gone.begin(), gone.end(), [](const Object* column) {
    return &column->kind() == &column_kind && typed<Column>(*column).generated.has_value();
  });
  bool late = false;
  for (const Object* column : gone) {
    const bool computed =
        &column->kind() == &column_kind && typed<Column>(*column).generated.has_value();
    actions.push_back(
        statement(sql(alter_table(now.id), "DROP COLUMN ", Ident(std::string(column->id.name()))),
                  touches(), computed ? Loss::rebuildable : Loss::rows));
    actions.back().loses.push_back(as_own(*column, now).id);
    for (const ObjectId& below : tables_below(plan, now.id)) {
      const ObjectId there =
          ObjectId::from_key(column_kind, below.key() + '\0' + std::string(column->id.name()));
      if (plan.before(below) != nullptr && !stays(there)) actions.back().loses.push_back(there);
    }
    // What reads the column lets go of it in a form that may need the table as it will be. A table
    // that joins others cannot wait: it must have their columns alone.
    if (!above(now).empty()) continue;
    for (const ObjectId& reader : readers_of(*column, was, plan)) {
      actions.back().after.push_back(reader);
      late = true;
    }
    actions.back().late = late;  // those that follow wait as well
  }
  return actions;
}

bool is_shed(const Object& check, const Context& plan) {
  const Object *was = plan.before(check.parent), *now = plan.after(check.parent);
  return was != nullptr && now != nullptr && &was->kind() == &table_kind &&
         above(*was) != above(*now) && inherited(plan, Side::before, check.id) != nullptr &&
         inherited(plan, Side::after, check.id) == nullptr;
}

std::vector<const Object*> given_to_heirs(const Context& plan, const Object& table) {
  std::vector<const Object*> members = inherited_columns(plan, Side::after, table);
  append(members, checks_above(plan, Side::after, table));
  for (const Object* child : plan.children_after(table.id))
    if (&child->kind() == &column_kind ||
        (&child->kind() == &check_kind && !typed<Check>(*child).no_inherit))
      members.push_back(child);
  return members;
}

}  // namespace schemac::postgres
