#pragma once
// Revisions as a graph: what stands on what, in which order, under which label.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/revisions.h"

namespace schemac {

// What must be there before a revision: what it continues and what it depends on.
std::vector<std::string> needs_of(const Revision& revision);

// Moves revisions into `history`, in an order in which each comes behind what it needs, and finds
// the heads. What cannot be ordered is reported. `folders` has those that are there and unreadable,
// too, which has been reported already.
void order_revisions(std::map<std::string, Revision> found, const std::set<std::string>& folders,
                     History& history, Sink& sink);

// `revision` replaces one that is not gone, or that the sum lists.
void report_unfinished_squash(const Revision& revision, const std::string& replaced, Sink& sink);

// These revisions and all that they need, in the history's order.
std::vector<const Revision*> lineage(const History& history, const std::vector<std::string>& ids);
// The same of one.
std::vector<const Revision*> lineage(const History& history, const std::string& id);

// These revisions and all that stand on them, in the history's order.
std::vector<const Revision*> descendants(const History& history,
                                         const std::vector<std::string>& ids);

// The revisions that continue this one.
std::vector<const Revision*> children_of(const History& history, const std::string& id);

// The labels that each revision goes by: its own, those of what it continues, and those of the one
// line that continues it, down to where that forks off.
std::map<std::string, std::set<std::string>> labels_of(const History& history);

// `a, b`.
std::string listed(const std::vector<std::string>& ids);
std::vector<std::string> ids_of(const std::vector<const Revision*>& revisions);

}  // namespace schemac
