// merge [HEADS…]: one revision that continues several lines.

#include <algorithm>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/head_lines.h"
#include "cli/merge_diags.h"
#include "cli/proven_revision.h"
#include "cli/revision_expression.h"
#include "cli/revision_graph.h"
#include "cli/runs.h"
#include "cli/source.h"
#include "proof/orders.h"

namespace schemac {
namespace {

// The heads to join; none where there is nothing to do, or a name is wrong, which is then reported.
std::vector<std::string> heads_to_join(const MergeOptions& options, const History& history,
                                       Sink& sink) {
  if (options.heads.empty()) return history.heads;
  std::set<std::string> heads;
  for (const std::string& name : options.heads) {
    const auto named = resolve_revisions(name, history, sink);
    if (!named) return {};
    for (const Revision* revision : *named) heads.insert(revision->id);
  }
  for (const std::string& head : heads)
    if (std::find(history.heads.begin(), history.heads.end(), head) == history.heads.end())
      sink.report(diags::not_a_head(head))
          .about(head)
          .hint("the heads are " + listed(history.heads));
  return {heads.begin(), heads.end()};
}

// `merge add email and add phone`
std::string default_name(const std::vector<std::string>& heads, const History& history) {
  std::string name = "merge";
  for (const std::string& head : heads)
    name += (name == "merge" ? " " : " and ") + history.find(head)->name;
  return name;
}

Outcome merge_lines(const Session& session, const MergeOptions& options, const History& history,
                    const std::vector<std::string>& heads, const HeadLines& lines) {
  const std::string time = new_revision_time(history);
  Source declared = load_schema(session.settings.schema, session.settings, session.sink);
  Outcome failed;
  failed.exit_code = kExitFailed;
  if (session.sink.has_errors()) return failed;
  Shadow shadow(session.settings.shadow, session.output);
  Catalog all = catalog_of(lineage(history, history.heads));
  // Neither line has seen what the other one makes of its texts, if any server has seen them at
  // all.
  if (!options.no_prove && shadow.get() != nullptr)
    all = postgres::canonical_catalog(all, *shadow.get());
  const Planned planned = plan_between({"@heads", SourceForm::recorded, std::move(all), {}},
                                       std::move(declared), session.settings, shadow, {time, {}});
  report_doubts(planned, session.sink);
  if (session.sink.has_errors()) return failed;
  const std::string name = options.name.empty() ? default_name(heads, history) : options.name;
  NewRevision revision{new_revision_id(time, name), name, heads, false};
  Outcome outcome =
      write_proven({session, history, planned, shadow, options.dry_run, options.no_prove,
                    [&](Evidence& evidence) {
                      if (evidence.proven)
                        prove_lines(lines, *shadow.get(), evidence, session.sink);
                    }},
                   std::move(revision), [](const WrittenRevision&) {});
  if (outcome.exit_code == kExitDone)
    outcome.text = "joined " + listed(heads) + "\n" + outcome.text;
  return outcome;
}

}  // namespace

Outcome run_merge(const Session& session, const MergeOptions& options) {
  const std::string& folder = session.settings.migrations;
  Sink& sink = session.sink;
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  make_folders(folder);
  const FolderLock lock(folder);
  const History history = read_merged_history(folder, sink);
  if (sink.has_errors()) return outcome;
  const std::vector<std::string> heads = heads_to_join(options, history, sink);
  if (sink.has_errors()) return outcome;
  if (heads.size() < 2) {
    // What a merge left in it.
    const std::string path = folder + "/" + std::string(kSumFile), text = sum_text(history.sum);
    if (!options.dry_run && path_exists(path) && read_text(path) != text)
      write_atomically(path, text);
    outcome.exit_code = kExitDone;
    outcome.text = "nothing to do: the history has " +
                   (heads.empty() ? "no revision" : "one head, " + heads.front()) + "\n";
    outcome.result = {{"revision", nullptr}};
    return outcome;
  }
  const HeadLines lines = lines_to(heads, history);
  report_overlaps(lines, sink);
  if (sink.has_errors()) {
    outcome = describe_overlaps(lines);
    outcome.exit_code = kExitFindings;
    outcome.findings_are_result = true;
    return outcome;
  }
  check_orders(lines, sink);
  if (sink.has_errors()) return outcome;
  return merge_lines(session, options, history, heads, lines);
}

}  // namespace schemac
