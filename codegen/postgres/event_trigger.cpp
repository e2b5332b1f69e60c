#include "compiler/kinds/event_trigger.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Action set_enabled_to(const Typed<EventTrigger>& trigger) {
  const std::string state = trigger.enabled.value_or("");
  Sql verb = sql(" ENABLE");
  if (state == "disabled") verb = sql(" DISABLE");
  if (state == "replica") verb = sql(" ENABLE REPLICA");
  if (state == "always") verb = sql(" ENABLE ALWAYS");
  return statement(sql("ALTER EVENT TRIGGER ", trigger.name(), verb));
}

Actions create(const Typed<EventTrigger>& trigger, const Context&) {
  Sql head = sql("CREATE EVENT TRIGGER ", trigger.name(), " ON ", Fragment{trigger.event});
  std::vector<Sql> tags;
  for (const std::string& tag : trigger.tags) tags.push_back(sql(Literal{tag}));
  if (!tags.empty()) head.add(sql("\n    WHEN TAG IN (", join(tags, ", "), ")"));
  head.add(sql("\n    EXECUTE FUNCTION ", trigger.call.function, "()"));
  Actions actions{statement(std::move(head))};
  if (trigger.enabled) actions.push_back(set_enabled_to(trigger));
  return actions;
}

Actions drop(const Typed<EventTrigger>& trigger, const Context&) {
  return {statement(sql("DROP EVENT TRIGGER ", trigger.name()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<EventTrigger>& was, const Typed<EventTrigger>& now, const Context&) {
  return {statement(sql("ALTER EVENT TRIGGER ", was.name(), " RENAME TO ", now.name()))};
}

std::optional<Actions> set_enabled(const Typed<EventTrigger>&, const Typed<EventTrigger>& now,
                                   const Context&) {
  return Actions{set_enabled_to(now)};
}

Sql address(const Object& trigger) {
  return sql("EVENT TRIGGER ", Ident(std::string(trigger.id.name())));
}

constexpr FieldRule kFields[] = {
    replaces("event"),
    replaces("tags"),
    replaces("execute"),
    alters<set_enabled>("enabled"),
};
static_assert(covers(event_trigger_kind, kFields),
              "every field of an event trigger needs a rule, in their order");

}  // namespace

extern constexpr KindRules event_trigger_rules{.create = on<create>,
                                               .drop = on<drop>,
                                               .rename = on_both<rename>,
                                               .address = address,
                                               .fields = kFields};

}  // namespace schemac::postgres
