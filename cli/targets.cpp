#include "cli/targets.h"

#include <algorithm>

#include "cli/command_diags.h"
#include "cli/history_diags.h"
#include "cli/revision_graph.h"

namespace schemac {
namespace {

using Revisions = std::vector<const Revision*>;

// Applied ones alone, or the others.
Revisions only(Revisions revisions, const RevisionIds& ids, bool contained) {
  std::erase_if(revisions,
                [&](const Revision* revision) { return ids.contains(revision->id) != contained; });
  return revisions;
}

RevisionIds id_set(const Revisions& revisions) {
  RevisionIds ids;
  for (const Revision* revision : revisions) ids.insert(revision->id);
  return ids;
}

// Revisions that are not there and whose parents are.
std::vector<std::string> next_of(const History& history, const RevisionIds& there,
                                 const RevisionIds& marked) {
  std::vector<std::string> next;
  for (const Revision& revision : history.revisions)
    if (!there.contains(revision.id) && marked.contains(revision.id) &&
        std::all_of(revision.parents.begin(), revision.parents.end(),
                    [&](const std::string& parent) { return there.contains(parent); }))
      next.push_back(revision.id);
  return next;
}

// The revisions that are there and that none of these continues.
std::vector<std::string> last_of(const History& history, const RevisionIds& there,
                                 const RevisionIds& marked) {
  std::vector<std::string> last = ends_of(history, there);
  std::erase_if(last, [&](const std::string& id) { return !marked.contains(id); });
  return last;
}

// One step after the other from what is applied, each of which must be the only one.
class Walk {
 public:
  Walk(std::string_view text, const History& history, const RevisionIds& applied, Sink& sink)
      : text_(text),
        history_(history),
        there_(applied),
        sink_(sink),
        finder_(text, history, &applied, sink) {}

  std::optional<Revisions> go(const RevisionExpression& expression) {
    const auto marked = finder_.marked(expression.label);
    if (!marked) return std::nullopt;
    const bool forward = expression.steps > 0;
    const int wanted = std::abs(expression.steps);
    Revisions gone;
    for (int i = 0; i < wanted; ++i) {
      const auto choices =
          forward ? next_of(history_, there_, *marked) : last_of(history_, there_, *marked);
      if (choices.empty()) {
        sink_.report(diags::walk_short(text_, std::to_string(wanted), std::to_string(i)));
        return std::nullopt;
      }
      const auto id = finder_.choose(choices);
      if (!id) return std::nullopt;
      take(*id, forward, gone);
    }
    return gone;
  }

 private:
  // With what it needs, or with what needs it.
  void take(const std::string& id, bool forward, Revisions& gone) {
    Revisions with =
        only(forward ? lineage(history_, id) : descendants(history_, {id}), there_, !forward);
    if (!forward) std::reverse(with.begin(), with.end());
    for (const Revision* revision : with) {
      if (forward)
        there_.insert(revision->id);
      else
        there_.erase(revision->id);
      gone.push_back(revision);
    }
  }

  std::string_view text_;
  const History& history_;
  RevisionIds there_;
  Sink& sink_;
  RevisionFinder finder_;
};

void report_not_applied(const Revisions& missing, Sink& sink) {
  for (const Revision* revision : missing)
    sink.report(diags::revision_not_applied(revision->id)).about(revision->id);
}

}  // namespace

std::optional<Revisions> revisions_to_apply(std::string_view target, const History& history,
                                            const RevisionIds& applied, Sink& sink) {
  const auto parsed = parse_target(target, sink);
  if (!parsed) return std::nullopt;
  if (parsed->to.relative() && !parsed->from) {
    if (parsed->to.steps > 0) return Walk(target, history, applied, sink).go(parsed->to);
    sink.report(diags::target_backward(target))
        .hint("`schemac rollback --to " + std::string(target) + "` goes there");
    return std::nullopt;
  }
  RevisionFinder finder(target, history, &applied, sink);
  const auto to = finder.find(parsed->to);
  if (!to) return std::nullopt;
  const Revisions wanted = only(lineage(history, *to), applied, false);
  if (!parsed->from) return wanted;
  const auto from = finder.find(*parsed->from);
  if (!from) return std::nullopt;
  const Revisions missing = only(lineage(history, *from), applied, false);
  report_not_applied(missing, sink);
  if (!missing.empty()) return std::nullopt;
  return wanted;
}

std::optional<Revisions> revisions_to_roll_back(std::string_view target, const History& history,
                                                const RevisionIds& applied, Sink& sink) {
  const auto parsed = parse_target(target, sink);
  if (!parsed) return std::nullopt;
  const RevisionExpression& to = parsed->to;
  if (to.relative() && !parsed->from) {
    if (to.steps < 0) return Walk(target, history, applied, sink).go(to);
    sink.report(diags::target_forward(target))
        .hint("`schemac apply --to " + std::string(target) + "` goes there");
    return std::nullopt;
  }
  RevisionFinder finder(target, history, &applied, sink);
  const auto kept = finder.find(to);
  if (!kept) return std::nullopt;
  Revisions kept_revisions;
  for (const std::string& id : *kept) kept_revisions.push_back(history.find(id));
  const Revisions missing = only(kept_revisions, applied, false);
  report_not_applied(missing, sink);
  if (!missing.empty()) return std::nullopt;

  Revisions undone;
  if (parsed->from) {
    // From there back to here: the rest must not stand on what goes.
    const auto from = finder.find(*parsed->from);
    if (!from) return std::nullopt;
    undone =
        only(only(lineage(history, *from), id_set(lineage(history, *kept)), false), applied, true);
    const Revisions standing =
        only(only(descendants(history, ids_of(undone)), id_set(undone), false), applied, true);
    for (const Revision* revision : standing)
      sink.report(diags::stands_on_range(revision->id, target)).about(revision->id);
    if (!standing.empty()) return std::nullopt;
  } else if (to.label.empty() && kept->empty()) {
    undone = only(descendants(history, ids_of(lineage(history, history.heads))), applied, true);
  } else if (to.name == "base" || to.name == "empty") {
    const auto marked = finder.marked(to.label);
    undone = only(descendants(history, {marked->begin(), marked->end()}), applied, true);
  } else {
    undone = only(only(descendants(history, *kept), id_set(kept_revisions), false), applied, true);
  }
  std::reverse(undone.begin(), undone.end());
  return undone;
}

Replaced follow_replaced(const History& history, const RevisionIds& in_ledger, Sink& sink) {
  Replaced result{in_ledger, {}};
  for (const Revision& revision : history.revisions) {
    std::vector<std::string> there, missing;
    for (const std::string& id : revision.ties.replaces)
      (in_ledger.contains(id) ? there : missing).push_back(id);
    if (there.empty()) continue;
    if (!missing.empty() && !in_ledger.contains(revision.id)) {
      sink.report(diags::replaced_in_part(revision.id, listed(there), listed(missing)))
          .about(revision.id)
          .hint("with the folder as it was before the squash, run `schemac apply --to " +
                missing.back() + "` first");
      continue;
    }
    if (result.applied.insert(revision.id).second) result.to_record.push_back(&revision);
    for (const std::string& id : revision.ties.replaces) result.applied.erase(id);
  }
  return result;
}

}  // namespace schemac
