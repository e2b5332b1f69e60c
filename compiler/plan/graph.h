#pragma once
// Actions as nodes of one graph, and the one order that respects its edges.

#include <deque>
#include <string>
#include <vector>

#include "compiler/plan/work.h"

namespace schemac {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = ~NodeIndex{0};

// Where a node would like to stand when its edges leave the choice.
enum class Phase : std::uint8_t { first, rename, make_room, build, clear, last };

struct Node {
  Action action;
  ObjectIndex object;
  Verb verb;
  Phase phase;
  std::vector<const Change*> because;  // of an alter: the changes that it makes
  std::vector<NodeIndex> before;       // must come earlier
  std::vector<NodeIndex> before_weak;  // come earlier unless that closes a cycle
};

// The nodes of one object.
struct ObjectNodes {
  NodeIndex rename = kNoNode;
  NodeIndex drop = kNoNode;  // an ancestor's where it is dropped along with that
  NodeIndex retire = kNoNode;
  NodeIndex drop_retired = kNoNode;
  std::vector<NodeIndex> alters;  // carrying over included
  std::vector<NodeIndex> creates;
  std::vector<NodeIndex> lates;
};

struct Graph {
  std::deque<Node> nodes;
  std::vector<ObjectNodes> objects;
};

Graph build_graph(const World& world, const std::vector<Work>& work,
                  const std::vector<Rename>& renames, const Target& target, const Context& context);

// The nodes in an order that respects every edge, the same on every run. Throws std::logic_error
// with the path where there is none: a bug in a rule.
std::vector<NodeIndex> sort_graph(Graph& graph, const World& world);

}  // namespace schemac
