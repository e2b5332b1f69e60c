#pragma once
// The rarer kinds.

#include "tests/property/model.h"
#include "tests/property/rights.h"

namespace schemac::property {

inline constexpr int kSorts = static_cast<int>(Sort::system_function) + 1;

bool stands_in_schema(Sort sort);
bool has_owner(Sort sort);
bool can_be_renamed(Sort sort);
// The one that it speaks of.
const char* system_language(const Thing& thing);
// As what it can be granted.
Grantable granted_on(Sort sort);

// What a use of the sort must be: a routine, another thing, a table.
bool fits_use(const Model& model, const Thing& thing, std::size_t use);
std::size_t most_uses(Sort sort);

std::string write_thing(const Model& model, const Thing& thing);
std::string write_rule(const Model& model, const Relation& relation, const Rule& rule, Id home);
std::string write_statistics(const Model& model, const Relation& relation,
                             const Statistics& statistics, Id home);

bool repair_things(Model& model);

}  // namespace schemac::property
