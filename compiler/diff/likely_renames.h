#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "compiler/diff/diff.h"

namespace schemac {

// Two objects that look like one under two names; or two values of one object that both catalogs
// have, as labels of an enum.
struct LikelyRename {
  Rename objects;
  std::optional<ValueRename> value;
};

// Whether somebody said that a pair is no rename.
using RuledOut = std::function<bool(const LikelyRename&)>;

// Pairs of an object that `from` alone has and one that `to` alone has which look like one object
// under two names: of one kind, in the same place, alike in their fields, or else in most of what
// stands in them. Of fields it is enough that the types agree where the names are near. Each object
// is in one pair at most; those whose place is the same, then those whose names are nearest, come
// together first. Values are pairs where one stands between the same others as the other did.
// In id order of what was. Expects both sorted and `from` to have gone through apply_renames.
std::vector<LikelyRename> likely_renames(const Catalog& from, const Catalog& to,
                                         const RuledOut& ruled_out);

// Values of which one goes and one comes between the same others; those that value_renames() has
// are left out.
std::vector<ValueRename> likely_value_renames(const Object& was, const Object& now);

}  // namespace schemac
