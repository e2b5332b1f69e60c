#include "compiler/kinds/sequence.h"

#include "codegen/postgres/counting.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/privileges.h"
#include "codegen/postgres/roles.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/owner.h"

namespace schemac::postgres {
namespace {

Sql alter_sequence(const Typed<Sequence>& sequence) {
  return sql("ALTER SEQUENCE ", sequence.qname());
}

// `OWNED BY shop.order.id`, a late statement: the column may well take its default from the
// sequence.
Action own(const Typed<Sequence>& sequence, std::vector<Touch> touches) {
  std::vector<Sql> path;
  for (const Ident& part : sequence.owned_by) path.push_back(sql(part));
  Action action =
      statement(sql(alter_sequence(sequence), " OWNED BY ", join(path, ".")), std::move(touches));
  action.late = true;
  return action;
}

// Whether the column that owns it counted by itself before, by a sequence that may well have had
// this name and goes with its identity.
bool follows_identity(const Typed<Sequence>& sequence, const Context& plan) {
  const Object* owner = plan.before(sequence.object->parent);
  return owner != nullptr && typed<Column>(*owner).identity.has_value();
}

// What has the sequence's owner: the table of the column that owns it, or the sequence itself.
ObjectId owned_as(const Typed<Sequence>& sequence, const Object* column) {
  return column == nullptr ? sequence.id() : column->parent;
}

bool same_owner(const Object* a, const Object* b) {
  return a == nullptr || b == nullptr ? a == b : a->values == b->values;
}

// Both must have one owner, so the sequence gets that of its table before it belongs to it.
Actions own_with_table(const Typed<Sequence>& sequence, const Object* former_owner,
                       const std::vector<Touch>& touches, const Context& plan) {
  const Object* column = plan.after(sequence.object->parent);
  const Object* owner = plan.after(owner_id(owned_as(sequence, column)));
  Action owned = own(sequence, touches);
  if (owner != nullptr) owned.after.push_back(owner->id);
  if (same_owner(former_owner, owner)) return {owned};
  const Sql to = owner == nullptr ? sql("CURRENT_USER") : role(typed<Owner>(*owner).role);
  return {statement(sql(alter_sequence(sequence), " OWNER TO ", to), touches), owned};
}

Actions create(const Typed<Sequence>& sequence, const Context& plan) {
  Sql head = sequence.unlogged ? sql("CREATE UNLOGGED SEQUENCE ") : sql("CREATE SEQUENCE ");
  head.add(sequence.qname());
  if (sequence.type != Sequence().type) head.add(sql(" AS ", type_name(sequence.type)));
  for (const Sql& option : sequence_options(sequence.options)) head.add(sql(" ", option));
  Actions actions{statement(std::move(head))};
  if (sequence.owned_by.empty()) return actions;
  if (!follows_identity(sequence, plan)) actions[0].without.push_back(sequence.object->parent);
  append(actions, own_with_table(sequence, nullptr, {}, plan));
  return actions;
}

Actions drop(const Typed<Sequence>& sequence, const Context& plan) {
  return {statement(sql("DROP SEQUENCE ", sequence.qname()),
                    touch(plan, sequence.id(), Lock::access_exclusive), Loss::rebuildable)};
}

Actions rename(const Typed<Sequence>& was, const Typed<Sequence>& now, const Context& plan) {
  return {statement(sql("ALTER SEQUENCE ", QName{now.qname().schema, was.name()}, " RENAME TO ",
                        now.qname().name),
                    touch(plan, now.id(), Lock::access_exclusive))};
}

// How it counts is no matter of the column that will own it, which may wait for that.
Actions apart_from_owner(Actions actions, const Typed<Sequence>& sequence) {
  if (!sequence.owned_by.empty())
    for (Action& action : actions) action.without.push_back(sequence.object->parent);
  return actions;
}

std::optional<Actions> set_counting(const Typed<Sequence>& was, const Typed<Sequence>& now,
                                    const Context& plan) {
  Sql changes;
  if (was.type != now.type) changes.add(sql(" AS ", type_name(now.type)));
  for (const Sql& option : changed_options(was.options, now.options)) changes.add(sql(" ", option));
  if (changes.empty()) return Actions{};  // the same start, written out or not
  if (turns_around(was.options, now.options)) changes.add(" RESTART");
  Actions actions = move_into_limits(now.qname(), was.options, now.options, plan);
  actions.push_back(statement(sql(alter_sequence(now), changes),
                              touch(plan, now.id(), Lock::share_row_exclusive, true)));
  return apart_from_owner(std::move(actions), now);
}

std::optional<Actions> set_logged(const Typed<Sequence>&, const Typed<Sequence>& now,
                                  const Context& plan) {
  const Sql state = now.unlogged ? sql(" SET UNLOGGED") : sql(" SET LOGGED");
  return apart_from_owner({statement(sql(alter_sequence(now), state),
                                     touch(plan, now.id(), Lock::access_exclusive, true))},
                          now);
}

Action disown(const Typed<Sequence>& sequence, std::vector<Touch> touches) {
  Action action = statement(sql(alter_sequence(sequence), " OWNED BY NONE"), std::move(touches));
  action.lets_go = true;
  return action;
}

// Whether a column is not the same one before and after: it comes, goes, is computed otherwise, or
// its table begins or ceases to be partitioned.
bool is_made_anew(const ObjectId& id, const Context& plan) {
  const Object *was = plan.before(id), *now = plan.after(id);
  if (was == nullptr || now == nullptr) return true;
  const Object *former_table = plan.before(was->parent), *table = plan.after(now->parent);
  if (former_table != nullptr && table != nullptr &&
      former_table->value("partition_by") != table->value("partition_by"))
    return true;
  const auto &former = typed<Column>(*was).generated, &generated = typed<Column>(*now).generated;
  return (former || generated) && former != generated;
}

// A new column may have to wait until the former owner is gone, and that takes what it owns along.
std::optional<Actions> set_owner(const Typed<Sequence>& was, const Typed<Sequence>& now,
                                 const Context& plan) {
  const std::vector<Touch> touches = touch(plan, now.id(), Lock::share_row_exclusive);
  const ObjectId &former = was.object->parent, &owner = now.object->parent;
  const Object* was_owned = plan.before(owner_id(owned_as(was, plan.before(former))));
  Actions actions;
  if (now.owned_by.empty()) {
    actions.push_back(disown(now, touches));
    if (was_owned != nullptr && plan.after(owner_id(now.id())) == nullptr)
      actions.push_back(statement(sql(alter_sequence(now), " OWNER TO CURRENT_USER"), touches));
    return actions;
  }
  Actions owning = own_with_table(now, was_owned, touches, plan);
  if (!former.empty() &&
      (owning.size() > 1 || (is_made_anew(former, plan) && is_made_anew(owner, plan))))
    actions.push_back(disown(now, touches));
  append(actions, std::move(owning));
  // Owned by nothing yet it has nothing to leave, and what uses it need not wait.
  actions.back().late = was.owned_by.empty();
  if (!actions.back().late)
    actions.back().without.push_back(owner);  // a column of whatever type can own it
  return actions;
}

Sql address(const Object& sequence) {
  return sql("SEQUENCE ", qname(sequence.id));
}

constexpr FieldRule kFields[] = {
    alters<set_logged>("unlogged"),
    alters<set_counting>("type"),
    alters<set_counting>("options"),
    alters<set_owner>("owned_by"),
};
static_assert(covers(sequence_kind, kFields),
              "every field of a sequence needs a rule, in their order");

}  // namespace

extern constexpr KindRules sequence_rules{.create = on<create>,
                                          .drop = on<drop>,
                                          .rename = on_both<rename>,
                                          .address = address,
                                          .fields = kFields};

}  // namespace schemac::postgres
