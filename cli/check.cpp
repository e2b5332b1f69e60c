// check: every way in which something that nobody reviewed could pass.

#include <algorithm>
#include <future>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/drift.h"
#include "cli/head_plan.h"
#include "cli/idle_intents.h"
#include "cli/new_revision.h"
#include "cli/proving.h"
#include "cli/rename_questions.h"
#include "cli/revision_graph.h"
#include "cli/revisions.h"
#include "cli/runs.h"
#include "cli/source.h"

namespace schemac {
namespace {

// Schema edits that no revision makes.
void check_schema(const Planned& planned, Sink& sink) {
  report_doubts(planned, sink);
  report_idle_intents(planned, sink);
  report_rename_questions(find_rename_questions(planned), Severity::warning, sink);
  for (const Difference& difference : differences(planned.up.changes, planned.from, planned.to)) {
    // A text that may well mean the same is a doubt, reported above.
    if (difference.unproven) continue;
    const Object* object = planned.to.find(difference.object);
    sink.report(diags::schema_ahead(to_string(difference.object)),
                object == nullptr ? SourceSpan{} : object->declared_at)
        .about(to_string(difference.object))
        .hint("`schemac generate NAME` makes the revision");
  }
}

void check_hazards(const Session& session, const History& history) {
  for (const Revision& revision : history.revisions)
    report_hazards(revision.up(), revision.up_sql, session.settings.allow, Severity::error, false,
                   session.sink);
}

}  // namespace

Outcome run_check(const Session& session) {
  Outcome outcome;
  Sink& sink = session.sink;
  outcome.findings_are_result = true;
  const auto give_up = [&] {
    outcome.exit_code = kExitFailed;
    outcome.findings_are_result = false;
    return outcome;
  };
  if (!session.url.empty() && database_url(session).empty()) return give_up();
  // The server has the most to do, so it begins first.
  std::future<Source> reading;
  if (!session.url.empty())
    reading = std::async(std::launch::async, load_database, session.url, session.settings.ledger);
  std::optional<HeadPlan> comparison(session);
  Shadow shadow(session.settings.shadow, session.output);
  const std::size_t of_history = sink.error_count();
  std::optional<Planned> planned;
  // What is built on a broken history says nothing, but the schema is read all the same.
  if (of_history == 0)
    planned = comparison->plan(shadow, false);
  else
    load_schema(session.settings.schema, session.settings, sink);
  if (sink.error_count() > of_history) return give_up();
  check_hazards(session, comparison->history());
  if (planned) {
    check_proofs(comparison->history(), session.settings.allow, sink);
    check_schema(*planned, sink);
    if (planned->up.empty()) comparison->remember(*planned, nullptr);
  }
  const std::string head = comparison->head();
  const History history = comparison->take_history();
  const bool comparable = planned.has_value();
  // The database needs their room.
  planned.reset();
  comparison.reset();
  if (comparable && !session.url.empty())
    report_drift(session, history, head, std::move(reading), shadow);
  const std::size_t errors = sink.error_count();
  outcome.exit_code = errors == 0 ? kExitDone : kExitFindings;
  outcome.text =
      errors == 0 ? "ok\n" : std::to_string(errors) + (errors == 1 ? " finding\n" : " findings\n");
  outcome.result = {{"revisions", history.revisions.size()}, {"errors", errors}};
  return outcome;
}

}  // namespace schemac
