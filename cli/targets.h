#pragma once
// From what a command is told to the revisions to run, in their order.

#include "cli/revision_expression.h"

namespace schemac {

// The revisions to apply, in their order, so that a database that has `applied` gets to `target`:
// all that it needs. std::nullopt where that is not one way, which is then reported.
std::optional<std::vector<const Revision*>> revisions_to_apply(std::string_view target,
                                                               const History& history,
                                                               const RevisionIds& applied,
                                                               Sink& sink);

// The revisions to take back, the last one first, so that nothing is left that stands on `target`:
// other lines stay.
std::optional<std::vector<const Revision*>> revisions_to_roll_back(std::string_view target,
                                                                   const History& history,
                                                                   const RevisionIds& applied,
                                                                   Sink& sink);

}  // namespace schemac
