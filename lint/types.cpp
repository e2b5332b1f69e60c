// Enums, domains and composite types.

#include "lint/context.h"

namespace schemac::lint {
namespace {

void create_enum(Context& context, const PgQuery__CreateEnumStmt& create) {
  Type type;
  type.name = context.names.qualified(create.n_type_name, create.type_name);
  type.kind = Type::Kind::enumeration;
  type.made_in = context.migration;
  for (const std::string& value : names_of(create.n_vals, create.vals)) type.values.insert(value);
  // The old one was set aside under another name: its columns are converted next.
  if (context.happened("set aside " + shown(type.name))) context.report("DS116", shown(type.name));
  context.known.make_type(std::move(type));
}

void create_domain(Context& context, const PgQuery__CreateDomainStmt& create) {
  Type type;
  type.name = context.names.qualified(create.n_domainname, create.domainname);
  type.kind = Type::Kind::domain;
  type.made_in = context.migration;
  if (const auto base = context.names.type(create.type_name, context.text)) type.base = *base;
  for (std::size_t i = 0; i < create.n_constraints; ++i)
    if (const auto* constraint = as<PgQuery__Constraint>(create.constraints[i]))
      type.constrained = type.constrained ||
                         constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK ||
                         constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL;
  context.known.make_type(std::move(type));
}

void alter_domain(Context& context, const PgQuery__AlterDomainStmt& alter) {
  const QName name = context.names.qualified(alter.n_type_name, alter.type_name);
  Type* domain = context.known.type(name);
  const auto* constraint = as<PgQuery__Constraint>(alter.def);
  const bool adds = alter.subtype[0] == 'C';
  const bool unchecked = adds && constraint != nullptr && constraint->skip_validation;
  const bool reads = (adds && !unchecked) || alter.subtype[0] == 'O' || alter.subtype[0] == 'V';
  if (domain != nullptr && (adds || alter.subtype[0] == 'O')) domain->constrained = true;
  if (!reads) return;
  bool used = domain == nullptr;
  for (const auto& [table, column] : context.known.columns_of_type(name)) {
    context.lock(*table, Lock::share, {.scans = true});
    used = used || !context.is_new(*table);
  }
  if (used) context.report("SC111", shown(name));
}

void alter_enum(Context& context, const PgQuery__AlterEnumStmt& alter) {
  const QName name = context.names.qualified(alter.n_type_name, alter.type_name);
  Type* type = context.known.type(name);
  const bool ours = type != nullptr && type->made_in == context.migration;
  const std::string text = shown(name) + "." + alter.new_val;
  if (alter.old_val[0] != '\0') {
    if (!ours) context.report("BC108", text);
    return;
  }
  if (!context.has_version(12)) context.needs_no_transaction("ALTER TYPE … ADD VALUE");
  if (alter.skip_if_new_val_exists) context.report("DD116", text);
  if (!ours) {
    context.report("IR103", text);
    if (context.in_transaction || context.part.sending == Sending::at_once)
      context.transaction.new_values[name].insert(alter.new_val);
  }
  if (type != nullptr) type->values.insert(alter.new_val);
}

}  // namespace

bool judge_type(Context& context, const Message* statement) {
  if (const auto* create = as<PgQuery__CreateEnumStmt>(statement)) {
    create_enum(context, *create);
  } else if (const auto* domain = as<PgQuery__CreateDomainStmt>(statement)) {
    create_domain(context, *domain);
  } else if (const auto* alter = as<PgQuery__AlterDomainStmt>(statement)) {
    alter_domain(context, *alter);
  } else if (const auto* values = as<PgQuery__AlterEnumStmt>(statement)) {
    alter_enum(context, *values);
  } else if (const auto* composite = as<PgQuery__CompositeTypeStmt>(statement)) {
    Type type;
    type.name = context.names.qualified(composite->typevar);
    type.kind = Type::Kind::composite;
    type.made_in = context.migration;
    context.known.make_type(std::move(type));
  } else {
    return false;
  }
  return true;
}

}  // namespace schemac::lint
