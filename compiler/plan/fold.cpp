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

class Folder {
 public:
  Folder(Graph& graph, const World& world, const std::vector<NodeIndex>& order)
      : graph_(graph),
        world_(world),
        order_(order),
        place_(graph.nodes.size()),
        host_(graph.nodes.size(), kNoNode),
        guests_(graph.nodes.size()) {
    for (std::size_t i = 0; i < order.size(); ++i) place_[order[i]] = i;
  }

  std::vector<NodeIndex> run() {
    for (const NodeIndex n : order_) try_fold(n);
    std::vector<NodeIndex> remaining;
    for (const NodeIndex n : order_)
      if (host_[n] == kNoNode) {
        complete(n);
        remaining.push_back(n);
      }
    return remaining;
  }

 private:
  // The statement that a node has become part of; itself where it stands alone.
  NodeIndex statement_of(NodeIndex n) const {
    while (host_[n] != kNoNode) n = host_[n];
    return n;
  }

  void try_fold(NodeIndex n) {
    const Node& node = graph_.nodes[n];
    if (node.verb != Verb::create || node.action.folded.empty()) return;
    const ObjectIndex parent = world_.now().parent[node.object];
    if (parent == kNoObject || graph_.objects[parent].creates.empty()) return;
    const NodeIndex host = graph_.objects[parent].creates.front();
    if (graph_.nodes[host].action.style == Elements::none) return;
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

  // Elements in the order in which a person would write them.
  void complete(NodeIndex n) {
    std::vector<NodeIndex>& guests = guests_[n];
    std::sort(guests.begin(), guests.end(), [&](NodeIndex a, NodeIndex b) {
      const Object& left = *world_.after(graph_.nodes[a].object);
      const Object& right = *world_.after(graph_.nodes[b].object);
      if (left.kind().rank != right.kind().rank) return left.kind().rank < right.kind().rank;
      if (left.position != right.position) return left.position < right.position;
      return left.id < right.id;
    });
    Action& action = graph_.nodes[n].action;
    for (const NodeIndex guest : guests) {
      complete(guest);
      const Action& part = graph_.nodes[guest].action;
      Sql element = part.folded;
      for (const Sql& suffix : part.elements) {
        element.add(" ");
        element.add(suffix);
      }
      action.elements.push_back(std::move(element));
      for (const Touch& touch : part.touches) add_touch(action.touches, touch);
      action.loss = std::max(action.loss, part.loss);
    }
  }

  Graph& graph_;
  const World& world_;
  const std::vector<NodeIndex>& order_;
  std::vector<std::size_t> place_;
  std::vector<NodeIndex> host_;
  std::vector<std::vector<NodeIndex>> guests_;
};

}  // namespace

std::vector<NodeIndex> fold(Graph& graph, const World& world, const std::vector<NodeIndex>& order) {
  return Folder(graph, world, order).run();
}

}  // namespace schemac
