#include "codegen/postgres/privileges.h"

#include <algorithm>
#include <cassert>

#include "codegen/postgres/column.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/roles.h"
#include "compiler/kinds/aggregate.h"
#include "compiler/kinds/foreign_server.h"
#include "compiler/kinds/owner.h"

namespace schemac::postgres {
namespace {

constexpr int kMaintain = 17;

// `(integer, text)`: GRANT knows an aggregate as a function of all its arguments.
Sql aggregate_address(const Typed<Aggregate>& aggregate) {
  std::vector<Sql> types;
  for (const Argument& argument : aggregate.arguments) types.push_back(type_name(argument.type));
  if (!shares_last_argument(aggregate.arguments, aggregate.order_by))
    for (const Argument& argument : aggregate.order_by) types.push_back(type_name(argument.type));
  return sql("FUNCTION ", aggregate.qname(), "(", join(types, ", "), ")");
}

// GRANT calls all relations but sequences tables. A column has rights of its own where it counts.
Sql granted_address(const Object& target) {
  const KindInfo& kind = target.kind();
  if (&kind == &column_kind) return sql("SEQUENCE ", identity_sequence(typed<Column>(target)));
  if (kind.granted_as == "tables") return sql("TABLE ", qname(target.id));
  if (&kind == &aggregate_kind) return aggregate_address(typed<Aggregate>(target));
  if (&kind == &foreign_server_kind) return sql("FOREIGN ", rules_of(kind).address(target));
  return rules_of(kind).address(target);
}

}  // namespace

Sql privilege_list(const std::vector<Privilege>& privileges) {
  std::vector<Sql> parts;
  for (const Privilege& one : privileges) {
    Sql part = sql(Word{one.privilege});
    if (!one.columns.empty()) part.add(sql(" (", names(one.columns), ")"));
    parts.push_back(std::move(part));
  }
  return join(parts, ", ");
}

Action grant_statement(const Object& target, const std::vector<Privilege>& privileges,
                       const Ident& to, bool grantable) {
  Sql head =
      sql("GRANT ", privilege_list(privileges), " ON ", granted_address(target), " TO ", role(to));
  if (grantable) head.add(" WITH GRANT OPTION");
  return statement(std::move(head));
}

Action revoke_statement(const Object& target, const std::vector<Privilege>& privileges,
                        const Ident& from, bool option_alone) {
  return statement(sql(option_alone ? sql("REVOKE GRANT OPTION FOR ") : sql("REVOKE "),
                       privilege_list(privileges), " ON ", granted_address(target), " FROM ",
                       role(from)));
}

std::vector<Privilege> single_privileges(const KindInfo& kind,
                                         const std::vector<Privilege>& privileges,
                                         int server_version) {
  std::vector<Privilege> singles;
  for (const Privilege& one : privileges) {
    if (one.privilege == "all") {
      for (const std::string_view word : kind.privileges)
        if (word != "maintain" || server_version >= kMaintain)
          singles.push_back({std::string(word), {}});
    } else if (one.columns.empty()) {
      singles.push_back(one);
    }
    for (const Ident& column : one.columns) singles.push_back({one.privilege, {column}});
  }
  return singles;
}

std::vector<Privilege> without(const std::vector<Privilege>& some,
                               const std::vector<Privilege>& others) {
  std::vector<Privilege> rest;
  for (const Privilege& one : some)
    if (std::find(others.begin(), others.end(), one) == others.end()) rest.push_back(one);
  return rest;
}

std::vector<Privilege> joined(const std::vector<Privilege>& singles) {
  std::vector<Privilege> result;
  for (const Privilege& one : singles) {
    const auto same = std::find_if(result.begin(), result.end(), [&](const Privilege& other) {
      return other.privilege == one.privilege && other.columns.empty() == one.columns.empty();
    });
    if (same == result.end())
      result.push_back(one);
    else
      same->columns.insert(same->columns.end(), one.columns.begin(), one.columns.end());
  }
  return result;
}

const Object& target_of(const Object& attached, const Context& plan) {
  const Object* target = plan.after(attached.parent);
  if (target == nullptr) target = plan.before(attached.parent);
  assert(target != nullptr && "what stands on an object has that object");
  return *target;
}

bool goes_with_part(const Object& attached, const Context& plan) {
  const Object* target = plan.after(attached.parent);
  const std::string_view part = attached.parent.kind().granted_with;
  return target != nullptr && !part.empty() && target->value(part).absent();
}

ObjectId owner_id(const ObjectId& target) {
  return ObjectId::from_key(owner_kind, std::string(target.kind().name) + '\0' + target.key());
}

}  // namespace schemac::postgres
