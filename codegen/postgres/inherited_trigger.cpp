#include "compiler/kinds/inherited_trigger.h"

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/inherited_trigger.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/trigger.h"

namespace schemac::postgres {
namespace {

Action state_to(const Typed<InheritedTrigger>& trigger, std::string_view state,
                const Context& plan) {
  return statement(sql("ALTER TABLE ONLY ", qname(trigger.object->parent), " ",
                       trigger_state_verb(state), trigger.trigger),
                   touch_only(plan, trigger.object->parent, Lock::share_row_exclusive));
}

// The trigger further up, as the plan leaves it.
const Object* origin(const Typed<InheritedTrigger>& trigger, const Context& plan) {
  return inherited(
      plan, Side::after,
      ObjectId::from_key(trigger_kind, trigger.object->parent.key() + '\0' + trigger.trigger.text));
}

Actions create(const Typed<InheritedTrigger>& trigger, const Context& plan) {
  Action action = state_to(trigger, trigger.state, plan);
  action.after = {trigger.object->parent};
  if (const Object* above = origin(trigger, plan)) action.after.push_back(above->id);
  return {action};
}

// As further up, where it goes on coming from there.
Actions drop(const Typed<InheritedTrigger>& trigger, const Context& plan) {
  const Object* above = origin(trigger, plan);
  if (above == nullptr || plan.after(trigger.object->parent) == nullptr) return {};
  return {state_to(trigger, typed<Trigger>(*above).enabled.value_or(""), plan)};
}

std::optional<Actions> set_state(const Typed<InheritedTrigger>&, const Typed<InheritedTrigger>& now,
                                 const Context& plan) {
  return Actions{state_to(now, now.state, plan)};
}

constexpr FieldRule kFields[] = {
    replaces("trigger"),
    alters<set_state>("state"),
};
static_assert(covers(inherited_trigger_kind, kFields),
              "every field of an inherited trigger needs a rule, in their order");

}  // namespace

Sql trigger_state_verb(std::string_view state) {
  if (state == "disabled") return sql("DISABLE TRIGGER ");
  if (state == "replica") return sql("ENABLE REPLICA TRIGGER ");
  if (state == "always") return sql("ENABLE ALWAYS TRIGGER ");
  return sql("ENABLE TRIGGER ");
}

Actions restore_states_below(const Object& trigger, const Context& plan) {
  Actions actions;
  for (const ObjectId& table : tables_below(plan, trigger.parent)) {
    const ObjectId id = ObjectId::from_key(inherited_trigger_kind,
                                           table.key() + '\0' + std::string(trigger.id.name()));
    const Object* said = plan.after(id);
    if (said == nullptr || plan.before(id) == nullptr) continue;
    const auto inherited = typed<InheritedTrigger>(*said);
    actions.push_back(state_to(inherited, inherited.state, plan));
  }
  return actions;
}

extern constexpr KindRules inherited_trigger_rules{
    .create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
