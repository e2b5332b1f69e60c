// baseline [--to REVISION]: a database that has already what a revision makes.

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/revision_expression.h"
#include "cli/revisions.h"
#include "cli/runs.h"
#include "cli/source.h"

namespace schemac {
namespace {

// The last baseline of the history, or else its head.
std::string default_target(const History& history) {
  for (auto at = history.revisions.rbegin(); at != history.revisions.rend(); ++at)
    if (at->baseline) return "@" + at->id;
  return "@head";
}

}  // namespace

Outcome run_baseline(const Session& session, const BaselineOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  Sink& sink = session.sink;
  const std::string url = database_url(session);
  const History history = read_history(session.settings.migrations, sink);
  if (sink.has_errors()) return outcome;
  const auto target =
      resolve_revision(options.to.empty() ? default_target(history) : options.to, history, sink);
  if (!target) return outcome;
  if (is_applied(applied_revisions(url, session.settings.ledger), *target)) {
    sink.report(diags::revision_applied(*target)).about(*target);
    return outcome;
  }
  record_as_applied(session, url, *target);
  if (sink.has_errors()) return outcome;
  outcome.exit_code = kExitDone;
  outcome.text = "recorded as applied: " + *target + "\n";
  outcome.result = {{"recorded", *target}};
  return outcome;
}

}  // namespace schemac
