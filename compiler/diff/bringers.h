#pragma once
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

// What the object has columns from: tables that it inherits from or is a partition of, its type.
std::vector<ObjectId> bringers(const Object& object);

// Whether `object` says something of a column that its parent has from there: it is called what the
// parent's own columns are called and is none.
bool speaks_of_part(const Object& object, const Object& parent);

using IdMap = std::unordered_map<ObjectId, ObjectId, ObjectIdHash>;

// What the relation's column `name` is called after renames of it, there or wherever it is from.
std::string_view renamed_part(const Catalog& catalog, const Object& relation, std::string_view name,
                              const IdMap& renames);

}  // namespace schemac
