#include "compiler/plan/verify.h"

#include <algorithm>
#include <stdexcept>

namespace schemac {
namespace {

[[noreturn]] void fail(const World& world, ObjectIndex object, std::string_view what,
                       ObjectIndex other) {
  std::string text =
      "the plan does not hold, which is a bug in schemac: " + to_string(world.id(object)) + " " +
      std::string(what);
  if (other != kNoObject) text += " " + to_string(world.id(other));
  throw std::logic_error(text);
}

class Simulation {
 public:
  Simulation(const Graph& graph, const World& world, const std::vector<Work>& work)
      : graph_(graph),
        world_(world),
        work_(work),
        exists_(world.size()),
        is_new_(world.size(), false) {
    for (ObjectIndex i = 0; i < world.size(); ++i) exists_[i] = world.before(i) != nullptr;
  }

  void run(const std::vector<NodeIndex>& order) {
    for (const NodeIndex n : order) step(n);
    for (ObjectIndex i = 0; i < world_.size(); ++i) settle(i);
    for (ObjectIndex i = 0; i < world_.size(); ++i) {
      if (exists_[i] != (world_.after(i) != nullptr))
        fail(world_, i, exists_[i] ? "is left over" : "is never created", kNoObject);
      if (work_[i].drop && work_[i].create && !is_new_[i])
        fail(world_, i, "is never replaced", kNoObject);
    }
  }

 private:
  // What takes no statement comes and goes with what it stands in.
  void settle(ObjectIndex i) {
    if (work_[i].drop && work_[i].drops_silently && !is_new_[i]) exists_[i] = false;
    if (!comes_silently(i)) return;
    exists_[i] = stands_in_something_there(i);
    is_new_[i] = true;
  }

  bool comes_silently(ObjectIndex i) const {
    return work_[i].create && graph_.objects[i].creates.empty();
  }

  // What stands in nothing is part of every database.
  bool stands_in_something_there(ObjectIndex i) const {
    const ObjectIndex parent = world_.now().parent[i];
    return parent == kNoObject || is_there(parent);
  }

  bool is_there(ObjectIndex i) const {
    return exists_[i] || (comes_silently(i) && stands_in_something_there(i));
  }

  void step(NodeIndex n) {
    const Node& node = graph_.nodes[n];
    const ObjectIndex i = node.object;
    if (i == kNoObject || node.verb == Verb::rename) return;
    const ObjectNodes& own = graph_.objects[i];
    if (node.verb == Verb::alter) {
      if (node.phase == Phase::make_room) {  // what stands before in its chain leads up to that
        if (n == own.retire) retire(i);
        return;
      }
      if (!exists_[i]) fail(world_, i, "is altered while it does not exist", kNoObject);
      if (!node.lets_go) needs(i, node);
      return;
    }
    if (node.verb == Verb::drop) {
      if (n == own.drop) drop(i);  // likewise
      return;
    }
    if (n == own.first_create) create(i);
    needs(i, node);
  }

  // Moved aside with all that stands in it: its names are free.
  void retire(ObjectIndex i) {
    exists_[i] = false;
    for (const ObjectIndex c : world_.was().children[i]) retire(c);
    for (const ObjectIndex d : world_.was().dependents[i])
      if (work_[d].along == i) retire(d);
  }

  void drop(ObjectIndex i) {
    if (!exists_[i]) return;  // gone with an ancestor, or on its own before one
    for (const ObjectIndex c : world_.was().children[i])
      if (work_[c].drop)
        drop(c);
      else if (exists_[c] && graph_.objects[c].alters.empty())
        fail(world_, i, "is dropped under", c);
    exists_[i] = false;
    for (const ObjectIndex d : world_.was().dependents[i])
      if (work_[d].along == i && !is_new_[d]) drop(d);
    for (const ObjectIndex d : world_.was().dependents[i]) {
      if (!exists_[d] || is_new_[d]) continue;
      if (goes_silently(d))
        take_silently(d);
      else if (graph_.objects[d].alters.empty() && !goes_along(d, i))
        fail(world_, i, "is dropped while needed by", d);
    }
  }

  // With what is said of it, which no statement drops either.
  void take_silently(ObjectIndex i) {
    exists_[i] = false;
    for (const ObjectIndex c : world_.was().children[i])
      if (goes_silently(c)) take_silently(c);
  }

  // Whether it goes with what it needs, as no statement of its own drops it.
  bool goes_silently(ObjectIndex d) const {
    return work_[d].drop && work_[d].drops_silently && graph_.objects[d].drop == kNoNode;
  }

  // Whether both go with one ancestor, in one statement.
  bool goes_along(ObjectIndex d, ObjectIndex i) const {
    const ObjectIndex a = dropped_ancestor(world_, work_, d);
    const ObjectIndex b = dropped_ancestor(world_, work_, i);
    return work_[d].drop && a != kNoObject && (a == b || a == i);
  }

  void create(ObjectIndex i) {
    if (exists_[i]) fail(world_, i, "is created while it exists", kNoObject);
    exists_[i] = true;
    is_new_[i] = true;
  }

  void needs(ObjectIndex i, const Node& node) {
    const RareList<ObjectId>& without = terms_of(node).without;
    const auto check = [&](ObjectIndex on) {
      if (on == kNoObject || is_there(on)) return;
      if (std::find(without.begin(), without.end(), world_.id(on)) != without.end()) return;
      fail(world_, i, "comes before what it needs:", on);
    };
    check(world_.now().parent[i]);
    for (const ObjectIndex on : world_.now().depends[i]) check(on);
  }

  const Graph& graph_;
  const World& world_;
  const std::vector<Work>& work_;
  std::vector<bool> exists_;
  std::vector<bool> is_new_;
};

}  // namespace

void verify(const Graph& graph, const World& world, const std::vector<Work>& work,
            const std::vector<NodeIndex>& order) {
  Simulation(graph, world, work).run(order);
}

}  // namespace schemac
