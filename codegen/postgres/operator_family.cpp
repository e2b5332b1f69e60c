#include "compiler/kinds/operator_family.h"

#include <algorithm>

#include "codegen/postgres/family_members.h"

namespace schemac::postgres {
namespace {

Sql address_as(const QName& name, const Typed<OperatorFamily>& family) {
  return sql("OPERATOR FAMILY ", name, " USING ", family.method);
}

Sql address_of(const Typed<OperatorFamily>& family) {
  return address_as(family.qname(), family);
}

template <class Member>
bool holds(const std::vector<Member>& members, const Member& member) {
  return std::find(members.begin(), members.end(), member) != members.end();
}

// What is in the one list and not in the other.
template <class Member>
std::vector<Sql> added(const std::vector<Member>& to, const std::vector<Member>& from) {
  std::vector<Sql> parts;
  for (const Member& one : to)
    if (!holds(from, one)) parts.push_back(member(one));
  return parts;
}

template <class Member>
std::vector<Sql> removed(const Sql& word, const std::vector<Member>& from,
                         const std::vector<Member>& to) {
  std::vector<Sql> parts;
  for (const Member& one : from) {
    if (holds(to, one)) continue;
    std::vector<Sql> types;
    for (const TypeRef& type : one.types) types.push_back(type_name(type));
    parts.push_back(sql(word, one.number, " (", join(types, ", "), ")"));
  }
  return parts;
}

Actions change_members(const Typed<OperatorFamily>& family, const OperatorFamily& was) {
  Actions actions;
  const auto change = [&](const Sql& verb, std::vector<Sql> parts, std::vector<Sql> more) {
    parts.insert(parts.end(), more.begin(), more.end());
    if (!parts.empty())
      actions.push_back(
          statement(sql("ALTER ", address_of(family), verb, "\n    ", join(parts, ",\n    "))));
  };
  change(sql(" DROP"), removed(sql("OPERATOR "), was.operators, family.operators),
         removed(sql("FUNCTION "), was.functions, family.functions));
  change(sql(" ADD"), added(family.operators, was.operators),
         added(family.functions, was.functions));
  return actions;
}

Actions create(const Typed<OperatorFamily>& family, const Context&) {
  Actions actions = change_members(family, {});
  actions.insert(actions.begin(), statement(sql("CREATE ", address_of(family))));
  return actions;
}

Actions drop(const Typed<OperatorFamily>& family, const Context&) {
  return {statement(sql("DROP ", address_of(family)), {}, Loss::rebuildable)};
}

Actions rename(const Typed<OperatorFamily>& was, const Typed<OperatorFamily>& now, const Context&) {
  const QName before{now.qname().schema, was.qname().name};
  return {statement(sql("ALTER ", address_as(before, now), " RENAME TO ", now.qname().name))};
}

std::optional<Actions> set_members(const Typed<OperatorFamily>& was,
                                   const Typed<OperatorFamily>& now, const Context&) {
  return change_members(now, was);
}

Sql address(const Object& family) {
  return address_of(typed<OperatorFamily>(family));
}

constexpr FieldRule kFields[] = {
    replaces("method"),
    alters<set_members>("operators"),
    alters<set_members>("functions"),
};
static_assert(covers(operator_family_kind, kFields),
              "every field of an operator family needs a rule, in their order");

}  // namespace

extern constexpr KindRules operator_family_rules{.create = on<create>,
                                                 .drop = on<drop>,
                                                 .rename = on_both<rename>,
                                                 .address = address,
                                                 .fields = kFields};

}  // namespace schemac::postgres
