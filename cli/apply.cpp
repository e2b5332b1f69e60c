// apply [--to REVISION]: the revisions that a database lacks.

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/reachable.h"
#include "cli/revision_graph.h"
#include "cli/revisions.h"
#include "cli/runs.h"
#include "cli/source.h"
#include "cli/targets.h"
#include "introspect/postgres/connection.h"

namespace schemac {
namespace {

// A baseline describes what was there before: it must not run on a database that has it.
bool meets_its_baseline(const Session& session, const Revision& baseline, const std::string& url) {
  const Source live = load_database(url, session.settings.ledger);
  Catalog made;
  apply_delta(baseline, made);
  for (const Object& object : made.objects()) {
    // Schemas and extensions may well be there before the tables are.
    if (object.parent.empty() || !live.catalog.contains(object.id)) continue;
    session.sink.report(diags::baseline_exists(postgres::display_url(url), baseline.id))
        .about(to_string(object.id))
        .hint("it has " + to_string(object.id) +
              ", for one; `schemac baseline` records the revision without running it");
    return true;
  }
  return false;
}

}  // namespace

Outcome run_apply(const Session& session, const ApplyOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  Sink& sink = session.sink;
  const std::string url = database_url(session);
  const History history = read_history(session.settings.migrations, sink);
  if (sink.has_errors()) return outcome;
  if (options.wait > std::chrono::seconds(0)) wait_for_database(url, options.wait, session.output);
  const std::vector<AppliedRevision> applied = applied_revisions(url, session.settings.ledger);
  report_applied(history, applied, url, sink);
  if (sink.has_errors()) return outcome;
  const Replaced there = followed(history, applied, false, sink);
  const auto wanted =
      revisions_to_apply(options.to.empty() ? "head" : options.to, history, there.applied, sink);
  if (!wanted) return outcome;

  std::vector<RevisionFiles> pending;
  for (const Revision* revision : *wanted) {
    if (revision->baseline && applied.empty() && meets_its_baseline(session, *revision, url))
      return outcome;
    pending.push_back(files_of(*revision));
  }
  if (options.dry_run) return would_run("apply", "up.sql", pending);
  record_replaced(session, there, url);
  std::vector<std::string> ran;
  if (!pending.empty()) ran = apply_revisions(url, pending, run_options(session, options.events));
  outcome.exit_code = kExitDone;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Revision* revision : there.to_record)
    outcome.text +=
        "recorded " + revision->id + ", which replaces " + listed(revision->ties.replaces) + "\n";
  for (const std::string& id : ran) {
    list.push_back(id);
    outcome.text += "applied " + id + "\n";
  }
  if (outcome.text.empty()) outcome.text = "nothing to do\n";
  outcome.result = {{"applied", std::move(list)}, {"recorded", ids_of(there.to_record)}};
  return outcome;
}

}  // namespace schemac
