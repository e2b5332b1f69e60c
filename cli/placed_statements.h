#pragma once
// Where the statements that a revision.json knows stand in its SQL file, which people may edit.

#include <optional>
#include <vector>

#include "cli/revision_json.h"
#include "runner/script.h"

namespace schemac {

// For each statement of `facts` its number in `script`; std::nullopt where it is not there.
std::vector<std::optional<std::size_t>> places_of(const PlanFacts& facts, const Script& script);

}  // namespace schemac
