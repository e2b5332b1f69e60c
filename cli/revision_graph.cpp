#include "cli/revision_graph.h"

#include <algorithm>

#include "cli/history_diags.h"

namespace schemac {
namespace {

SourceSpan first_line(const Revision& revision) {
  return {revision.json, 0, static_cast<std::uint32_t>(revision.json->line(1).size())};
}

// A way around the cycle that `id` stands on or leads to: a, b for `a -> b -> a`.
std::vector<std::string> cycle_at(const std::map<std::string, Revision>& left,
                                  const std::string& id) {
  std::vector<std::string> path;
  std::string at = id;
  while (std::find(path.begin(), path.end(), at) == path.end()) {
    path.push_back(at);
    for (const std::string& need : needs_of(left.at(at)))
      if (left.contains(need)) at = need;
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), at));
  return path;
}

// Every one of `left` waits for another one of them.
void report_cycle(const std::map<std::string, Revision>& left, Sink& sink) {
  const std::vector<std::string> path = cycle_at(left, left.begin()->first);
  std::string text;
  for (const std::string& step : path) text += step + " -> ";
  const Revision& first = left.at(path.front());
  Reported reported = sink.report(diags::revision_cycle(text + first.id), first_line(first));
  reported.about(first.id).hint(
      "revision.json is not for editing; restore it from version control");
  for (std::size_t i = 1; i < path.size(); ++i)
    reported.label(first_line(left.at(path[i])), "and this one");
}

// Those that are named by what replaces them stand for that.
void follow_replacements(std::map<std::string, Revision>& found,
                         const std::set<std::string>& folders, Sink& sink) {
  std::map<std::string, std::string> replaced_by;
  for (const auto& [id, revision] : found)
    for (const std::string& gone : revision.ties.replaces) {
      if (folders.contains(gone)) report_unfinished_squash(revision, gone, sink);
      const auto [at, first] = replaced_by.try_emplace(gone, id);
      if (!first)
        sink.report(diags::replaced_twice(gone, at->second, id), first_line(revision))
            .about(id)
            .hint("keep the folder of one of them");
    }
  if (replaced_by.empty()) return;
  for (auto& [id, revision] : found)
    for (std::vector<std::string>* needs : {&revision.parents, &revision.ties.depends_on}) {
      for (std::string& need : *needs)
        if (const auto at = replaced_by.find(need); at != replaced_by.end() && at->second != id)
          need = at->second;
      std::sort(needs->begin(), needs->end());
      needs->erase(std::unique(needs->begin(), needs->end()), needs->end());
    }
}

void report_unknown_needs(const Revision& revision, const std::set<std::string>& folders,
                          Sink& sink) {
  const auto report = [&](const Message& message, const std::string& need) {
    if (!folders.contains(need))
      sink.report(message, first_line(revision))
          .about(revision.id)
          .hint("restore the folder of `" + need + "` from version control");
  };
  for (const std::string& parent : revision.parents)
    report(diags::parent_unknown(revision.id, parent), parent);
  for (const std::string& need : revision.ties.depends_on)
    report(diags::dependency_unknown(revision.id, need), need);
}

// A label stands for one line, so it is given once.
void report_repeated_labels(const std::map<std::string, Revision>& found, Sink& sink) {
  std::map<std::string, const Revision*> given;
  for (const auto& [id, revision] : found)
    for (const std::string& label : revision.ties.labels) {
      const auto [at, first] = given.try_emplace(label, &revision);
      if (!first)
        sink.report(diags::label_repeated(label, at->second->id, id), first_line(revision))
            .label(first_line(*at->second), "given here")
            .about(id)
            .hint("generate one of the two again under another label");
    }
}

}  // namespace

void report_unfinished_squash(const Revision& revision, const std::string& replaced, Sink& sink) {
  sink.report(diags::squash_unfinished(revision.id, replaced), first_line(revision))
      .about(revision.id)
      .hint("a run that was cut short leaves this: `schemac squash` finishes it");
}

