#include "compiler/kinds/check.h"

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/joining.h"
#include "codegen/postgres/online.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/domain.h"

namespace schemac::postgres {
namespace {

bool on_domain(const Object& check) {
  return &check.parent.kind() == &domain_kind;
}

Sql alter_parent(const Object& check) {
  return on_domain(check) ? sql("ALTER DOMAIN ", qname(check.id), " ") : alter_table(check.id);
}

// A domain's check reads every table that has a column of the domain, and writers wait meanwhile;
// the domain stands for those tables.
std::vector<Touch> reading(const Object& check, const Context& plan, Lock lock, bool scans) {
  return touch(plan, check.parent, on_domain(check) ? Lock::share : lock, false, scans);
}

bool is_tried(const Object& object) {
  const auto check = typed<Check>(object);
  return !check.not_valid && !check.not_enforced;
}

Actions create(const Typed<Check>& check, const Context& plan) {
  const Object& object = *check.object;
  const bool had = comes_silently(plan, object);
  if (had && !makes_way_above(plan, object)) return {};
  const bool online =
      !on_domain(object) && !had && is_tried(object) && is_validated_online(plan, object.parent);
  const Sql definition = sql("CHECK ", parenthesised(check.expression, object),
                             check.no_inherit ? sql(" NO INHERIT") : Sql(),
                             check.not_valid || online ? sql(" NOT VALID") : Sql(),
                             check.not_enforced ? sql(" NOT ENFORCED") : Sql());
  const Sql anew = had ? sql("DROP CONSTRAINT IF EXISTS ", check.name(), ", ") : Sql();
  Action action =
      statement(sql(alter_parent(object), anew, "ADD CONSTRAINT ", check.name(), " ", definition),
                reading(object, plan, Lock::access_exclusive, is_tried(object) && !online));
  if (online)
    return {action,
            validate_apart(object, reading(object, plan, Lock::share_update_exclusive, true))};
  // Inside CREATE TABLE the server takes any check for validated.
  if (!check.not_valid) action.folded = sql("CONSTRAINT ", check.name(), " ", definition);
  return {action};
}

Actions drop(const Typed<Check>& check, const Context& plan) {
  if (goes_silently(plan, *check.object) || is_shed(*check.object, plan)) return {};
  std::vector<Touch> touches;
  if (!on_domain(*check.object))
    touches = touch(plan, check.object->parent, Lock::access_exclusive);
  return {statement(sql(alter_parent(*check.object), "DROP CONSTRAINT ", check.name()),
                    std::move(touches))};
}

Actions rename(const Typed<Check>& was, const Typed<Check>& now, const Context& plan) {
  if (!on_domain(*now.object)) return rename_constraint(*was.object, *now.object, plan);
  return {statement(
      sql(alter_parent(*now.object), "RENAME CONSTRAINT ", was.name(), " TO ", now.name()))};
}

// A valid check can be validated later, never before.
std::optional<Actions> validate(const Typed<Check>&, const Typed<Check>& now, const Context& plan) {
  if (now.not_valid) return std::nullopt;
  return Actions{statement(sql(alter_parent(*now.object), "VALIDATE CONSTRAINT ", now.name()),
                           reading(*now.object, plan, Lock::share_update_exclusive, true))};
}

bool tries_values(const Object* was, const Object& now) {
  return is_tried(now) && (was == nullptr || !is_tried(*was));
}

Sql address(const Object& check) {
  const Ident name{std::string(check.id.name())};
  if (on_domain(check))
    return sql("CONSTRAINT ", name, " ON DOMAIN ", type_name({qname(check.id), {}, 0}));
  return constraint_address(check);
}

constexpr FieldRule kFields[] = {
    replaces("expression"),
    replaces("no_inherit"),
    alters<validate>("not_valid"),
    replaces("not_enforced"),
};
static_assert(covers(check_kind, kFields),
              "every field of a check constraint needs a rule, in their order");

}  // namespace

extern constexpr KindRules check_rules{.create = on<create>,
                                       .drop = on<drop>,
                                       .rename = on_both<rename>,
                                       .tries_values = tries_values,
                                       .address = address,
                                       .fields = kFields};

}  // namespace schemac::postgres
