#include "compiler/kinds/policy.h"

#include "codegen/postgres/parts.h"
#include "codegen/postgres/roles.h"

namespace schemac::postgres {
namespace {

Sql name_on(const Typed<Policy>& policy) {
  return sql("POLICY ", policy.name(), " ON ", policy.qname());
}

Sql using_clause(const Typed<Policy>& policy) {
  if (!policy.expression) return {};
  return sql("\n    USING ", parenthesised(*policy.expression, *policy.object));
}

Sql check_clause(const Typed<Policy>& policy) {
  if (!policy.check) return {};
  return sql("\n    WITH CHECK ", parenthesised(*policy.check, *policy.object));
}

std::vector<Touch> locked(const Typed<Policy>& policy, const Context& plan) {
  return touch(plan, policy.object->parent, Lock::access_exclusive);
}

Actions create(const Typed<Policy>& policy, const Context& plan) {
  Sql head = sql("CREATE ", name_on(policy));
  if (policy.restrictive) head.add(" AS RESTRICTIVE");
  if (policy.command != "all") head.add(sql(" FOR ", Word{policy.command}));
  if (!policy.roles.empty()) head.add(sql(" TO ", roles(policy.roles)));
  return {statement(sql(head, using_clause(policy), check_clause(policy)), locked(policy, plan))};
}

Actions drop(const Typed<Policy>& policy, const Context& plan) {
  return {statement(sql("DROP ", name_on(policy)), locked(policy, plan), Loss::rebuildable)};
}

Actions rename(const Typed<Policy>& was, const Typed<Policy>& now, const Context& plan) {
  return {
      statement(sql("ALTER POLICY ", was.name(), " ON ", now.qname(), " RENAME TO ", now.name()),
                locked(now, plan))};
}

// An expression can be exchanged, not taken away.
std::optional<Actions> alter(const Typed<Policy>& was, const Typed<Policy>& now,
                             const Context& plan) {
  if ((was.expression && !now.expression) || (was.check && !now.check)) return std::nullopt;
  Sql head = sql("ALTER ", name_on(now));
  if (was.roles != now.roles)
    head.add(sql(" TO ", now.roles.empty() ? sql("PUBLIC") : roles(now.roles)));
  if (was.expression != now.expression) head.add(using_clause(now));
  if (was.check != now.check) head.add(check_clause(now));
  return Actions{statement(std::move(head), locked(now, plan))};
}

Sql address(const Object& policy) {
  return sql("POLICY ", Ident(std::string(policy.id.name())), " ON ", qname(policy.id));
}

constexpr FieldRule kFields[] = {
    replaces("restrictive"),     replaces("command"),    alters<alter>("roles"),
    alters<alter>("expression"), alters<alter>("check"),
};
static_assert(covers(policy_kind, kFields), "every field of a policy needs a rule, in their order");

}  // namespace

extern constexpr KindRules policy_rules{.create = on<create>,
                                        .drop = on<drop>,
                                        .rename = on_both<rename>,
                                        .rebuilt_as_text = always,
                                        .address = address,
                                        .fields = kFields};

}  // namespace schemac::postgres
