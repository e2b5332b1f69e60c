// squash FROM TO: one revision in the place of several.

#include <algorithm>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/history_diags.h"
#include "cli/proven_revision.h"
#include "cli/proving.h"
#include "cli/rename_chain.h"
#include "cli/revision_expression.h"
#include "cli/revision_graph.h"
#include "cli/squash_diags.h"

namespace schemac {
namespace {

using Revisions = std::vector<const Revision*>;

bool contains(const Revisions& revisions, const std::string& id) {
  return std::any_of(revisions.begin(), revisions.end(),
                     [&](const Revision* revision) { return revision->id == id; });
}

// From the first to the last one; none where a name is wrong, which is then reported.
Revisions revisions_between(const SquashOptions& options, const History& history, Sink& sink) {
  const auto from = resolve_revision(options.from, history, sink);
  const auto to = resolve_revision(options.to, history, sink);
  if (!from || !to) return {};
  const Revisions before =
      from->empty() ? Revisions{} : lineage(history, needs_of(*history.find(*from)));
  Revisions result = lineage(history, *to);
  std::erase_if(result, [&](const Revision* revision) { return contains(before, revision->id); });
  if (from->empty() || contains(result, *from)) return result;
  sink.report(diags::range_empty(*from, *to)).hint("write the earlier one first");
  return {};
}

// Nothing may come in but before the first, and nothing go on but behind the last.
void check_closed(const Revisions& replaced, const History& history, Sink& sink) {
  const Revision *first = replaced.front(), *last = replaced.back();
  for (const Revision* revision : replaced)
    for (const std::string& parent : revision->parents)
      if (revision != first && !contains(replaced, parent))
        sink.report(diags::squash_entered(revision->id, parent)).about(revision->id);
  for (const Revision& revision : history.revisions) {
    if (contains(replaced, revision.id)) continue;
    for (const std::string& need : needs_of(revision))
      if (need != last->id && contains(replaced, need))
        sink.report(diags::squash_left(revision.id, need)).about(revision.id);
  }
  // Two that begin beside each other have no first.
  for (const Revision* revision : replaced)
    if (revision != first && revision->parents.empty())
      sink.report(diags::squash_entered(revision->id, "base")).about(revision->id);
}

// Whatever a plan between two catalogs cannot know.
void check_plain(const Revision& revision, const Catalog& before, Sink& sink) {
  if (revision.baseline)
    sink.report(diags::squash_baseline(revision.id)).about(revision.id).hint("begin behind it");
  if (!revision.ties.replaces.empty())
    sink.report(diags::squash_nested(revision.id)).about(revision.id).hint("begin behind it");
  const std::pair<const std::shared_ptr<const SourceFile>&, const PlanFacts> files[] = {
      {revision.up_sql, revision.up()}, {revision.down_sql, revision.down()}};
  for (const auto& [file, facts] : files)
    if (const auto at = unknown_statement(std::string(file->text()), facts)) {
      const auto begin = static_cast<std::uint32_t>(*at);
      sink.report(diags::squash_by_hand(revision.id), {file, begin, begin + 1})
          .about(revision.id)
          .hint("squash what comes before it and what comes behind it");
    }
  // Of tables that come on the way nobody has rows.
  const auto check_rows = [&](const ObjectId& id) {
    if (before.contains(id))
      sink.report(diags::squash_rows(revision.id, to_string(id)), {revision.up_sql, 0, 0})
          .about(to_string(id))
          .hint("squash what comes before it and what comes behind it");
  };
  for (const ObjectId& column : revision.intents().converted) check_rows(column);
  for (const LabelRename& label : revision.intents().labels) check_rows(label.type);
}

// The catalog at the end, whose objects say what they were called at the beginning.
Catalog with_former_names(Catalog end, const Catalog& before, const Revisions& replaced) {
  std::vector<Rename> renames;
  for (const Revision* revision : replaced) continue_renames(renames, revision->intents().renames);
  for (const Rename& rename : renames)
    if (Object* object = end.find(rename.to); object != nullptr && before.contains(rename.from))
      object->was = Ident(std::string(rename.from.name()));
  return end;
}

Ties ties_of(const Revisions& replaced) {
  RevisionIds labels, needs;
  Ties ties;
  for (const Revision* revision : replaced) {
    labels.insert(revision->ties.labels.begin(), revision->ties.labels.end());
    needs.insert(revision->ties.depends_on.begin(), revision->ties.depends_on.end());
    ties.replaces.push_back(revision->id);
  }
  for (const std::string& id : ties.replaces) needs.erase(id);
  ties.labels.assign(labels.begin(), labels.end());
  ties.depends_on.assign(needs.begin(), needs.end());
  return ties;
}

// At the time of the last one that it replaces, so that it stands where that stood.
std::string squash_id(const std::string& name, const Revision& last, const History& history) {
  constexpr std::size_t kTimeDigits = 14;
  const std::string digits = last.id.substr(0, last.id.find_first_not_of("0123456789"));
  std::string id =
      new_revision_id(digits.size() == kTimeDigits ? digits : new_revision_time(history), name);
  while (history.find(id) != nullptr) id += "_squashed";
  return id;
}

// Takes away what revisions of the folder replace, and writes the sum without it.
std::vector<std::string> remove_replaced(const std::string& folder) {
  Sink unfinished;
  std::vector<std::string> removed;
  const History history = read_revisions(folder, unfinished);
  for (const Revision& revision : history.revisions)
    for (const std::string& id : revision.ties.replaces)
      if (path_exists(folder + "/" + id)) {
        remove_folder(folder + "/" + id);
        removed.push_back(id);
      }
  Sink none;
  write_atomically(folder + "/" + std::string(kSumFile),
                   sum_text(compute_sum(read_revisions(folder, none))));
  return removed;
}

void describe_removed(const std::vector<std::string>& removed, Outcome& outcome) {
  for (const std::string& id : removed) outcome.text += "removed " + id + "\n";
  outcome.result["removed"] = removed;
}

// Goes on where a run was cut short, if one was; anything else that is wrong is reported.
std::optional<Outcome> finish(const std::string& folder, Sink& sink) {
  Sink found;
  read_history(folder, found);
  bool unfinished = false, other = false;
  for (const Diagnostic& diagnostic : found.diagnostics()) {
    const bool squash = diagnostic.code == diags::squash_unfinished.code;
    unfinished = unfinished || squash;
    other = other || (!squash && diagnostic.severity == Severity::error);
  }
  if (other || !unfinished) {
    sink.take(std::move(found));
    return std::nullopt;
  }
  Outcome outcome;
  describe_removed(remove_replaced(folder), outcome);
  return outcome;
}

Outcome squash(const Session& session, const SquashOptions& options, const History& history,
               const Revisions& replaced) {
  Sink& sink = session.sink;
  Outcome failed;
  failed.exit_code = kExitFailed;
  check_closed(replaced, history, sink);
  if (sink.has_errors()) return failed;
  const Revision &first = *replaced.front(), &last = *replaced.back();
  Catalog before = catalog_of(lineage(history, needs_of(first)));
  for (const Revision* revision : replaced) check_plain(*revision, before, sink);
  if (sink.has_errors()) return failed;
  Catalog after = with_former_names(catalog_after(history, last.id), before, replaced);
  Shadow shadow(session.settings.shadow, session.output);
  const Planned planned = plan_between(
      {"@" + first.id + "~1", SourceForm::recorded, std::move(before), {}},
      {"@" + last.id, SourceForm::recorded, std::move(after), {}}, session.settings, shadow);
  const std::string name =
      options.name.empty() ? "squash " + first.name + " to " + last.name : options.name;
  NewRevision revision{squash_id(name, last, history), name, first.parents, false};
  revision.ties = ties_of(replaced);
  std::vector<std::string> removed;
  Outcome outcome = write_proven(
      {session, history, planned, shadow, options.dry_run, options.no_prove}, std::move(revision),
      [&](const WrittenRevision&) { removed = remove_replaced(session.settings.migrations); });
  describe_removed(removed, outcome);
  return outcome;
}

}  // namespace

Outcome run_squash(const Session& session, const SquashOptions& options) {
  const std::string& folder = session.settings.migrations;
  Sink& sink = session.sink;
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  make_folders(folder);
  const FolderLock lock(folder);
  if (options.to.empty()) {
    if (options.from.empty())
      if (std::optional<Outcome> finished = finish(folder, sink)) return *finished;
    if (!sink.has_errors())
      sink.report(diags::usage("`squash` needs the first revision and the last one"))
          .hint("for example: schemac squash 20240105 20241220");
    return outcome;
  }
  const History history = read_history(folder, sink);
  if (sink.has_errors()) return outcome;
  const Revisions replaced = revisions_between(options, history, sink);
  if (replaced.size() == 1)
    sink.report(diags::squash_single(replaced.front()->id)).about(replaced.front()->id);
  if (sink.has_errors() || replaced.empty()) return outcome;
  return squash(session, options, history, replaced);
}

}  // namespace schemac
