#include "compiler/kinds/default_privilege.h"

#include "codegen/postgres/default_privileges.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/privileges.h"
#include "codegen/postgres/roles.h"
#include "compiler/ir/signature.h"
#include "compiler/kinds/grant.h"
#include "compiler/kinds/revoke.h"

namespace schemac::postgres {
namespace {

using Privileges = std::vector<Privilege>;

Sql head(const Typed<DefaultPrivilege>& defaults) {
  Sql result = sql("ALTER DEFAULT PRIVILEGES");
  if (defaults.maker) result.add(sql(" FOR ROLE ", role(*defaults.maker)));
  if (defaults.schema) result.add(sql(" IN SCHEMA ", *defaults.schema));
  return result;
}

Action grant(const Typed<DefaultPrivilege>& defaults, const Privileges& privileges,
             const Ident& to) {
  Sql text = sql(head(defaults), " GRANT ", privilege_list(privileges), " ON ",
                 Word{defaults.objects}, " TO ", role(to));
  if (defaults.grantable) text.add(" WITH GRANT OPTION");
  return statement(std::move(text));
}

Action revoke(const Typed<DefaultPrivilege>& defaults, const Privileges& privileges,
              const Ident& from, bool option_alone = false) {
  const Sql verb = option_alone ? sql(" REVOKE GRANT OPTION FOR ") : sql(" REVOKE ");
  return statement(sql(head(defaults), verb, privilege_list(privileges), " ON ",
                       Word{defaults.objects}, " FROM ", role(from)));
}

bool holds_for(const Typed<DefaultPrivilege>& defaults, const Object& made) {
  if (defaults.maker || defaults.objects != made.kind().granted_as) return false;
  const std::string_view part = made.kind().granted_with;
  if (!part.empty() && made.value(part).absent()) return false;
  return !defaults.schema ||
         (made.id.path().size() > 1 && made.id.path()[0] == defaults.schema->text);
}

Actions create(const Typed<DefaultPrivilege>& defaults, const Context&) {
  return {defaults.from ? revoke(defaults, defaults.revoked, *defaults.from)
                        : grant(defaults, defaults.granted, *defaults.to)};
}

// What is given or taken, one by one.
Privileges singles(const Typed<DefaultPrivilege>& defaults, const Context& plan) {
  for (const KindInfo* kind : all_kinds())
    if (kind->granted_as == defaults.objects && kind->granted_with.empty())
      return single_privileges(*kind, defaults.from ? defaults.revoked : defaults.granted,
                               plan.server_version());
  return {};
}

// What the same role is given with the right to grant it on, or without, as the plan leaves it.
Privileges given_besides(const Typed<DefaultPrivilege>& defaults, const Context& plan) {
  Values values = defaults.object->values;
  values.set(field_index(default_privilege_kind, "grantable"),
             defaults.grantable ? Value() : Value(true));
  const Object* other = plan.after(id_with(*defaults.object, values));
  return other == nullptr ? Privileges{} : singles(typed<DefaultPrivilege>(*other), plan);
}

// Undoes as much of `was` as `lost` says; the server knows each privilege of a role once.
Actions take_back(const Typed<DefaultPrivilege>& was, const Privileges& lost, const Context& plan) {
  if (lost.empty()) return {};
  if (was.from) return {grant(was, joined(lost), *was.from)};
  const Privileges gone = without(lost, given_besides(was, plan));
  const Privileges option = was.grantable ? without(lost, gone) : Privileges{};
  Actions actions;
  if (!gone.empty()) actions.push_back(revoke(was, joined(gone), *was.to));
  if (!option.empty()) actions.push_back(revoke(was, joined(option), *was.to, true));
  return actions;
}

Actions drop(const Typed<DefaultPrivilege>& defaults, const Context& plan) {
  return take_back(defaults, singles(defaults, plan), plan);
}

std::optional<Actions> set_privileges(const Typed<DefaultPrivilege>& was,
                                      const Typed<DefaultPrivilege>& now, const Context& plan) {
  const Privileges before = singles(was, plan), after = singles(now, plan);
  Actions actions = take_back(was, without(before, after), plan);
  const Privileges more = without(after, before);
  if (more.empty()) return actions;
  actions.push_back(now.from ? revoke(now, joined(more), *now.from)
                             : grant(now, joined(more), *now.to));
  return actions;
}

// What the model grants to a role on a new object, or takes from it.
Privileges declared(const Object& made, const Typed<DefaultPrivilege>& defaults,
                    const Context& plan) {
  Privileges found;
  for (const Object* child : plan.children_after(made.id)) {
    Privileges words;
    if (&child->kind() == &grant_kind) {
      const auto grant = typed<Grant>(*child);
      if (!grant.by && grant.grantable == defaults.grantable && defaults.to == grant.role)
        words = grant.privileges;
    } else if (&child->kind() == &revoke_kind) {
      const auto revoke = typed<Revoke>(*child);
      if (defaults.from == revoke.role) words = revoke.privileges;
    }
    for (Privilege& one : single_privileges(made.kind(), words, plan.server_version()))
      found.push_back(std::move(one));
  }
  return found;
}

constexpr FieldRule kFields[] = {
    replaces("maker"),
    replaces("schema"),
    alters<set_privileges>("granted"),
    alters<set_privileges>("revoked"),
    replaces("objects"),
    replaces("to"),
    replaces("from"),
    replaces("grantable"),
};
static_assert(covers(default_privilege_kind, kFields),
              "every field of default privileges needs a rule, in their order");

}  // namespace

Actions undo_default_privileges(const Object& made, const Context& plan) {
  Actions actions;
  const auto& objects = plan.all_before();
  for (auto at = objects.rbegin(); at != objects.rend(); ++at) {
    if (&at->kind() != &default_privilege_kind) break;  // they rank last
    const auto defaults = typed<DefaultPrivilege>(*at);
    if (!holds_for(defaults, made)) continue;
    const Privileges given = singles(defaults, plan);
    const Privileges rest = without(given, declared(made, defaults, plan));
    if (rest.empty()) continue;
    actions.push_back(defaults.from ? grant_statement(made, joined(rest), *defaults.from, false)
                                    : revoke_statement(made, joined(rest), *defaults.to, false));
  }
  return actions;
}

extern constexpr KindRules default_privilege_rules{
    .create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
