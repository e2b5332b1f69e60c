#include "compiler/kinds/exclusion.h"

#include <algorithm>

#include "codegen/postgres/index_marks.h"
#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql definition(const Typed<Exclusion>& exclusion) {
  std::vector<Sql> elements;
  for (const ExclusionElement& element : exclusion.elements)
    elements.push_back(
        sql(index_key(element.key, *exclusion.object), " WITH ", operator_name(element.operation)));
  Sql result = sql("EXCLUDE USING ", exclusion.method, " (", join(elements, ", "), ")",
                   include_clause(exclusion.include), with_clause(exclusion.with),
                   index_tablespace(exclusion.tablespace));
  if (exclusion.where)
    result.add(sql(" WHERE ", parenthesised(*exclusion.where, *exclusion.object)));
  result.add(deferrable_clause(exclusion.deferrable, exclusion.initially_deferred));
  return result;
}

// Inside CREATE TABLE the server keeps only one of several constraints that exclude the same.
bool repeats_another(const Typed<Exclusion>& exclusion, const Context& plan) {
  const auto& siblings = plan.children_after(exclusion.object->parent);
  return std::any_of(siblings.begin(), siblings.end(), [&](const Object* sibling) {
    return &sibling->kind() == &exclusion_kind && sibling->id < exclusion.id() &&
           sibling->value("elements") == exclusion.object->value("elements");
  });
}

std::vector<IndexKey> keys_of(const Typed<Exclusion>& exclusion) {
  std::vector<IndexKey> keys;
  for (const ExclusionElement& element : exclusion.elements) keys.push_back(element.key);
  return keys;
}

Actions create(const Typed<Exclusion>& exclusion, const Context& plan) {
  Actions actions{
      add_constraint(*exclusion.object, alter_table(exclusion.id()), definition(exclusion),
                     !repeats_another(exclusion, plan),
                     touch(plan, exclusion.object->parent, Lock::access_exclusive, false, true))};
  append(actions, set_key_statistics(alter_own_index(*exclusion.object), exclusion.id(), {},
                                     keys_of(exclusion), plan));
  return actions;
}

Actions drop(const Typed<Exclusion>& exclusion, const Context& plan) {
  return drop_constraint(*exclusion.object,
                         touch(plan, exclusion.object->parent, Lock::access_exclusive),
                         Loss::rebuildable);
}

std::optional<Actions> set_elements(const Typed<Exclusion>& was, const Typed<Exclusion>& now,
                                    const Context& plan) {
  const auto operators = [](const Typed<Exclusion>& exclusion) {
    std::vector<QName> names;
    for (const ExclusionElement& element : exclusion.elements) names.push_back(element.operation);
    return names;
  };
  if (operators(was) != operators(now) || !same_but_statistics(keys_of(was), keys_of(now)))
    return std::nullopt;
  Actions actions =
      set_key_statistics(alter_own_index(*now.object), now.id(), keys_of(was), keys_of(now), plan);
  append(actions, restore_statistics_below(plan, *now.object));
  return actions;
}

Actions rename(const Typed<Exclusion>& was, const Typed<Exclusion>& now, const Context& plan) {
  return rename_constraint(*was.object, *now.object, plan);
}

// The server alters no index of a partitioned table.
std::optional<Actions> set_storage(const Typed<Exclusion>& was, const Typed<Exclusion>& now,
                                   const Context& plan) {
  if (is_partitioned(plan, now.object->parent)) return std::nullopt;
  return set_parameters(alter_own_index(*now.object), was.with, now.with,
                        touch(plan, now.id(), Lock::share_update_exclusive));
}

std::optional<Actions> set_tablespace(const Typed<Exclusion>&, const Typed<Exclusion>& now,
                                      const Context& plan) {
  Actions actions =
      set_index_tablespace(alter_own_index(*now.object), now.id(), now.tablespace, plan);
  append(actions, move_below(plan, *now.object));
  return actions;
}

constexpr FieldRule kFields[] = {
    replaces("method"),
    alters<set_elements>("elements"),
    replaces("include"),
    alters<set_storage>("with"),
    alters<set_tablespace>("tablespace"),
    replaces("where"),
    replaces("deferrable"),
    replaces("initially_deferred"),
    kClusterMark,
    kIndexComment,
};
static_assert(covers(exclusion_kind, kFields),
              "every field of an exclusion constraint needs a rule, in their order");

}  // namespace

extern constexpr KindRules exclusion_rules{.create = create_marked<create>,
                                           .drop = drop_marked<drop>,
                                           .rename = on_both<rename>,
                                           .address = constraint_address,
                                           .fields = kFields};

}  // namespace schemac::postgres
