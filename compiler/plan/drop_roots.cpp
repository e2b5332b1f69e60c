#include "compiler/plan/drop_roots.h"

#include "compiler/plan/strong_components.h"

namespace schemac {

std::vector<ObjectIndex> drop_roots(const World& world, const std::vector<Work>& work) {
  std::vector<ObjectIndex> root(world.size(), kNoObject);
  std::vector<ObjectIndex> dropped;
  for (ObjectIndex i = 0; i < world.size(); ++i) {
    if (!work[i].drop) continue;
    const ObjectIndex ancestor = dropped_ancestor(world, work, i);
    root[i] = ancestor == kNoObject ? i : ancestor;
    dropped.push_back(i);
  }
  if (dropped.empty()) return root;
  std::vector<Neighbours::Pair> roots;
  const auto crossing = [&](ObjectIndex i, auto visit) {
    for (const ObjectIndex on : world.was().depends[i])
      if (root[on] != kNoObject && root[on] != root[i]) visit(root[on]);
  };
  for (const ObjectIndex i : dropped)
    crossing(i, [&](ObjectIndex on) { roots.emplace_back(root[i], on); });
  const std::vector<std::uint32_t> component = strong_components(Neighbours(world.size(), roots));
  std::vector<ObjectIndex> on_their_own;
  for (const ObjectIndex i : dropped)
    crossing(i, [&](ObjectIndex on) {
      if (root[i] != i && component[on] == component[root[i]]) on_their_own.push_back(i);
    });
  if (on_their_own.empty()) return root;
  for (const ObjectIndex i : on_their_own) root[i] = i;
  // What stands in them goes along: a comment.
  for (const ObjectIndex i : dropped) {
    ObjectIndex at = i;
    while (root[at] != at && world.was().parent[at] != kNoObject) at = world.was().parent[at];
    if (root[at] == at) root[i] = at;
  }
  return root;
}

LeavingParts leaving_parts(const World& world, const std::vector<Work>& work) {
  LeavingParts parts;
  for (ObjectIndex i = 0; i < world.size(); ++i) {
    const ObjectIndex parent = world.was().parent[i];
    if (work[i].drop && world.after(i) == nullptr && parent != kNoObject &&
        world.after(parent) != nullptr)
      parts[parent].push_back(i);
  }
  return parts;
}

}  // namespace schemac
