#include "compiler/kinds/subscription.h"

#include <algorithm>

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// First server versions with two_phase in ALTER, and where a new subscription streams in parallel.
constexpr int kTwoPhaseChanges = 18;
constexpr int kStreamsInParallel = 18;

// What a new subscription has.
Setting usual(const Typed<Subscription>& subscription, const std::string& name,
              const Context& plan) {
  if (name == "streaming" && plan.server_version() >= kStreamsInParallel) return {name, "parallel"};
  if (name == "slot_name") return {name, subscription.name().text};
  if (name == "origin") return {name, "any"};
  if (name == "streaming" || name == "two_phase" || name == "synchronous_commit")
    return {name, "off"};
  return {name, name == "password_required" ? "true" : "false"};
}

Sql option(const Setting& setting) {
  return sql(Ident(setting.name), " = ", Literal{setting.value});
}

Sql publications(const Typed<Subscription>& subscription) {
  return sql(" PUBLICATION ", names(subscription.publications));
}

Sql alter(const Typed<Subscription>& subscription) {
  return sql("ALTER SUBSCRIPTION ", subscription.name());
}

Actions create(const Typed<Subscription>& subscription, const Context&) {
  std::vector<Sql> options{sql("connect = false")};
  for (const Setting& setting : subscription.with) options.push_back(option(setting));
  return {statement(sql("CREATE SUBSCRIPTION ", subscription.name(), " CONNECTION ",
                        Literal{subscription.connection}, publications(subscription), " WITH (",
                        join(options, ", "), ")"))};
}

// Its slot stays with the publisher: to drop that as well would take a connection.
Actions drop(const Typed<Subscription>& subscription, const Context&) {
  return {statement(sql(alter(subscription), " DISABLE")),
          statement(sql(alter(subscription), " SET (slot_name = NONE)")),
          statement(sql("DROP SUBSCRIPTION ", subscription.name()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Subscription>& was, const Typed<Subscription>& now, const Context&) {
  return {statement(sql(alter(was), " RENAME TO ", now.name()))};
}

std::optional<Actions> set_connection(const Typed<Subscription>&, const Typed<Subscription>& now,
                                      const Context&) {
  return Actions{statement(sql(alter(now), " CONNECTION ", Literal{now.connection}))};
}

std::optional<Actions> set_publications(const Typed<Subscription>&, const Typed<Subscription>& now,
                                        const Context&) {
  return Actions{statement(sql(alter(now), " SET", publications(now), " WITH (refresh = false)"))};
}

std::optional<Actions> set_options(const Typed<Subscription>& was, const Typed<Subscription>& now,
                                   const Context& plan) {
  std::vector<Setting> changed;
  for (const Setting& setting : now.with)
    if (std::find(was.with.begin(), was.with.end(), setting) == was.with.end())
      changed.push_back(setting);
  for (const Setting& setting : was.with)
    if (std::none_of(now.with.begin(), now.with.end(),
                     [&](const Setting& other) { return other.name == setting.name; }))
      changed.push_back(usual(now, setting.name, plan));
  std::vector<Sql> options;
  for (const Setting& setting : changed) {
    if (setting.name == "two_phase" && plan.server_version() < kTwoPhaseChanges)
      return std::nullopt;
    options.push_back(option(setting));
  }
  return Actions{statement(sql(alter(now), " SET (", join(options, ", "), ")"))};
}

Sql address(const Object& subscription) {
  return sql("SUBSCRIPTION ", Ident(std::string(subscription.id.name())));
}

constexpr FieldRule kFields[] = {
    alters<set_connection>("connection"),
    alters<set_publications>("publications"),
    alters<set_options>("with"),
};
static_assert(covers(subscription_kind, kFields),
              "every field of a subscription needs a rule, in their order");

}  // namespace

extern constexpr KindRules subscription_rules{.create = on<create>,
                                              .drop = on<drop>,
                                              .rename = on_both<rename>,
                                              .address = address,
                                              .fields = kFields};

}  // namespace schemac::postgres
