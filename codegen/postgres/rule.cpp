#include "compiler/kinds/rule.h"

#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"

namespace schemac::postgres {
namespace {

Sql definition(const Typed<Rule>& rule) {
  const Object& object = *rule.object;
  Sql result = sql("RULE ", rule.name(), " AS\n    ON ", Word{rule.event}, " TO ", rule.qname());
  if (rule.where) result.add(sql("\n    WHERE ", parenthesised(*rule.where, object)));
  result.add(sql("\n    DO ", Word{rule.mode}));
  if (rule.commands) result.add(sql(" (\n", statements(*rule.commands, object), "\n)"));
  return result;
}

// ALTER TABLE takes views as well; every one of them needs the lock.
std::vector<Touch> locked(const Typed<Rule>& rule, const Context& plan, Lock lock) {
  return touch(plan, rule.object->parent, lock);
}

Action set_enabled_to(const Typed<Rule>& rule, const Context& plan) {
  const std::string state = rule.enabled.value_or("");
  Sql verb = sql("ENABLE RULE ");
  if (state == "disabled") verb = sql("DISABLE RULE ");
  if (state == "replica") verb = sql("ENABLE REPLICA RULE ");
  if (state == "always") verb = sql("ENABLE ALWAYS RULE ");
  return statement(sql(alter_table(rule.id()), verb, rule.name()),
                   locked(rule, plan, Lock::access_exclusive));
}

Actions define(const Typed<Rule>& rule, const Sql& create, const Context& plan) {
  Actions actions{
      statement(sql(create, definition(rule)), locked(rule, plan, Lock::access_exclusive))};
  if (rule.enabled) actions.push_back(set_enabled_to(rule, plan));
  return actions;
}

Actions create(const Typed<Rule>& rule, const Context& plan) {
  return define(rule, sql("CREATE "), plan);
}

Actions drop(const Typed<Rule>& rule, const Context& plan) {
  return {statement(sql("DROP RULE ", rule.name(), " ON ", rule.qname()),
                    locked(rule, plan, Lock::access_exclusive), Loss::rebuildable)};
}

Actions rename(const Typed<Rule>& was, const Typed<Rule>& now, const Context& plan) {
  return {statement(sql("ALTER RULE ", was.name(), " ON ", now.qname(), " RENAME TO ", now.name()),
                    locked(now, plan, Lock::access_exclusive))};
}

// Whether something else than the enabled state differs.
bool redefined(const Typed<Rule>& was, const Typed<Rule>& now) {
  const FieldIndex enabled = field_index(rule_kind, "enabled");
  for (FieldIndex i = 0; i < enabled; ++i)
    if (!same(rule_kind.fields[i], was.object->values[i], now.object->values[i]).same) return true;
  return false;
}

// A replaced rule keeps its enabled state.
std::optional<Actions> alter(const Typed<Rule>& was, const Typed<Rule>& now, const Context& plan) {
  Actions actions;
  if (redefined(was, now))
    actions.push_back(statement(sql("CREATE OR REPLACE ", definition(now)),
                                locked(now, plan, Lock::access_exclusive)));
  if (was.enabled != now.enabled) actions.push_back(set_enabled_to(now, plan));
  return actions;
}

Sql address(const Object& rule) {
  return sql("RULE ", Ident(std::string(rule.id.name())), " ON ", qname(rule.id));
}

constexpr FieldRule kFields[] = {
    alters<alter>("event"),    alters<alter>("where"),   alters<alter>("mode"),
    alters<alter>("commands"), alters<alter>("enabled"),
};
static_assert(covers(rule_kind, kFields), "every field of a rule needs a rule, in their order");

}  // namespace

extern constexpr KindRules rule_rules{.create = on<create>,
                                      .drop = on<drop>,
                                      .rename = on_both<rename>,
                                      .address = address,
                                      .fields = kFields};

}  // namespace schemac::postgres
