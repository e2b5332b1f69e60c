#pragma once
// Names that objects occupy, as keys to compare.

#include <string>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

// The names that an object of the id in `parent` occupies besides its id, in spaces that kinds
// share.
std::vector<std::string> claims(const ObjectId& id, const ObjectId& parent);

// The name that no other object of its kind can have.
std::string own_name(const ObjectId& id);

ObjectId with_name(const ObjectId& id, std::string_view name);

}  // namespace schemac
