#include "compiler/plan/node.h"

#include <algorithm>

namespace schemac {
namespace {

Rare<Terms> terms_of(const Action& action) {
  for (const RareList<ObjectId>* ids : {&action.without, &action.after, &action.rather_after,
                                        &action.before, &action.frees, &action.takes})
    if (ids->begin() != ids->end())
      return Terms{.without = action.without,
                   .after = action.after,
                   .rather_after = action.rather_after,
                   .before = action.before,
                   .frees = action.frees,
                   .takes = action.takes};
  return {};
}

}  // namespace

Node make_node(Action action, ObjectIndex object, Verb verb, Phase phase) {
  Node node{.action = {},
            .terms = terms_of(action),
            .object = object,
            .verb = verb,
            .phase = phase,
            .late = action.late,
            .ahead = action.ahead,
            .apart = action.tx == Tx::alone || action.tx == Tx::outside,
            .lets_go = action.lets_go,
            .folds = !action.folded.empty(),
            .takes_parts = action.style != Elements::none,
            .because = {},
            .before = {},
            .before_weak = {}};
  if (verb != Verb::create) node.action = std::move(action);
  return node;
}

Actions create_actions(const World& world, ObjectIndex object, const Target& target,
                       const Context& context) {
  const Object& now = *world.after(object);
  Actions actions = target.rules_of(now.kind()).create(now, context);
  if (target.after_create == nullptr || actions.empty()) return actions;
  Actions further = target.after_create(now, context);
  auto made = std::find_if_not(actions.begin(), actions.end(),
                               [](const Action& action) { return action.unfinished; });
  actions.insert(std::next(made), std::make_move_iterator(further.begin()),
                 std::make_move_iterator(further.end()));
  return actions;
}

const Terms& terms_of(const Node& node) {
  static const Terms none;
  return node.terms ? *node.terms : none;
}

}  // namespace schemac
