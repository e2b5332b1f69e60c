#include "compiler/kinds/inherited_trigger.h"

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/inherited_trigger.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/trigger.h"

namespace schemac::postgres {
namespace {

// Tables below follow, whether they are there yet or come later.
Action state_to(const Typed<InheritedTrigger>& trigger, std::string_view state,
                const Context& plan) {
  const ObjectId& table = trigger.object->parent;
  const bool alone = tables_below(plan, table).empty();
  return statement(sql(alone ? sql("ALTER TABLE ONLY ") : sql("ALTER TABLE "), qname(table), " ",
                       trigger_state_verb(state), trigger.trigger),
                   touch(plan, table, Lock::share_row_exclusive));
}

// The tables above that the trigger comes through, the nearest first, as the plan leaves them.
std::vector<ObjectId> way_up(const ObjectId& partition, const Context& plan) {
  std::vector<ObjectId> way;
  for (const Object* table = plan.after(partition); table != nullptr;) {
    const std::vector<ObjectId> next = above(*table);
    if (next.empty()) break;
    way.push_back(next.front());
    table = plan.after(next.front());
  }
  return way;
}

ObjectId part_of(const KindInfo& kind, const ObjectId& table, const Ident& trigger) {
  return ObjectId::from_key(kind, table.key() + '\0' + trigger.text);
}

// What the trigger is made of, and what is said of it on the way from there.
std::vector<const Object*> origins(const Typed<InheritedTrigger>& trigger, const Context& plan) {
  std::vector<const Object*> found;
  for (const ObjectId& table : way_up(trigger.object->parent, plan))
    for (const KindInfo* kind : {&inherited_trigger_kind, &trigger_kind})
      if (const Object* part = plan.after(part_of(*kind, table, trigger.trigger)))
        found.push_back(part);
  return found;
}

Actions set_state_to(const Typed<InheritedTrigger>& trigger, std::string_view state,
                     const Context& plan) {
  Actions actions{state_to(trigger, state, plan)};
  append(actions, restore_states_below(*trigger.object, plan));
  return actions;
}

// Behind what the trigger comes from and is said of it on the way.
Actions create(const Typed<InheritedTrigger>& trigger, const Context& plan) {
  if (trigger.state.empty()) return {};
  Actions actions = set_state_to(trigger, trigger.state, plan);
  actions.front().after = {trigger.object->parent};
  for (const Object* part : origins(trigger, plan)) actions.front().after.push_back(part->id);
  return actions;
}

// As further up, where it goes on coming from there.
Actions drop(const Typed<InheritedTrigger>& trigger, const Context& plan) {
  if (trigger.state.empty()) return {};
  for (const Object* from : origins(trigger, plan)) {
    const bool whole = &from->kind() == &trigger_kind;
    const std::string state =
        whole ? typed<Trigger>(*from).enabled.value_or("") : typed<InheritedTrigger>(*from).state;
    if (whole || !state.empty()) return set_state_to(trigger, state, plan);
  }
  return {};
}

std::optional<Actions> set_state(const Typed<InheritedTrigger>& was,
                                 const Typed<InheritedTrigger>& now, const Context& plan) {
  return now.state.empty() ? drop(was, plan) : create(now, plan);
}

Sql address(const Object& trigger) {
  return sql("TRIGGER ", typed<InheritedTrigger>(trigger).trigger, " ON ", qname(trigger.id));
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
    if (!inherited.state.empty()) actions.push_back(state_to(inherited, inherited.state, plan));
  }
  return actions;
}

Actions restore_states_in(const ObjectId& partition, const Context& plan) {
  std::vector<ObjectId> tables = tables_below(plan, partition);
  tables.insert(tables.begin(), partition);
  Actions actions;
  for (const ObjectId& table : tables)
    for (const Object* said : plan.children_after(table)) {
      if (&said->kind() != &inherited_trigger_kind || plan.before(said->id) == nullptr) continue;
      const auto trigger = typed<InheritedTrigger>(*said);
      if (trigger.state.empty()) continue;
      const std::vector<const Object*> from = origins(trigger, plan);
      // One that is made itself has its states set behind that.
      const Object* was = from.empty() ? nullptr : plan.before(from.back()->id);
      if (was != nullptr && was->values == from.back()->values)
        actions.push_back(state_to(trigger, trigger.state, plan));
    }
  return actions;
}

extern constexpr KindRules inherited_trigger_rules{.create = on<create>,
                                                   .drop = on<drop>,
                                                   .drop_keeps_parts = true,
                                                   .address = address,
                                                   .fields = kFields};

}  // namespace schemac::postgres
