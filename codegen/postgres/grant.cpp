#include "compiler/kinds/grant.h"

#include "codegen/postgres/parts.h"
#include "codegen/postgres/privileges.h"

namespace schemac::postgres {
namespace {

using Privileges = std::vector<Privilege>;

// The server lets a role grant only as itself.
Action by_grantor(Action action, const Typed<Grant>& grant) {
  if (grant.by) action.head = sql("SET ROLE ", *grant.by, ";\n", action.head, ";\nRESET ROLE");
  return action;
}

Privileges singles(const Typed<Grant>& grant, const Context& plan) {
  return single_privileges(grant.object->parent.kind(), grant.privileges, plan.server_version());
}

// As a statement lists them: ALL stands alone there.
Privileges listed(const Typed<Grant>& grant, const Context& plan) {
  return grant.privileges.size() > 1 ? joined(singles(grant, plan)) : grant.privileges;
}

// Grants to the same role from the same one, as the plan leaves them.
std::vector<Typed<Grant>> staying(const Typed<Grant>& grant, const Context& plan) {
  std::vector<Typed<Grant>> found;
  for (const Object* child : plan.children_after(grant.object->parent)) {
    if (&child->kind() != &grant_kind) continue;
    const auto other = typed<Grant>(*child);
    if (other.role == grant.role && other.by == grant.by) found.push_back(other);
  }
  return found;
}

Actions create(const Typed<Grant>& grant, const Context& plan) {
  Action action = by_grantor(grant_statement(target_of(*grant.object, plan), listed(grant, plan),
                                             grant.role, grant.grantable),
                             grant);
  action.after.push_back(owner_id(grant.object->parent));
  // Who grants on has the right to.
  if (grant.by)
    for (const Object* child : plan.children_after(grant.object->parent))
      if (&child->kind() == &grant_kind)
        if (const auto other = typed<Grant>(*child); other.grantable && other.role == *grant.by)
          action.after.push_back(other.id());
  return {action};
}

// What the role that loses something has granted on must be taken back before.
void wait_for_granted_on(const Typed<Grant>& was, const Context& plan, Actions& actions) {
  if (!was.grantable || actions.empty()) return;
  for (const Object* child : plan.children_before(was.object->parent))
    if (&child->kind() == &grant_kind && typed<Grant>(*child).by == was.role &&
        plan.after(child->id) == nullptr)
      actions.front().after.push_back(child->id);
}

// Takes `lost` back, as far as no other grant to the role still gives it.
Actions take_back(const Typed<Grant>& was, const Privileges& lost, const Context& plan) {
  const Object& target = target_of(*was.object, plan);
  Privileges gone, option, on_columns;
  const auto others = staying(was, plan);
  const auto held_by_other = [&](const Privilege& one) {
    for (const Typed<Grant>& other : others)
      if (other.grantable != was.grantable && without({one}, singles(other, plan)).empty())
        return true;
    return false;
  };
  for (const Privilege& one : lost) {
    if (!held_by_other(one))
      gone.push_back(one);
    else if (was.grantable)
      option.push_back(one);
  }
  Actions actions;
  const auto add = [&](Action action) { actions.push_back(by_grantor(std::move(action), was)); };
  if (!gone.empty()) add(revoke_statement(target, joined(gone), was.role, false));
  if (!option.empty()) add(revoke_statement(target, joined(option), was.role, true));
  for (Action& action : actions) action.lets_go = true;  // of columns that may go
  for (const Typed<Grant>& other : others) {
    Privileges again;
    for (const Privilege& one : singles(other, plan))
      if (!one.columns.empty() && without({{one.privilege, {}}}, gone).empty())
        again.push_back(one);
    if (!again.empty()) add(grant_statement(target, joined(again), other.role, other.grantable));
  }
  wait_for_granted_on(was, plan, actions);
  return actions;
}

// Of an object that stays.
Actions drop(const Typed<Grant>& grant, const Context& plan) {
  if (goes_with_part(*grant.object, plan)) return {};
  return take_back(grant, singles(grant, plan), plan);
}

std::optional<Actions> set_privileges(const Typed<Grant>& was, const Typed<Grant>& now,
                                      const Context& plan) {
  const Privileges before = singles(was, plan), after = singles(now, plan);
  Actions actions = take_back(was, without(before, after), plan);
  if (const Privileges gained = without(after, before); !gained.empty())
    actions.push_back(by_grantor(
        grant_statement(target_of(*now.object, plan), joined(gained), now.role, now.grantable),
        now));
  return actions;
}

constexpr FieldRule kFields[] = {
    alters<set_privileges>("privileges"),
    replaces("role"),
    replaces("grantable"),
    replaces("by"),
};
static_assert(covers(grant_kind, kFields), "every field of a grant needs a rule, in their order");

}  // namespace

extern constexpr KindRules grant_rules{.create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
