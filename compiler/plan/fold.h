#pragma once
#include "compiler/plan/graph.h"

namespace schemac {

// Folds children into the statements that create their parents, where nothing that they need comes
// between: columns into CREATE TABLE, a default behind its column. Prettifies only: the order is
// fixed before.
class Fold {
 public:
  // All must outlive it.
  Fold(const Graph& graph, const World& world, const std::vector<NodeIndex>& order,
       const Target& target, const Context& context);

  // The nodes that have statements of their own, in order.
  const std::vector<NodeIndex>& statements() const { return statements_; }
  // The action of one of these, complete. Made at each call.
  Action action(NodeIndex node) const;

 private:
  NodeIndex statement_of(NodeIndex node) const;
  void try_fold(NodeIndex node);
  Action own_action(NodeIndex node) const;
  std::vector<NodeIndex> guests_as_written(NodeIndex node) const;

  const Graph& graph_;
  const World& world_;
  const Target& target_;
  const Context& context_;
  std::vector<std::uint32_t> place_;  // of each node in the order
  std::vector<NodeIndex> host_;       // that it is folded into
  std::vector<IndexList> guests_;
  std::vector<NodeIndex> statements_;
};

}  // namespace schemac
