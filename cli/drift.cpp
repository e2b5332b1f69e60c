#include "cli/drift.h"

#include <algorithm>

#include "cli/accepted_drift.h"
#include "cli/command_diags.h"
#include "cli/comparison.h"
#include "cli/new_revision.h"
#include "cli/revision_graph.h"
#include "cli/runs.h"
#include "introspect/postgres/connection.h"

namespace schemac {
namespace {

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

}  // namespace

void report_drift(const Session& session, const History& history, const std::string& head,
                  std::future<Source> reading, Shadow& shadow) {
  const std::vector<const Revision*> expected =
      expected_revisions(session, history, head, session.url);
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

}  // namespace schemac
