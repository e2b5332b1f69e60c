#include "compiler/kinds/domain.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter_domain(const Typed<Domain>& domain) {
  return sql("ALTER DOMAIN ", domain.qname(), " ");
}

Actions create(const Typed<Domain>& domain, const Context&) {
  Action action = statement(sql("CREATE DOMAIN ", domain.qname(), " AS ", type_name(domain.type),
                                collate_clause(domain.collation)));
  if (domain.initial)
    action.head.add(sql(" DEFAULT ", default_value(*domain.initial, *domain.object)));
  if (domain.not_null) action.head.add(" NOT NULL");
  action.style = Elements::appended;
  return {action};
}

Actions drop(const Typed<Domain>& domain, const Context&) {
  return {
      statement(sql("DROP DOMAIN ", type_name({domain.qname(), {}, 0})), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Domain>& was, const Typed<Domain>& now, const Context&) {
  return {statement(sql("ALTER DOMAIN ", QName{now.qname().schema, was.name()}, " RENAME TO ",
                        now.qname().name))};
}

std::optional<Actions> set_default(const Typed<Domain>&, const Typed<Domain>& now, const Context&) {
  if (!now.initial) return Actions{statement(sql(alter_domain(now), "DROP DEFAULT"))};
  return Actions{
      statement(sql(alter_domain(now), "SET DEFAULT ", default_value(*now.initial, *now.object)))};
}

// The server reads every table that has a column of the domain; the domain stands for them.
std::optional<Actions> set_not_null(const Typed<Domain>&, const Typed<Domain>& now,
                                    const Context& plan) {
  if (!now.not_null) return Actions{statement(sql(alter_domain(now), "DROP NOT NULL"))};
  return Actions{statement(sql(alter_domain(now), "SET NOT NULL"),
                           touch(plan, now.id(), Lock::share, false, true))};
}

Actions retire(const Typed<Domain>& was, const Context&) {
  return {statement(sql(alter_domain(was), "RENAME TO ", suffixed(was.name(), "__retired")))};
}

Actions drop_retired(const Typed<Domain>& was, const Context&) {
  return {
      statement(sql("DROP DOMAIN ",
                    type_name({{was.qname().schema, suffixed(was.name(), "__retired")}, {}, 0})))};
}

Sql address(const Object& domain) {
  return sql("DOMAIN ", type_name({qname(domain.id), {}, 0}));
}

bool tries_values(const Object* was, const Object& now) {
  return was != nullptr && typed<Domain>(now).not_null && !typed<Domain>(*was).not_null;
}

constexpr FieldRule kFields[] = {
    replaces("type"),
    replaces("collation"),
    alters<set_default>("default"),
    alters<set_not_null>("not_null"),
};
static_assert(covers(domain_kind, kFields), "every field of a domain needs a rule, in their order");

}  // namespace

extern constexpr KindRules domain_rules{.create = on<create>,
                                        .drop = on<drop>,
                                        .rename = on_both<rename>,
                                        .retire = on<retire>,
                                        .drop_retired = on<drop_retired>,
                                        .tries_values = tries_values,
                                        .address = address,
                                        .fields = kFields};

}  // namespace schemac::postgres
