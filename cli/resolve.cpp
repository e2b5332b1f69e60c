// resolve REVISION --applied | --rolled-back --reason TEXT: what a person knows of a revision, put
// into the ledger.

#include "cli/commands.h"
#include "cli/history_diags.h"
#include "cli/revision_expression.h"
#include "cli/revisions.h"
#include "cli/runs.h"

namespace schemac {

Outcome run_resolve(const Session& session, const ResolveOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  Sink& sink = session.sink;
  const std::string url = database_url(session);
  const History history = read_history(session.settings.migrations, sink);
  if (sink.has_errors()) return outcome;
  const auto id = resolve_revision(options.revision, history, sink);
  if (!id) return outcome;
  const Revision* revision = history.find(*id);
  if (revision == nullptr) {
    sink.report(diags::revision_unknown(options.revision))
        .hint("`schemac status` lists the revisions");
    return outcome;
  }
  decide_revision(url, files_of(*revision), options.applied, options.reason, run_options(session));
  const std::string state = options.applied ? "applied" : "not applied";
  outcome.text = "recorded as " + state + ": " + *id + "\n";
  outcome.result = {{"revision", *id}, {"applied", options.applied}};
  outcome.exit_code = kExitDone;
  return outcome;
}

}  // namespace schemac
