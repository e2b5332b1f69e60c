#include "codegen/postgres/parents.h"

#include <algorithm>

#include "codegen/postgres/column.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/joining.h"
#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/check.h"

namespace schemac::postgres {
namespace {

// The parents that a table leaves and takes. The server has them in the order in which they were
// taken: one that is to stand behind a new one is left and taken again.
struct Parents {
  std::vector<QName> left, taken;
};

Parents parents(const std::vector<QName>& was, const std::vector<QName>& now) {
  std::size_t stay = 0;
  Parents result;
  for (const QName& parent : was) {
    if (stay < now.size() && now[stay] == parent)
      ++stay;
    else
      result.left.push_back(parent);
  }
  result.taken.assign(now.begin() + static_cast<std::ptrdiff_t>(stay), now.end());
  return result;
}

// What is lent to a table.
struct Loan {
  // What it keeps: columns as it had them, and checks.
  std::vector<Object> had;
  std::vector<const Object*> had_checks;
  // What it does not have yet, as further up; computed columns last.
  std::vector<const Object*> columns, checks;
  bool possible = true;

  bool empty() const {
    return had.empty() && had_checks.empty() && columns.empty() && checks.empty();
  }
};

class Lending {
 public:
  Lending(const Context& plan, const Object& was, const Object& now)
      : plan_(plan), was_(was), now_(now) {}

  Loan find() {
    for (const QName& parent :
         parents(typed<Table>(was_).inherits, typed<Table>(now_).inherits).taken)
      if (const Object* holder = plan_.after(relation_id(table_kind, parent)))
        for (const Object* member : given_to_heirs(plan_, *holder)) add(*member);
    std::stable_partition(loan_.columns.begin(), loan_.columns.end(), [](const Object* column) {
      return !typed<Column>(*column).generated.has_value();
    });
    // What checks and computed columns name has to be lent along.
    for (const auto* members : {&loan_.columns, &loan_.checks, &loan_.had_checks})
      for (const Object* member : *members)
        for (const Edge& edge : member->depends)
          if (&edge.target.kind() == &column_kind) add_named(edge.target.name());
    for (std::size_t i = 0; i < loan_.had.size(); ++i)
      for (const Edge& edge : std::vector(loan_.had[i].depends))
        if (&edge.target.kind() == &column_kind) add_named(edge.target.name());
    return std::move(loan_);
  }

 private:
  ObjectId here(const KindInfo& kind, std::string_view name) const {
    return ObjectId::from_key(kind, now_.id.key() + '\0' + std::string(name));
  }

  void add(const Object& member) {
    const ObjectId id = here(member.kind(), member.id.name());
    if (plan_.after(id) != nullptr) return;  // it declares that as well
    const Object* former = inherited(plan_, Side::before, id);
    const bool check = &member.kind() == &check_kind;
    if (plan_.before(id) != nullptr)
      loan_.possible = false;
    else if (former == nullptr)
      add_once(check ? loan_.checks : loan_.columns, member);
    else if (!check)
      keep(*former, member);
    else if (former->values == member.values)
      add_once(loan_.had_checks, member);
    else
      loan_.possible = false;
  }

  static void add_once(std::vector<const Object*>& members, const Object& member) {
    if (std::none_of(members.begin(), members.end(),
                     [&](const Object* other) { return other->id.name() == member.id.name(); }))
      members.push_back(&member);
  }

  void keep(const Object& former, const Object& now) {
    if (&former.kind() != &column_kind || &now.kind() != &column_kind || !is_like(former, now)) {
      loan_.possible = false;
      return;
    }
    if (std::none_of(loan_.had.begin(), loan_.had.end(),
                     [&](const Object& other) { return other.id.name() == former.id.name(); }))
      loan_.had.push_back(as_own(former, was_));
  }

  void add_named(std::string_view name) {
    const ObjectId id = here(column_kind, name);
    const auto find = [&](Side side) {
      const Object* own = schemac::postgres::find(plan_, side, id);
      return own != nullptr ? own : inherited(plan_, side, id);
    };
    const Object *before = find(Side::before), *now = find(Side::after);
    const bool is_lent = std::any_of(loan_.columns.begin(), loan_.columns.end(),
                                     [&](const Object* lent) { return lent->id.name() == name; });
    if (is_lent || now == nullptr) return;
    if (before != nullptr)
      keep(*before, *now);
    else
      loan_.possible = false;
  }

  // As far as the server compares columns, and changes none that come from further up.
  static bool is_like(const Object& was, const Object& now) {
    for (const std::string_view field : {"type", "collation", "generated"}) {
      const FieldIndex i = field_index(column_kind, field);
      if (!same(column_kind.fields[i], was.values[i], now.values[i]).same) return false;
    }
    return true;
  }

