#pragma once
// Grants as statements. What is taken back from a role must leave what other grants to it still
// give: a privilege and the right to grant it on are two objects to us and one entry to the server,
// and taking a privilege back from the whole of a table takes it from its columns, too.

#include "codegen/postgres/rules.h"
#include "compiler/kinds/grant.h"

namespace schemac::postgres {

// `SELECT, UPDATE (a)`
Sql privilege_list(const std::vector<Privilege>& privileges);

// `GRANT SELECT, UPDATE (a) ON TABLE t TO role`
Action grant_statement(const Object& target, const std::vector<Privilege>& privileges,
                       const Ident& role, bool grantable);
// `REVOKE [GRANT OPTION FOR] SELECT ON TABLE t FROM role`
Action revoke_statement(const Object& target, const std::vector<Privilege>& privileges,
                        const Ident& role, bool option_alone);

// The privileges one by one, `all` spelled out as the server has it: one column each at most.
std::vector<Privilege> single_privileges(const KindInfo& kind,
                                         const std::vector<Privilege>& privileges,
                                         int server_version);
// Those of `some` that `others` lack.
std::vector<Privilege> without(const std::vector<Privilege>& some,
                               const std::vector<Privilege>& others);
// Single privileges joined again.
std::vector<Privilege> joined(const std::vector<Privilege>& singles);

// The object that a grant, an owner … stands on, as it is at that point of the plan.
const Object& target_of(const Object& attached, const Context& plan);

// Whether what the rights are for goes, and takes them along: the sequence of an identity.
bool goes_with_part(const Object& attached, const Context& plan);

// What the model's owner of an object is called by, or nothing.
ObjectId owner_id(const ObjectId& target);

}  // namespace schemac::postgres
