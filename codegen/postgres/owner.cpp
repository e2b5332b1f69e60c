#include "compiler/kinds/owner.h"

#include "codegen/postgres/parts.h"
#include "codegen/postgres/privileges.h"
#include "codegen/postgres/roles.h"

namespace schemac::postgres {
namespace {

// First server version whose schema public belongs to a role that stands for the owner of the
// database.
constexpr int kDatabaseOwner = 15;

// The server turns rights of the former owner into those of the new one and merges them with what
// that had, so what goes of them goes before.
Actions give(const Object& owner, const Sql& to, const Context& plan) {
  const Object& target = target_of(owner, plan);
  std::vector<Touch> touches;
  if (target.kind().spaces.relation) touches = touch(plan, target.id, Lock::access_exclusive);
  Action action = statement(
      sql("ALTER ", rules_of(target.kind()).address(target), " OWNER TO ", to), std::move(touches));
  for (const Object* child : plan.children_before(target.id))
    if (child->kind().scope == Scope::attached && plan.after(child->id) == nullptr)
      action.after.push_back(child->id);
  return {action};
}

Actions create(const Typed<Owner>& owner, const Context& plan) {
  return give(*owner.object, role(owner.role), plan);
}

// Schema public is not its maker's: there is none.
Sql first_owner(const Object& target, const Context& plan) {
  const bool is_public = target.kind().names_others && target.id.name() == "public";
  if (is_public && plan.server_version() >= kDatabaseOwner) return sql("pg_database_owner");
  return sql("CURRENT_USER");
}

// Of an object that stays. A sequence that a column has come to own follows its table.
Actions drop(const Typed<Owner>& owner, const Context& plan) {
  const Object& target = target_of(*owner.object, plan);
  if (!target.parent.empty()) return {};
  return give(*owner.object, first_owner(target, plan), plan);
}

std::optional<Actions> set_role(const Typed<Owner>&, const Typed<Owner>& now, const Context& plan) {
  return create(now, plan);
}

constexpr FieldRule kFields[] = {
    alters<set_role>("role"),
};
static_assert(covers(owner_kind, kFields), "every field of an owner needs a rule, in their order");

}  // namespace

extern constexpr KindRules owner_rules{.create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
