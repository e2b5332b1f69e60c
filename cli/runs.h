#pragma once
// What the commands that work on a database share.

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/revisions.h"
#include "cli/targets.h"
#include "runner/runner.h"

namespace schemac {

// The database's URL; "" where none is given or it is of no known kind, which is reported.
std::string database_url(const Session& session);

// How results show a text that may not be there.
nlohmann::ordered_json or_null(const std::string& text);

RevisionFiles files_of(const Revision& revision);
// `events`: a file for what happens, or "".
RunOptions run_options(const Session& session, const std::string& events = {});

// What a database has, revisions that stand in for others included; with those that stand half-way
// where `begun`. What is in the way is reported.
Replaced followed(const History& history, const std::vector<AppliedRevision>& applied, bool begun,
                  Sink& sink);

// Records revisions that stand in for what a database has.
void record_replaced(const Session& session, const Replaced& replaced, const std::string& url);

// Reports applied revisions that the folder lacks, that were edited since, or that stand without
// what they continue.
void report_applied(const History& history, const std::vector<AppliedRevision>& applied,
                    const std::string& url, Sink& sink);

// What a run of these files would do: `would apply …` a line each, with their number of steps.
Outcome would_run(const std::string& doing, const std::string& file,
                  const std::vector<RevisionFiles>& revisions);

bool is_applied(const std::vector<AppliedRevision>& applied, const std::string& id);

// Records `id`, and what it continues, as applied where the database is what they describe; reports
// where it is not.
void record_as_applied(const Session& session, const std::string& url, const std::string& id);

}  // namespace schemac
