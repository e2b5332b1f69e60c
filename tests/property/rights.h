#pragma once
// Who owns what, and who may do what with it.

#include <functional>
#include <span>
#include <string_view>

#include "tests/property/model.h"

namespace schemac::property {

// The roles that there are.
const std::vector<std::string>& role_names();

enum class Grantable { schema, type, sequence, routine, relation, access, nothing };

// Calls `visit` with everything that has an owner.
void visit_owned(Model& model, const std::function<void(Owned&, Grantable, Id schema)>& visit);

// What extensions bring that rights can be given on.
struct BroughtThing {
  std::string_view extension;
  std::string_view text;  // as the extension's block says it
  Grantable kind;
};
std::span<const BroughtThing> brought_things();

// What can be granted.
const std::vector<std::string>& privileges_of(Grantable kind);
// The word by which default privileges speak of it.
const char* word_for(Grantable kind);

// `owner …;`, `grant …;` and `revoke …;`, a line each.
std::string write_owned(const Model& model, const Owned& owned, Id relation,
                        const std::string& indent);
std::string write_rights(const Model& model, const std::vector<Right>& rights, Id relation,
                         const std::string& indent);
// What stands at the end of a statement: `;`, or a block with `members`.
std::string block(const std::string& members, const std::string& indent = "");
std::string write_default_right(const Model& model, const DefaultRight& right);

// Takes out what says twice or wrongly who may do what. Returns whether anything was.
bool repair_rights(Model& model);

// A schema that names no owner at all leaves owners alone; so that both sides of a pair say of each
// object whose it is, either both name owners or none does.
void settle_owners(Model& a, Model& b);

}  // namespace schemac::property
