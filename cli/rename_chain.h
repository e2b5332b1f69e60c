#pragma once
// Renames of one revision behind those of another.

#include <vector>

#include "compiler/diff/diff.h"

namespace schemac {

// What `id` is called after `renames`: of itself or of what it stands in.
ObjectId renamed(const ObjectId& id, const std::vector<Rename>& renames);

// `known` goes on with `next`.
void continue_renames(std::vector<Rename>& known, const std::vector<Rename>& next);

}  // namespace schemac
