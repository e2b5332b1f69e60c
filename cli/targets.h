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

// What a database has once that counts which revisions replace others: it has one as soon as it has
// all that this replaces. Where it has some of them only there is no way on, which is reported.
struct Replaced {
  RevisionIds applied;
  std::vector<const Revision*> to_record;  // that are applied by that, and that the ledger lacks
};
Replaced follow_replaced(const History& history, const RevisionIds& in_ledger, Sink& sink);

}  // namespace schemac
