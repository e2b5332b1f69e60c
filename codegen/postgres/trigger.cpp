#include "compiler/kinds/trigger.h"

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/inherited_trigger.h"
#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/kinds/column.h"

namespace schemac::postgres {
namespace {

constexpr int kOrReplace = 14;

Sql events(const Typed<Trigger>& trigger) {
  std::vector<Sql> parts;
  for (const TriggerEvent& event : trigger.events) {
    Sql part = sql(Word{event.event});
    if (!event.columns.empty()) part.add(sql(" OF ", names(event.columns)));
    parts.push_back(std::move(part));
  }
  return join(parts, " OR ");
}

Sql transition_tables(const Typed<Trigger>& trigger) {
  if (!trigger.old_table && !trigger.new_table) return {};
  Sql result = sql("\n    REFERENCING");
  if (trigger.old_table) result.add(sql(" OLD TABLE AS ", *trigger.old_table));
  if (trigger.new_table) result.add(sql(" NEW TABLE AS ", *trigger.new_table));
  return result;
}

Sql definition(const Typed<Trigger>& trigger) {
  Sql result =
      sql(trigger.constraint ? sql("CONSTRAINT TRIGGER ") : sql("TRIGGER "), trigger.name(),
          "\n    ", Word{trigger.timing}, " ", events(trigger), " ON ", trigger.qname());
  if (trigger.from) result.add(sql("\n    FROM ", *trigger.from));
  result.add(deferrable_clause(trigger.deferrable, trigger.initially_deferred));
  result.add(transition_tables(trigger));
  result.add(sql("\n    FOR EACH ", Word{trigger.level}));
  if (trigger.when) result.add(sql(" WHEN ", parenthesised(*trigger.when, *trigger.object)));
  std::vector<Sql> arguments;
  for (const std::string& argument : trigger.call.arguments)
    arguments.push_back(sql(Literal{argument}));
  result.add(
      sql("\n    EXECUTE FUNCTION ", trigger.call.function, "(", join(arguments, ", "), ")"));
  return result;
}

std::vector<Touch> locked(const Typed<Trigger>& trigger, const Context& plan, Lock lock) {
  return touch(plan, trigger.object->parent, lock);
}

Action set_enabled_to(const Typed<Trigger>& trigger, const Context& plan) {
  return statement(sql(alter_table(trigger.id()), trigger_state_verb(trigger.enabled.value_or("")),
                       trigger.name()),
                   locked(trigger, plan, Lock::share_row_exclusive));
}

Actions create(const Typed<Trigger>& trigger, const Context& plan) {
  Actions actions{statement(sql("CREATE ", definition(trigger)),
                            locked(trigger, plan, Lock::share_row_exclusive))};
  if (trigger.enabled) actions.push_back(set_enabled_to(trigger, plan));
  return actions;
}

Actions drop(const Typed<Trigger>& trigger, const Context& plan) {
  return {statement(sql("DROP TRIGGER ", trigger.name(), " ON ", trigger.qname()),
                    locked(trigger, plan, Lock::access_exclusive), Loss::rebuildable)};
}

Actions rename(const Typed<Trigger>& was, const Typed<Trigger>& now, const Context& plan) {
  return {
      statement(sql("ALTER TRIGGER ", was.name(), " ON ", now.qname(), " RENAME TO ", now.name()),
                locked(now, plan, Lock::access_exclusive))};
}

// Whether something else than the enabled state differs.
bool redefined(const Typed<Trigger>& was, const Typed<Trigger>& now) {
  const FieldIndex enabled = field_index(trigger_kind, "enabled");
  for (FieldIndex i = 0; i < trigger_kind.fields.size(); ++i) {
    if (i == enabled) continue;
    if (!same(trigger_kind.fields[i], was.object->values[i], now.object->values[i]).same)
      return true;
  }
  return false;
}

// Whether it names a column that its table has from another on one side alone: such a column comes
// or goes with the very change by which the table joins or leaves that one.
bool names_passing_column(const Typed<Trigger>& trigger, const Context& plan) {
  const ObjectId& table = trigger.object->parent;
  const auto passes = [&](const Ident& name) {
    const ObjectId own = ObjectId::from_key(column_kind, table.key() + '\0' + name.text);
    return plan.before(own) == nullptr && plan.after(own) == nullptr &&
           (inherited(plan, Side::before, own) == nullptr) !=
               (inherited(plan, Side::after, own) == nullptr);
  };
  return std::any_of(trigger.events.begin(), trigger.events.end(), [&](const TriggerEvent& event) {
    return std::any_of(event.columns.begin(), event.columns.end(), passes);
  });
}

// A trigger that is replaced is enabled again by that.
std::optional<Actions> alter(const Typed<Trigger>& was, const Typed<Trigger>& now,
                             const Context& plan) {
  Actions actions;
  if (!redefined(was, now)) {
    actions.push_back(set_enabled_to(now, plan));
    append(actions, restore_states_below(*now.object, plan));
    return actions;
  }
  if (plan.server_version() < kOrReplace || was.constraint || now.constraint) return std::nullopt;
  if (names_passing_column(was, plan) || names_passing_column(now, plan)) return std::nullopt;
  actions.push_back(statement(sql("CREATE OR REPLACE ", definition(now)),
                              locked(now, plan, Lock::share_row_exclusive)));
  if (now.enabled) actions.push_back(set_enabled_to(now, plan));
  append(actions, restore_states_below(*now.object, plan));
  return actions;
}

Sql address(const Object& trigger) {
  return sql("TRIGGER ", Ident(std::string(trigger.id.name())), " ON ", qname(trigger.id));
}

constexpr FieldRule kFields[] = {
    alters<alter>("constraint"), alters<alter>("timing"),     alters<alter>("events"),
    alters<alter>("from"),       alters<alter>("deferrable"), alters<alter>("initially_deferred"),
    alters<alter>("old_table"),  alters<alter>("new_table"),  alters<alter>("level"),
    alters<alter>("when"),       alters<alter>("execute"),    alters<alter>("enabled"),
};
static_assert(covers(trigger_kind, kFields),
              "every field of a trigger needs a rule, in their order");

}  // namespace

extern constexpr KindRules trigger_rules{.create = on<create>,
                                         .drop = on<drop>,
                                         .rename = on_both<rename>,
                                         .rebuilt_as_text = always,  // UPDATE OF names columns
                                         .address = address,
                                         .fields = kFields};

}  // namespace schemac::postgres
