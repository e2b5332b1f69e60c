#pragma once
#include "compiler/plan/rules.h"

namespace schemac {

// The plan that leads from `from` to `to` on `target`: renames carried through, dependents rebuilt
// where the server demands it, in one deterministic order. Every plan has been verified on the
// catalogs before it is returned. The down of a revision is plan(to, from).
Plan make_plan(const Catalog& from, const Catalog& to, const Target& target);

// The same with the renames given, for the way back: those of the way there, reversed.
Plan make_plan(const Catalog& from, const Catalog& to, const std::vector<Rename>& renames,
               const Target& target);

}  // namespace schemac
