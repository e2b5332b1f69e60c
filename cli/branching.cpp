#include "cli/branching.h"

#include <algorithm>
#include <map>
#include <set>

#include "cli/history_diags.h"
#include "cli/revision_expression.h"
#include "cli/revision_graph.h"

namespace schemac {
namespace {

// Why a label cannot be one, or "".
std::string unfit(const std::string& label, const History& history) {
  const auto parsed = parse_revision_expression(label);
  if (!parsed || parsed->name != label) return "write letters, digits and underscores";
  for (const char* word : {"head", "heads", "base", "current", "empty"})
    if (label == word) return "the word has a meaning of its own";
  for (const Revision& revision : history.revisions) {
    const auto& given = revision.ties.labels;
    if (std::find(given.begin(), given.end(), label) != given.end())
      return "revision `" + revision.id + "` has it";
  }
  return {};
}

// The revision that made an object last, outside of what is `known`.
std::string maker_of(const ObjectId& id, const History& history,
                     const std::set<std::string>& known) {
  std::string maker;
  for (const Revision& revision : history.revisions) {
    if (known.contains(revision.id)) continue;
    revision.each_delta([&](const Delta& delta) {
      if (delta.after.id == id) maker = revision.id;
    });
  }
  return maker;
}

}  // namespace

Ties ties_of(const BranchOptions& options, const History& history, Sink& sink) {
  Ties ties;
  if (options.heads.size() > 1)
    sink.report(diags::branch_joins(listed(options.heads)))
        .hint("`schemac merge` joins lines, once both orders of them are proven");
  for (const std::string& label : std::set(options.labels.begin(), options.labels.end())) {
    const std::string reason = unfit(label, history);
    if (reason.empty())
      ties.labels.push_back(label);
    else
      sink.report(diags::label_unfit(label, reason)).about(label);
  }
  std::set<std::string> needs;
  for (const std::string& name : options.depends_on) {
    const auto id = resolve_revision(name, history, sink);
    if (id && !id->empty()) needs.insert(*id);
  }
  ties.depends_on.assign(needs.begin(), needs.end());
  return ties;
}

bool stands_by_itself(const NewRevision& revision, const Planned& planned, const History& history,
                      Sink& sink) {
  std::vector<std::string> needs = revision.parents;
  needs.insert(needs.end(), revision.ties.depends_on.begin(), revision.ties.depends_on.end());
  const std::vector<const Revision*> line = lineage(history, needs);
  if (line.size() == history.revisions.size()) return true;
  const Catalog there = catalog_of(line);
  std::map<std::string, std::set<std::string>> missing;  // objects, by the revision that makes them
  const std::vector<std::string> ids = ids_of(line);
  const std::set<std::string> known(ids.begin(), ids.end());
  const auto need = [&](const ObjectId& id) {
    if (id.empty() || there.contains(id) || !planned.from.contains(id)) return;
    const std::string maker = maker_of(id, history, known);
    if (!maker.empty()) missing[maker].insert(to_string(id));
  };
  each_change(planned.from, planned.to, [&](const Object* before, const Object* after) {
    for (const Object* object : {before, after}) {
      if (object == nullptr) continue;
      need(object->id);
      need(object->parent);
      for (const Edge& edge : object->depends) need(edge.target);
    }
  });
  for (const auto& [maker, objects] : missing)
    sink.report(diags::dependency_undeclared(listed({objects.begin(), objects.end()}), maker))
        .about(*objects.begin())
        .hint("`--depends-on " + maker + "` puts it before the new one, `--head` continues it");
  return missing.empty();
}

}  // namespace schemac
