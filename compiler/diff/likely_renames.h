#pragma once
#include <vector>

#include "compiler/diff/diff.h"

namespace schemac {

// Pairs of an object that `from` alone has and one that `to` alone has which look like one object
// under two names: of one kind, in the same parent, alike in their fields, or else in most of what
// stands in them. Each object is in one pair at most; those whose place is the same, then those
// whose names are nearest, come together first. In id order of what was. Expects both sorted and
// `from` to have gone through apply_renames.
std::vector<Rename> likely_renames(const Catalog& from, const Catalog& to);

}  // namespace schemac
