#include "compiler/kinds/revoke.h"

#include "codegen/postgres/parts.h"
#include "codegen/postgres/privileges.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<Revoke>& revoke, const Context& plan) {
  Action action =
      revoke_statement(target_of(*revoke.object, plan), revoke.privileges, revoke.role, false);
  action.after.push_back(owner_id(revoke.object->parent));
  return {action};
}

// Of an object that stays: the role has again what it had from the start.
Actions drop(const Typed<Revoke>& revoke, const Context& plan) {
  if (goes_with_part(*revoke.object, plan)) return {};
  return {grant_statement(target_of(*revoke.object, plan), revoke.privileges, revoke.role, false)};
}

std::optional<Actions> set_privileges(const Typed<Revoke>& was, const Typed<Revoke>& now,
                                      const Context& plan) {
  const Object& target = target_of(*now.object, plan);
  const auto before = single_privileges(target.kind(), was.privileges, plan.server_version());
  const auto after = single_privileges(target.kind(), now.privileges, plan.server_version());
  Actions actions;
  if (const auto taken = without(after, before); !taken.empty())
    actions.push_back(revoke_statement(target, joined(taken), now.role, false));
  if (const auto given = without(before, after); !given.empty())
    actions.push_back(grant_statement(target, joined(given), now.role, false));
  return actions;
}

constexpr FieldRule kFields[] = {
    alters<set_privileges>("privileges"),
    replaces("role"),
};
static_assert(covers(revoke_kind, kFields), "every field of a revoke needs a rule, in their order");

}  // namespace

extern constexpr KindRules revoke_rules{.create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
