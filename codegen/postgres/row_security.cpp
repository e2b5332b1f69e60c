#include "compiler/kinds/row_security.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Action set(const Typed<RowSecurity>& security, const Sql& what, const Context& plan) {
  return statement(sql("ALTER TABLE ", qname(security.id()), what),
                   touch(plan, security.object->parent, Lock::access_exclusive));
}

Action force(const Typed<RowSecurity>& security, const Context& plan) {
  return set(security, sql(" FORCE ROW LEVEL SECURITY"), plan);
}
Action unforce(const Typed<RowSecurity>& security, const Context& plan) {
  return set(security, sql(" NO FORCE ROW LEVEL SECURITY"), plan);
}
Action enable(const Typed<RowSecurity>& security, const Context& plan) {
  return set(security, sql(" ENABLE ROW LEVEL SECURITY"), plan);
}
Action disable(const Typed<RowSecurity>& security, const Context& plan) {
  return set(security, sql(" DISABLE ROW LEVEL SECURITY"), plan);
}

Actions create(const Typed<RowSecurity>& security, const Context& plan) {
  Actions actions;
  if (!security.disabled) actions.push_back(enable(security, plan));
  if (security.forced) actions.push_back(force(security, plan));
  return actions;
}

Actions drop(const Typed<RowSecurity>& security, const Context& plan) {
  Actions actions;
  if (security.forced) actions.push_back(unforce(security, plan));
  if (!security.disabled) actions.push_back(disable(security, plan));
  return actions;
}

std::optional<Actions> set_disabled(const Typed<RowSecurity>&, const Typed<RowSecurity>& now,
                                    const Context& plan) {
  return Actions{now.disabled ? disable(now, plan) : enable(now, plan)};
}

std::optional<Actions> set_forced(const Typed<RowSecurity>&, const Typed<RowSecurity>& now,
                                  const Context& plan) {
  return Actions{now.forced ? force(now, plan) : unforce(now, plan)};
}

constexpr FieldRule kFields[] = {
    alters<set_disabled>("disabled"),
    alters<set_forced>("forced"),
};
static_assert(covers(row_security_kind, kFields),
              "every field of row security needs a rule, in their order");

}  // namespace

extern constexpr KindRules row_security_rules{
    .create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