std::vector<std::string> needs_of(const Revision& revision) {
  std::vector<std::string> needs = revision.parents;
  needs.insert(needs.end(), revision.ties.depends_on.begin(), revision.ties.depends_on.end());
  return needs;
}

void order_revisions(std::map<std::string, Revision> found, const std::set<std::string>& folders,
                     History& history, Sink& sink) {
  follow_replacements(found, folders, sink);
  report_repeated_labels(found, sink);
  std::map<std::string, std::vector<std::string>> waiting;  // for that one
  std::map<std::string, std::size_t> waits;
  std::set<std::string> ready, continued;
  for (const auto& [id, revision] : found) {
    report_unknown_needs(revision, folders, sink);
    continued.insert(revision.parents.begin(), revision.parents.end());
    for (const std::string& need : needs_of(revision)) {
      if (!found.contains(need)) continue;
      waiting[need].push_back(id);
      ++waits[id];
    }
    if (!waits.contains(id)) ready.insert(id);
  }
  for (const auto& [id, revision] : found)
    if (!continued.contains(id)) history.heads.push_back(id);
  while (!ready.empty()) {
    const std::string id = *ready.begin();
    ready.erase(ready.begin());
    history.revisions.push_back(std::move(found.extract(id).mapped()));
    for (const std::string& other : waiting[id])
      if (--waits[other] == 0) ready.insert(other);
  }
  if (!found.empty()) report_cycle(found, sink);
}

std::vector<const Revision*> lineage(const History& history, const std::vector<std::string>& ids) {
  std::set<std::string> wanted(ids.begin(), ids.end());
  std::vector<const Revision*> result;
  for (auto at = history.revisions.rbegin(); at != history.revisions.rend(); ++at) {
    if (!wanted.contains(at->id)) continue;
    for (std::string& need : needs_of(*at)) wanted.insert(std::move(need));
    result.push_back(&*at);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

std::vector<const Revision*> lineage(const History& history, const std::string& id) {
  return lineage(history, std::vector{id});
}

std::vector<const Revision*> descendants(const History& history,
                                         const std::vector<std::string>& ids) {
  std::set<std::string> wanted(ids.begin(), ids.end());
  std::vector<const Revision*> result;
  for (const Revision& revision : history.revisions) {
    const std::vector<std::string> needs = needs_of(revision);
    const bool stands_on = std::any_of(
        needs.begin(), needs.end(), [&](const std::string& need) { return wanted.contains(need); });
    if (stands_on) wanted.insert(revision.id);
    if (wanted.contains(revision.id)) result.push_back(&revision);
  }
  return result;
}

std::vector<const Revision*> children_of(const History& history, const std::string& id) {
  std::vector<const Revision*> children;
  for (const Revision& revision : history.revisions)
    if (std::find(revision.parents.begin(), revision.parents.end(), id) != revision.parents.end())
      children.push_back(&revision);
  return children;
}

std::map<std::string, std::set<std::string>> labels_of(const History& history) {
  std::map<std::string, std::set<std::string>> labels;
  for (const Revision& revision : history.revisions) {
    std::set<std::string>& own = labels[revision.id];
    own.insert(revision.ties.labels.begin(), revision.ties.labels.end());
    for (const std::string& parent : revision.parents)
      own.insert(labels[parent].begin(), labels[parent].end());
  }
  // Down from where a label was given.
  for (const Revision& revision : history.revisions) {
    const Revision* at = &revision;
    while (!revision.ties.labels.empty() && at->parents.size() == 1) {
      at = history.find(at->parents.front());
      if (at == nullptr || children_of(history, at->id).size() > 1) break;
      labels[at->id].insert(revision.ties.labels.begin(), revision.ties.labels.end());
    }
  }
  return labels;
}

std::string listed(const std::vector<std::string>& ids) {
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : ", ") + id;
  return list;
}

std::vector<std::string> ids_of(const std::vector<const Revision*>& revisions) {
  std::vector<std::string> ids;
  for (const Revision* revision : revisions) ids.push_back(revision->id);
  return ids;
}

}  // namespace schemac
