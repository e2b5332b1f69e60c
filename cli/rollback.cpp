// rollback [--steps N | --to REVISION]: the way back.

#include <algorithm>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/revision_expression.h"
#include "cli/revision_graph.h"
#include "cli/revisions.h"
#include "cli/runs.h"

namespace schemac {
namespace {

// The revisions to take back, the last one first.
std::vector<const Revision*> revisions_to_undo(const History& history, const RevisionIds& there,
                                               const RollbackOptions& options, Sink& sink) {
  if (!options.to.empty())
    return revisions_to_roll_back(options.to, history, there, sink)
        .value_or(std::vector<const Revision*>());
  // The history's order, not the ledger's: what continues another one goes before it.
  std::vector<const Revision*> undone;
  for (const Revision& revision : history.revisions)
    if (there.contains(revision.id)) undone.push_back(&revision);
  std::reverse(undone.begin(), undone.end());
  undone.resize(std::min(undone.size(), static_cast<std::size_t>(options.steps.value_or(1))));
  return undone;
}

}  // namespace

Outcome run_rollback(const Session& session, const RollbackOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  Sink& sink = session.sink;
  const std::string url = database_url(session);
  const History history = read_history(session.settings.migrations, sink);
  if (sink.has_errors()) return outcome;
  const std::vector<AppliedRevision> applied = applied_revisions(url, session.settings.ledger);
  report_applied(history, applied, url, sink);
  if (sink.has_errors()) return outcome;
  const Replaced there = followed(history, applied, true, sink);
  const auto undo = revisions_to_undo(history, there.applied, options, sink);
  if (sink.has_errors()) return outcome;
  std::vector<RevisionFiles> files;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Revision* revision : undo) files.push_back(files_of(*revision));
  if (options.dry_run) return would_run("roll back", "down.sql", files);
  record_replaced(session, there, url);
  std::vector<std::string> ran;
  if (!files.empty()) ran = rollback_revisions(url, files, run_options(session, options.events));
  for (const std::string& id : ran) {
    list.push_back(id);
    outcome.text += "rolled back " + id + "\n";
  }
  if (ran.empty()) outcome.text = "nothing to do\n";
  outcome.exit_code = kExitDone;
  outcome.result = {{"rolled_back", std::move(list)}};
  return outcome;
}

}  // namespace schemac
