#include "compiler/plan/room.h"

#include <unordered_map>

namespace schemac {

void link_room(Graph& graph) {
  std::unordered_map<ObjectId, std::vector<NodeIndex>, ObjectIdHash> freed;
  for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
    for (const ObjectId& id : terms_of(graph.nodes[n]).frees) freed[id].push_back(n);
  if (freed.empty()) return;
  for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
    for (const ObjectId& id : terms_of(graph.nodes[n]).takes)
      if (const auto at = freed.find(id); at != freed.end())
        for (const NodeIndex earlier : at->second)
          if (earlier != n) graph.nodes[n].before.push_back(earlier);
}

}  // namespace schemac
