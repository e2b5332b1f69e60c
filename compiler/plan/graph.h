#pragma once
// Actions as nodes of one graph, and the one order that respects its edges.

#include <deque>
#include <string>
#include <vector>

#include "compiler/plan/index_list.h"
#include "compiler/plan/work.h"

namespace schemac {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = ~NodeIndex{0};

// Where a node would like to stand when its edges leave the choice.
enum class Phase : std::uint8_t { first, rename, make_room, build, clear, last };

// What else the order needs to know of an action; see there.
struct Terms {
  RareList<ObjectId> without;
  RareList<ObjectId> after, rather_after;
  RareList<ObjectId> before;
  RareList<ObjectId> frees, takes;
};

struct Node {
  // Not of what is created, most of a large plan: those are made anew when their statements are
  // (see create_actions), or all of their texts would be there at once.
  Rare<Action> action;
  Rare<Terms> terms;  // where there are any
  ObjectIndex object;
  Verb verb;
  Phase phase;
  bool late;
  bool ahead;
  bool apart;  // shares no transaction with others
  bool lets_go;
  bool folds;                       // can become part of the statement that creates its parent
  bool takes_parts;                 // has room for such
  RareList<const Change*> because;  // of an alter: the changes that it makes
  IndexList before;                 // must come earlier
  IndexList before_weak;            // come earlier unless that closes a cycle
};

// The nodes of one object.
struct ObjectNodes {
  NodeIndex rename = kNoNode;
  NodeIndex drop = kNoNode;  // an ancestor's where it is dropped along with that
  NodeIndex retire = kNoNode;
  NodeIndex drop_retired = kNoNode;
  IndexList alters;  // carrying over included
  IndexList creates;
  IndexList lates;

  // The first that needs the name and the place of what the object replaces.
  NodeIndex first_create = kNoNode;
};

const Terms& terms_of(const Node& node);

struct Graph {
  std::deque<Node> nodes;
  std::vector<ObjectNodes> objects;
};

// The actions that create an object.
Actions create_actions(const World& world, ObjectIndex object, const Target& target,
                       const Context& context);

Graph build_graph(const World& world, const std::vector<Work>& work,
                  const std::vector<Rename>& renames, const Target& target, const Context& context);

struct Order {
  std::vector<NodeIndex> nodes;
  std::vector<NodeIndex> cycle;  // nodes that wait for each other, if any do; `nodes` lacks them
};

// The nodes in an order that respects every edge, the same on every run.
Order sort_graph(Graph& graph, const World& world);
// Throws std::logic_error with the path: no order is a bug in a rule.
[[noreturn]] void report_cycle(const Graph& graph, const World& world,
                               const std::vector<NodeIndex>& cycle);

}  // namespace schemac