  const Context& plan_;
  const Object &was_, &now_;
  Loan loan_;
};

// A name that no relation of the schema has.
QName lender_name(const Object& table, const Context& plan) {
  const QName heir = qname(table.id);
  const auto is_taken = [&](const std::string& name) {
    return std::any_of(all_kinds().begin(), all_kinds().end(), [&](const KindInfo* kind) {
      if (!kind->spaces.relation || !kind->parents.empty()) return false;
      const ObjectId id = relation_id(*kind, {heir.schema, Ident(name)});
      return plan.before(id) != nullptr || plan.after(id) != nullptr;
    });
  };
  std::string suffix = "_lender";
  for (int n = 1; is_taken(suffixed(heir.name, suffix).text); ++n)
    suffix = "_lender" + std::to_string(n);
  return {heir.schema, suffixed(heir.name, suffix)};
}

// What lends to the table, in three parts: before it leaves those that it had, before it takes
// those that it is to have, and behind that.
struct Steps {
  Actions before, between, behind;
};

// The column without what no table gives to those that inherit from it.
Object without_own_marks(Object column) {
  for (const std::string_view field : {"identity", "foreign_options"})
    column.values.set(field_index(column_kind, field), Value());
  return column;
}

Steps lend(const Loan& loan, const Object& was, const Object& now, const Context& plan) {
  Steps steps;
  const QName lender = lender_name(now, plan);
  const auto heir = [&](const Sql& how) {
    return statement(sql(alter_relation(typed<Table>(now)), how, lender),
                     touch(plan, now.id, Lock::access_exclusive));
  };
  std::vector<Sql> elements;
  for (const Object& column : loan.had) {
    Object plain = without_own_marks(column);
    // The heir may refuse NULL where its lender does not.
    plain.values.set(field_index(column_kind, "nullable"), true);
    elements.push_back(whole_definition(typed<Column>(plain), std::nullopt, plan));
  }
  for (const Object* check : loan.had_checks) elements.push_back(check_element(*check));
  steps.before.push_back(statement(sql("CREATE TABLE ", lender, " (", join(elements, ", "), ")")));
  steps.before.push_back(heir(sql(" INHERIT ")));
  for (const Object* column : loan.columns) {
    const Object wanted = without_own_marks(as_right_above(plan, Side::after, *column, now));
    const auto initial = default_right_above(plan, Side::after, now.id, wanted.id.name());
    const auto added = typed<Column>(wanted);
    steps.between.push_back(statement(
        sql("ALTER TABLE ", lender, " ADD COLUMN ", whole_definition(added, initial, plan)),
        touch_of_add(added, added.nullable, initial, plan)));
    append(steps.between, set_storage_of_new(added, plan));
  }
  for (const Object* check : loan.checks)
    steps.between.push_back(statement(sql("ALTER TABLE ", lender, " ADD ", check_element(*check)),
                                      touch(plan, now.id, Lock::access_exclusive, false, true)));
  for (const Object* column : inherited_columns(plan, Side::after, now))
    if (const ObjectId id = as_own(*column, now).id;
        plan.after(id) == nullptr && inherited(plan, Side::before, id) != nullptr &&
        std::any_of(loan.had.begin(), loan.had.end(),
                    [&](const Object& had) { return had.id.name() == id.name(); }))
      append(steps.between, fit_column(*column, was, now, plan));
  steps.behind.push_back(heir(sql(" NO INHERIT ")));
  steps.behind.push_back(statement(sql("DROP TABLE ", lender)));
  return steps;
}

// What is new of a table's own columns and checks, or changes: it must fit before the table
// inherits from another.
std::vector<ObjectId> own_parts(const ObjectId& table, const Context& plan) {
  std::vector<ObjectId> parts;
  for (const Object* child : plan.children_after(table)) {
    if (&child->kind() != &column_kind && &child->kind() != &check_kind) continue;
    const Object* was = plan.before(child->id);
    if (was == nullptr || was->values != child->values) parts.push_back(child->id);
  }
  return parts;
}

}  // namespace

Sql alter_relation(const Typed<Table>& table) {
  return sql(table.foreign ? sql("ALTER FOREIGN TABLE ") : sql("ALTER TABLE "), table.qname());
}

bool takes_parents_in_place(const Context& plan, const Object& was, const Object& now) {
  return Lending(plan, was, now).find().possible;
}

std::optional<Actions> set_parents(const Typed<Table>& was, const Typed<Table>& now,
                                   const Context& plan) {
  const Loan loan = Lending(plan, *was.object, *now.object).find();
  if (!loan.possible) return std::nullopt;
  Steps steps;
  if (!loan.empty()) steps = lend(loan, *was.object, *now.object, plan);
  Actions actions = std::move(steps.before);
  for (Action& action : actions) action.lets_go = true;
  const auto change = [&](const QName& parent, const Sql& how) {
    std::vector<Touch> touches = touch(plan, now.id(), Lock::access_exclusive);
    append(touches,
           touch_only(plan, relation_id(table_kind, parent), Lock::share_update_exclusive));
    actions.push_back(statement(sql(alter_relation(now), how, parent), std::move(touches)));
  };
  const Parents changed = parents(was.inherits, now.inherits);
  for (const QName& parent : changed.left) {
    change(parent, sql(" NO INHERIT "));
    // On its own again, it changes apart from the one that it leaves.
    actions.back().lets_go = true;
    for (const ObjectId& part : own_parts(now.id(), plan)) actions.back().before.push_back(part);
    for (const Object* part : plan.children_before(relation_id(table_kind, parent)))
      actions.back().before.push_back(part->id);
  }
  append(actions, shed(*was.object, *now.object, plan));
  append(actions, std::move(steps.between));
  const std::size_t first = actions.size();
  for (const QName& parent : changed.taken) {
    change(parent, sql(" INHERIT "));
    actions.back().after = parts_above(plan, *now.object);
  }
  append(actions, std::move(steps.behind));
  for (const ObjectId& part : own_parts(now.id(), plan))
    for (std::size_t i = first; i < actions.size(); ++i) {
      actions[i].after.push_back(part);
      actions[i].late = true;
    }
  return actions;
}

}  // namespace schemac::postgres
