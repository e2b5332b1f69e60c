#include <algorithm>
#include <queue>
#include <stdexcept>
#include <tuple>

#include "compiler/plan/graph.h"
#include "compiler/plan/strong_components.h"

namespace schemac {
namespace {

// What cuts transactions comes when nothing else can, so that there are few of them; what goes for
// good, when all that can fail is done.
enum class Place : std::uint8_t { first, together, apart, clear, clear_apart, last };

// What decides between nodes that are both free to come next.
using Key = std::tuple<Place, Phase, int, ObjectIndex, int, ObjectIndex, NodeIndex>;

// What watches plans sees as little of this one as can be.
Phase phase_of(const Node& node, const KindInfo& kind) {
  if (!kind.watches_plans || node.verb == Verb::rename) return node.phase;
  return node.verb == Verb::drop ? Phase::first : Phase::last;
}

Place place_of(Phase phase, const Node& node) {
  if (phase == Phase::first) return Place::first;
  if (phase == Phase::last) return Place::last;
  if (phase == Phase::clear) return node.apart ? Place::clear_apart : Place::clear;
  return node.apart ? Place::apart : Place::together;
}

Key key_of(const Graph& graph, const World& world, NodeIndex n) {
  const Node& node = graph.nodes[n];
  const bool clears = node.phase == Phase::clear || node.phase == Phase::make_room;
  if (node.object == kNoObject) return {place_of(node.phase, node), node.phase, 0, 0, 0, 0, n};
  const Object* object =
      world.after(node.object) != nullptr ? world.after(node.object) : world.before(node.object);
  const ObjectIndex parent = world.parent_of(node.object);
  const int rank = object->kind().rank;
  const Phase phase = phase_of(node, object->kind());
  return {place_of(phase, node),
          phase,
          clears ? -rank : rank,
          parent == kNoObject ? node.object : parent,
          object->position,
          node.object,
          n};
}

// What each node waits for, in the order of the nodes.
std::vector<Neighbours::Pair> edges_of(const Graph& graph) {
  std::size_t count = 0;
  for (const Node& node : graph.nodes) count += node.before.size() + node.before_weak.size();
  std::vector<Neighbours::Pair> edges;
  edges.reserve(count);
  for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
    for (const IndexList* list : {&graph.nodes[n].before, &graph.nodes[n].before_weak})
      for (const NodeIndex earlier : *list) edges.emplace_back(n, earlier);
  return edges;
}

// Weak edges between nodes that need each other anyhow are no use to either.
void prune_weak(Graph& graph) {
  const bool any = std::any_of(graph.nodes.begin(), graph.nodes.end(),
                               [](const Node& node) { return !node.before_weak.empty(); });
  if (!any) return;
  const std::vector<std::uint32_t> component =
      strong_components(Neighbours(graph.nodes.size(), edges_of(graph)));
  for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
    graph.nodes[n].before_weak.erase_if([&](NodeIndex m) { return component[m] == component[n]; });
}

// Nodes among those that wait, of which each waits for the next and the last for the first.
std::vector<NodeIndex> find_cycle(const Graph& graph, const std::vector<std::uint32_t>& waiting) {
  NodeIndex at = 0;
  while (waiting[at] == 0) ++at;
  const auto waits = [&](NodeIndex n) { return waiting[n] > 0; };
  std::vector<NodeIndex> path;
  while (std::find(path.begin(), path.end(), at) == path.end()) {
    path.push_back(at);
    const Node& node = graph.nodes[at];
    const auto needed = std::find_if(node.before.begin(), node.before.end(), waits);
    at = needed != node.before.end()
             ? *needed
             : *std::find_if(node.before_weak.begin(), node.before_weak.end(), waits);
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), at));
  return path;
}

}  // namespace

Order sort_graph(Graph& graph, const World& world) {
  prune_weak(graph);
  std::vector<Neighbours::Pair> edges = edges_of(graph);
  std::vector<std::uint32_t> waiting(graph.nodes.size(), 0);
  for (auto& [node, earlier] : edges) {
    ++waiting[node];
    std::swap(node, earlier);
  }
  const Neighbours next(graph.nodes.size(), edges);
  edges = {};
  using Entry = std::pair<Key, NodeIndex>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> free;
  for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
    if (waiting[n] == 0) free.emplace(key_of(graph, world, n), n);
  Order order;
  order.nodes.reserve(graph.nodes.size());
  while (!free.empty()) {
    const NodeIndex n = free.top().second;
    free.pop();
    order.nodes.push_back(n);
    for (const NodeIndex later : next[n])
      if (--waiting[later] == 0) free.emplace(key_of(graph, world, later), later);
  }
  if (order.nodes.size() != graph.nodes.size()) order.cycle = find_cycle(graph, waiting);
  return order;
}

void report_cycle(const Graph& graph, const World& world, const std::vector<NodeIndex>& cycle) {
  std::string text = "the plan has a cycle, which is a bug in schemac:";
  for (const NodeIndex n : cycle)
    text += "\n  " + std::string(to_string(graph.nodes[n].verb)) + " " +
            (graph.nodes[n].object == kNoObject ? "" : to_string(world.id(graph.nodes[n].object)));
  throw std::logic_error(text);
}

}  // namespace schemac
