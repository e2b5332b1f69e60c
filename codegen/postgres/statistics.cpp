#include "compiler/kinds/statistics.h"

#include "codegen/postgres/parts.h"
#include "codegen/postgres/statistics.h"

namespace schemac::postgres {
namespace {

QName qname_of(const Typed<Statistics>& statistics) {
  return {statistics.schema.value_or(statistics.qname().schema), statistics.qname().name};
}

std::vector<Touch> locked(const Typed<Statistics>& statistics, const Context& plan) {
  return touch(plan, statistics.object->parent, Lock::share_update_exclusive);
}

Action set_target_to(const Typed<Statistics>& statistics) {
  return statement(sql("ALTER STATISTICS ", qname_of(statistics), " SET STATISTICS ",
                       statistics.target.value_or(-1)));
}

Actions create(const Typed<Statistics>& statistics, const Context& plan) {
  const Object& object = *statistics.object;
  std::vector<Sql> kinds;
  for (const std::string& kind : statistics.kinds) kinds.push_back(sql(Fragment{kind}));
  std::vector<Sql> keys;
  for (const StatisticsKey& key : statistics.keys)
    keys.push_back(key.column ? sql(*key.column) : sql(parenthesised(*key.expression, object)));
  Sql head = sql("CREATE STATISTICS ", qname_of(statistics));
  if (!kinds.empty()) head.add(sql(" (", join(kinds, ", "), ")"));
  head.add(sql(" ON ", join(keys, ", "), " FROM ", qname(object.parent)));
  Actions actions{statement(std::move(head), locked(statistics, plan))};
  if (statistics.target) actions.push_back(set_target_to(statistics));
  return actions;
}

Actions drop(const Typed<Statistics>& statistics, const Context& plan) {
  return {statement(sql("DROP STATISTICS ", qname_of(statistics)), locked(statistics, plan),
                    Loss::rebuildable)};
}

Actions rename(const Typed<Statistics>& was, const Typed<Statistics>& now, const Context&) {
  return {statement(sql("ALTER STATISTICS ", QName{qname_of(was).schema, was.name()}, " RENAME TO ",
                        now.name()))};
}

std::optional<Actions> set_target(const Typed<Statistics>&, const Typed<Statistics>& now,
                                  const Context&) {
  return Actions{set_target_to(now)};
}

std::optional<Actions> set_schema(const Typed<Statistics>& was, const Typed<Statistics>& now,
                                  const Context&) {
  return Actions{statement(sql("ALTER STATISTICS ", QName{qname_of(was).schema, now.name()},
                               " SET SCHEMA ", qname_of(now).schema))};
}

Sql address(const Object& statistics) {
  return sql("STATISTICS ", qname_of(typed<Statistics>(statistics)));
}

constexpr FieldRule kFields[] = {
    replaces("kinds"),
    replaces("keys"),
    alters<set_target>("target"),
    alters<set_schema>("in_schema"),
};
static_assert(covers(statistics_kind, kFields),
              "every field of statistics needs a rule, in their order");

}  // namespace

Actions restore_targets(const ObjectId& column, const Context& plan) {
  Actions actions;
  for (const Object* dependent : plan.dependents_before(column)) {
    if (&dependent->kind() != &statistics_kind) continue;
    const auto was = typed<Statistics>(*dependent);
    const Object* after = plan.after(dependent->id);
    // Those with expressions make way for the change.
    const bool stays = std::all_of(was.keys.begin(), was.keys.end(),
                                   [](const StatisticsKey& key) { return key.column.has_value(); });
    if (!was.target || !stays || after == nullptr) continue;
    if (typed<Statistics>(*after).keys == was.keys && typed<Statistics>(*after).kinds == was.kinds)
      actions.push_back(set_target_to(was));
  }
  return actions;
}

extern constexpr KindRules statistics_rules{.create = on<create>,
                                            .drop = on<drop>,
                                            .rename = on_both<rename>,
                                            .address = address,
                                            .fields = kFields};

}  // namespace schemac::postgres
