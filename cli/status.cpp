// status: which revisions a database has.

#include <algorithm>
#include <map>

#include "cli/commands.h"
#include "cli/revisions.h"
#include "cli/runs.h"

namespace schemac {
namespace {

std::string half_way(const OpenRun& run) {
  return std::string("stopped ") + (run.direction == Direction::up ? "up" : "down") + " after " +
         std::to_string(run.steps_done) + " of " + std::to_string(run.steps_total);
}

}  // namespace

Outcome run_status(const Session& session) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  const std::string url = database_url(session);
  const History history = read_history(session.settings.migrations, session.sink);
  if (session.sink.has_errors()) return outcome;
  const std::vector<AppliedRevision> applied = applied_revisions(url, session.settings.ledger);
  report_applied(history, applied, url, session.sink);
  std::map<std::string, const AppliedRevision*> rows;
  for (const AppliedRevision& row : applied) rows[row.id] = &row;

  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  std::size_t pending = 0;
  for (const Revision& revision : history.revisions) {
    const auto row = rows.find(revision.id);
    const bool known = row != rows.end();
    const bool done = known && row->second->complete();
    const std::string when = known ? row->second->applied_at : "";
    const std::string state = done ? "applied" : known ? half_way(*row->second->open) : "pending";
    pending += done ? 0 : 1;
    outcome.text += state + (done ? " " + when : "") + "  " + revision.id + "\n";
    list.push_back({{"revision", revision.id},
                    {"state", done    ? "applied"
                              : known ? "stopped"
                                      : "pending"},
                    {"applied_at", known ? nlohmann::ordered_json(when) : nullptr}});
  }
  if (history.revisions.empty()) outcome.text = "no revisions\n";
  const bool clean = pending == 0 && !session.sink.has_errors();
  outcome.exit_code = clean ? kExitDone : kExitFindings;
  outcome.findings_are_result = true;
  outcome.result = {{"revisions", std::move(list)}, {"pending", pending}};
  return outcome;
}

}  // namespace schemac
