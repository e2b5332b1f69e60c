#pragma once
// Where a new revision stands among the others.

#include "cli/commands.h"
#include "cli/new_revision.h"
#include "cli/revisions.h"

namespace schemac {

// The labels and dependencies that are asked for; what is wrong with them is reported, as is a
// branch that continues several lines, which is a merge.
Ties ties_of(const BranchOptions& options, const History& history, Sink& sink);

// Whether the revisions that it continues and depends on make all that a revision needs. What
// another line makes is reported.
bool stands_by_itself(const NewRevision& revision, const Planned& planned, const History& history,
                      Sink& sink);

}  // namespace schemac
