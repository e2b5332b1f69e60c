// Who may do what: grants, policies, extensions.

#include "lint/context.h"

namespace schemac::lint {
namespace {

bool is_public(const PgQuery__Node* role) {
  const auto* spec = as<PgQuery__RoleSpec>(role);
  return spec != nullptr && spec->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC;
}

void judge_grant(Context& context, const PgQuery__GrantStmt& grant, bool as_default) {
  bool to_public = false;
  for (std::size_t i = 0; i < grant.n_grantees; ++i)
    to_public = to_public || is_public(grant.grantees[i]);
  const std::string first =
      grant.n_objects == 0 ? "" : shown(context.names.qualified(grant.objects[0]));
  const std::string object = as_default ? "default privileges" : first;
  if (grant.is_grant && (to_public || grant.n_privileges == 0 || grant.grant_option))
    context.report("SEC101", object);
  for (std::size_t i = 0; i < grant.n_objects; ++i) {
    const QName name = context.names.qualified(grant.objects[i]);
    context.note((grant.is_grant ? "grant " : "revoke ") + shown(name));
    if (!grant.is_grant) context.note("grant " + shown(name));
    if (Relation* relation = context.known.find(name)) relation->described = true;
    for (Function& function : context.known.functions(name)) function.described = true;
  }
}

// Whether a function is called for each row: one without a SELECT around it.
bool calls_for_each_row(const Message* condition) {
  if (condition == nullptr || as<PgQuery__SelectStmt>(condition) != nullptr) return false;
  if (as<PgQuery__FuncCall>(condition) != nullptr) return true;
  bool found = false;
  sqltext::for_each_child(condition, [&](const ProtobufCFieldDescriptor&, const Message* child) {
    found = found || calls_for_each_row(child);
  });
  return found;
}

void judge_conditions(Context& context, Relation& table, const PgQuery__Node* qual,
                      const PgQuery__Node* check, const char* policy) {
  const std::string name = std::string(policy) + " on " + shown(table.name);
  std::set<std::string>& columns = table.policies[policy];
  for (const PgQuery__Node* condition : {qual, check}) {
    if (condition == nullptr) continue;
    if (constant(condition) == "true") context.report("SEC103", name, &table);
    if (calls_for_each_row(sqltext::held(condition))) context.report("PF115", name, &table);
    columns.merge(named_in(condition, context.names).columns);
  }
}

void create_policy(Context& context, const PgQuery__CreatePolicyStmt& create) {
  Relation& table = context.known.relation(context.names.qualified(create.table));
  const std::string name = std::string(create.policy_name) + " on " + shown(table.name);
  context.lock(table, Lock::access_exclusive);
  context.report("LK122", table);
  if (table.row_security) context.report("BC118", name, &table);
  judge_conditions(context, table, create.qual, create.with_check, create.policy_name);
}

void alter_policy(Context& context, const PgQuery__AlterPolicyStmt& alter) {
  Relation& table = context.known.relation(context.names.qualified(alter.table));
  context.lock(table, Lock::access_exclusive);
  context.report("LK122", table);
  judge_conditions(context, table, alter.qual, alter.with_check, alter.policy_name);
}

}  // namespace

bool judge_access(Context& context, const Message* statement) {
  if (const auto* grant = as<PgQuery__GrantStmt>(statement)) {
    judge_grant(context, *grant, false);
  } else if (const auto* defaults = as<PgQuery__AlterDefaultPrivilegesStmt>(statement)) {
    if (defaults->action != nullptr) judge_grant(context, *defaults->action, true);
  } else if (const auto* policy = as<PgQuery__CreatePolicyStmt>(statement)) {
    create_policy(context, *policy);
  } else if (const auto* changed = as<PgQuery__AlterPolicyStmt>(statement)) {
    alter_policy(context, *changed);
  } else if (const auto* extension = as<PgQuery__CreateExtensionStmt>(statement)) {
    context.report("SEC110", extension->extname);
  } else if (const auto* update = as<PgQuery__AlterExtensionStmt>(statement)) {
    context.report("SEC110", update->extname);
  } else if (const auto* language = as<PgQuery__CreatePLangStmt>(statement)) {
    context.report("SEC110", language->plname);
  } else if (as<PgQuery__ReassignOwnedStmt>(statement) != nullptr) {
    context.report("SEC109", "REASSIGN OWNED");
  } else if (as<PgQuery__DropOwnedStmt>(statement) != nullptr) {
    context.report("DS112", "DROP OWNED");
  } else {
    return false;
  }
  return true;
}

}  // namespace schemac::lint
