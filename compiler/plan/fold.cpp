#include "compiler/plan/fold.h"

#include <algorithm>

namespace schemac {
namespace {

// One statement has one lock on each relation: the strongest that any of its parts takes.
void add_touch(std::vector<Touch>& touches, const Touch& touch) {
  const auto same = std::find_if(touches.begin(), touches.end(), [&](const Touch& other) {
    return other.relation == touch.relation;
  });
  if (same == touches.end()) {
    touches.push_back(touch);
    return;
  }
  same->lock = std::max(same->lock, touch.lock);
  same->rewrites = same->rewrites || touch.rewrites;
  same->scans = same->scans || touch.scans;
}

}  // namespace

Fold::Fold(const Graph& graph, const World& world, const std::vector<NodeIndex>& order,
           const Target& target, const Context& context)
    : graph_(graph),
      world_(world),
      target_(target),
      context_(context),
      place_(graph.nodes.size()),
      host_(graph.nodes.size(), kNoNode),
      guests_(graph.nodes.size()) {
  for (std::uint32_t i = 0; i < order.size(); ++i) place_[order[i]] = i;
  for (const NodeIndex n : order) try_fold(n);
  for (const NodeIndex n : order)
    if (host_[n] == kNoNode) statements_.push_back(n);
}

// The statement that a node has become part of; itself where it stands alone.
NodeIndex Fold::statement_of(NodeIndex n) const {
  while (host_[n] != kNoNode) n = host_[n];
  return n;
}

void Fold::try_fold(NodeIndex n) {
  const Node& node = graph_.nodes[n];
  if (node.verb != Verb::create || !node.folds) return;
  const ObjectIndex parent = world_.now().parent[node.object];
  if (parent == kNoObject || graph_.objects[parent].creates.empty()) return;
  const NodeIndex host = graph_.objects[parent].creates.front();
  if (!graph_.nodes[host].takes_parts) return;
  const NodeIndex statement = statement_of(host);
  for (const NodeIndex earlier : node.before) {
    const NodeIndex other = statement_of(earlier);
    // Further statements about the parent itself (its statistics target) are no hindrance.
    if (other == statement || graph_.nodes[other].object == parent) continue;
    if (place_[other] > place_[statement]) return;
  }
  host_[n] = host;
  guests_[host].push_back(n);
}

Action Fold::own_action(NodeIndex n) const {
  const Node& node = graph_.nodes[n];
  if (node.action) return *node.action;
  // The nodes of what creates an object stand side by side.
  const ObjectNodes& own = graph_.objects[node.object];
  NodeIndex first = n;
  for (const IndexList* list : {&own.creates, &own.lates})
    if (!list->empty()) first = std::min(first, list->front());
  return std::move(create_actions(world_, node.object, target_, context_)[n - first]);
}

// Those that are folded into a node, in the order in which a person would write them.
std::vector<NodeIndex> Fold::guests_as_written(NodeIndex n) const {
  std::vector<NodeIndex> guests(guests_[n].begin(), guests_[n].end());
  std::sort(guests.begin(), guests.end(), [&](NodeIndex a, NodeIndex b) {
    const Object& left = *world_.after(graph_.nodes[a].object);
    const Object& right = *world_.after(graph_.nodes[b].object);
    if (left.kind().rank != right.kind().rank) return left.kind().rank < right.kind().rank;
    if (left.position != right.position) return left.position < right.position;
    return left.id < right.id;
  });
  return guests;
}

Action Fold::action(NodeIndex n) const {
  Action action = own_action(n);
  for (const NodeIndex guest : guests_as_written(n)) {
    const Action part = this->action(guest);
    Sql element = part.folded;
    for (const Sql& suffix : part.elements) {
      element.add(" ");
      element.add(suffix);
    }
    action.elements.push_back(std::move(element));
    for (const Touch& touch : part.touches) add_touch(action.touches, touch);
    action.loss = std::max(action.loss, part.loss);
  }
  return action;
}

}  // namespace schemac
