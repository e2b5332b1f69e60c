// check: every way in which something that nobody reviewed could pass.

#include <algorithm>
#include <future>

#include "cli/accepted_drift.h"
#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "cli/head_plan.h"
#include "cli/idle_intents.h"
#include "cli/new_revision.h"
#include "cli/proving.h"
#include "cli/rename_questions.h"
#include "cli/revision_graph.h"
#include "cli/revisions.h"
#include "cli/runs.h"
#include "cli/source.h"
#include "introspect/postgres/connection.h"

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

std::string_view drift_words(const Difference& difference) {
  switch (difference.verb) {
    case Change::Verb::create:
      return "is in the database and in no revision";
    case Change::Verb::drop:
      return "is missing in the database";
    case Change::Verb::rename:
      return "has another name in the database";
    case Change::Verb::set:
      return "is different in the database";
  }
  __builtin_unreachable();
}

// What the database should have by its own ledger, or, where another tool keeps it, all there is.
std::vector<const Revision*> expected_revisions(const Session& session, const History& history,
                                                const std::string& head, const std::string& url) {
  const std::vector<AppliedRevision> applied = applied_revisions(url, session.settings.ledger);
  report_applied(history, applied, url, session.sink);
  const std::vector<const Revision*> all = lineage(history, head);
  if (applied.empty()) return all;
  Sink reported;
  const RevisionIds there = followed(history, applied, false, reported).applied;
  std::vector<const Revision*> expected;
  for (const Revision& revision : history.revisions)
    if (there.contains(revision.id)) expected.push_back(&revision);
  const auto pending = std::count_if(all.begin(), all.end(), [&](const Revision* revision) {
    return !there.contains(revision->id);
  });
  if (pending > 0)
    session.sink.report(
        diags::revisions_pending(postgres::display_url(url), std::to_string(pending)));
  return expected;
}

void check_database(const Session& session, const History& history, const std::string& head,
                    const std::string& url, std::future<Source> reading, Shadow& shadow) {
  const std::vector<const Revision*> expected = expected_revisions(session, history, head, url);
  Catalog recorded = catalog_of(expected);
  Source live = reading.get();
  report_unmanaged(live.unmanaged, session.sink);
  const Planned planned = plan_between({"@current", SourceForm::recorded, std::move(recorded), {}},
                                       std::move(live), session.settings, shadow);
  AcceptedDrift accepted(session.sink);
  const std::string today = utc_time().substr(0, std::string_view("2025-02-24").size());
  for (const Difference& difference : differences(planned.up.changes, planned.from, planned.to)) {
    if (accepted.accepts(to_string(difference.object), today, session.sink)) continue;
    std::string words(drift_words(difference));
    if (!difference.field.empty()) words += " (" + difference.field + ")";
    session.sink
        .report(difference.unproven ? diags::drift_unproven(to_string(difference.object), words)
                                    : diags::drift(to_string(difference.object), words))
        .about(to_string(difference.object))
        .hint(difference.unproven
                  ? "with PostgreSQL's server installed here the comparison is exact"
                  : "put it into a revision, undo it in the database, or accept it for a while in "
                    "drift.toml");
  }
  accepted.report_unused(session.sink);
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
    check_database(session, history, head, session.url, std::move(reading), shadow);
  const std::size_t errors = sink.error_count();
  outcome.exit_code = errors == 0 ? kExitDone : kExitFindings;
  outcome.text =
      errors == 0 ? "ok\n" : std::to_string(errors) + (errors == 1 ? " finding\n" : " findings\n");
  outcome.result = {{"revisions", history.revisions.size()}, {"errors", errors}};
  return outcome;
}

}  // namespace schemac
