#include "compiler/plan/planner.h"

#include <algorithm>
#include <memory>
#include <unordered_set>

#include "compiler/plan/fold.h"
#include "compiler/plan/reasons.h"
#include "compiler/plan/verify.h"

namespace schemac {
namespace {

using IdSet = std::unordered_set<ObjectId, ObjectIdHash>;

// `catalog` without `ids`, what stands in them and what needs them.
Catalog without(const Catalog& catalog, const std::vector<ObjectId>& ids) {
  const World world(catalog, catalog);
  std::vector<ObjectIndex> queue;
  std::vector<bool> gone(world.size(), false);
  const auto remove = [&](ObjectIndex i) {
    if (i == kNoObject || gone[i]) return;
    gone[i] = true;
    queue.push_back(i);
  };
  for (const ObjectId& id : ids) remove(world.index_of(id));
  while (!queue.empty()) {
    const ObjectIndex i = queue.back();
    queue.pop_back();
    for (const ObjectIndex c : world.was().children[i]) remove(c);
    for (const ObjectIndex d : world.was().dependents[i]) remove(d);
  }
  Catalog rest;
  rest.server_version = catalog.server_version;
  for (ObjectIndex i = 0; i < world.size(); ++i)
    if (!gone[i]) rest.add(*world.before(i));
  rest.sort();
  return rest;
}

// Cuts steps into transactions.
class Segmenter {
 public:
  Segmenter(const World& world, std::size_t steps) : world_(world), steps_(steps) {}

  void add(Step step, ObjectIndex subject) {
    if (step.action.tx == Tx::outside) {
      segments_.push_back({.transactional = false, .steps = {}});
      segments_.back().steps.push_back(std::move(step));
      uncommitted_.clear();
      return;
    }
    const bool uses = step.action.tx != Tx::commit_after && subject != kNoObject &&
                      uncommitted_.contains(subject);
    if (step.action.tx == Tx::alone || segments_.empty() || !segments_.back().transactional ||
        segments_.back().alone() || uses) {
      segments_.push_back({});
      if (segments_.size() == 1) segments_.back().steps.reserve(steps_);  // mostly all there is
      uncommitted_.clear();
    }
    if (step.action.tx == Tx::commit_after) mark_users(subject);
    segments_.back().steps.push_back(std::move(step));
  }

  std::vector<Segment> take() { return std::move(segments_); }

 private:
  // What could use the effect: all that needs the object, however far.
  void mark_users(ObjectIndex subject) {
    std::vector<ObjectIndex> queue{subject};
    while (!queue.empty()) {
      const ObjectIndex i = queue.back();
      queue.pop_back();
      if (i != subject && !uncommitted_.insert(i).second) continue;  // seen
      // What is new can be written inside the statement that creates its parent.
      for (ObjectIndex part = i, p = world_.now().parent[i];
           i != subject && p != kNoObject && world_.before(part) == nullptr;
           part = p, p = world_.now().parent[p])
        uncommitted_.insert(p);
      for (const ObjectIndex d : world_.now().dependents[i]) queue.push_back(d);
      for (const ObjectIndex c : world_.now().children[i]) queue.push_back(c);
    }
  }

  const World& world_;
  std::size_t steps_;
  std::vector<Segment> segments_;
  std::unordered_set<ObjectIndex> uncommitted_;
};

// What happens to each object, and in which order.
struct Arranged {
  std::unique_ptr<Context> context;
  std::vector<Work> work;
  Graph graph;
  std::vector<NodeIndex> order;
};

// What would have to wait for itself to change in place is made anew: a function that reads a view,
// and later one that cannot be there before that is gone.
template <class NewContext>
Arranged arrange(const World& world, const std::vector<Change>& changes,
                 const std::vector<Rename>& renames, const Target& target,
                 const NewContext& new_context) {
  std::vector<ObjectIndex> anew;
  for (;;) {
    Arranged arranged{new_context(), {}, {}, {}};
    auto& [context, work, graph, order] = arranged;
    work = decide_work(world, changes, renames, target, *context, anew);
    for (ObjectIndex i = 0; i < world.size(); ++i)
      if (work[i].create && world.before(i) != nullptr)
        context->add_made_anew(world.id(i), work[i].around == kNoObject);
    graph = build_graph(world, work, renames, target, *context);
    Order sorted = sort_graph(graph, world);
    if (sorted.cycle.empty()) {
      order = std::move(sorted.nodes);
      verify(graph, world, work, order);
      return arranged;
    }
    const auto waiting =
        std::find_if(sorted.cycle.begin(), sorted.cycle.end(), [&](NodeIndex node) {
          return graph.nodes[node].verb == Verb::alter && graph.nodes[node].object != kNoObject &&
                 can_be_replaced(world, work, graph.nodes[node].object, target, *context);
        });
    if (waiting == sorted.cycle.end()) report_cycle(graph, world, sorted.cycle);
    anew.push_back(graph.nodes[*waiting].object);
  }
}

Plan straight_plan(const Catalog& from, const Catalog& to, std::vector<Rename> renames,
                   const Target& target) {
  Plan plan;
  Renamed with_new_names;
  const bool any = !renames.empty() || renames_values(from, to);
  if (any) with_new_names = apply_renames(from, to, renames);
  const Catalog& renamed = any ? with_new_names.catalog : from;
  renames.insert(renames.end(), with_new_names.shown.begin(), with_new_names.shown.end());
  for (const Rename& rename : renames)
    plan.changes.push_back({.verb = Change::Verb::rename,
                            .id = rename.to,
                            .was = rename.from,
                            .field = 0,
                            .before = {},
                            .after = {},
                            .unproven = false});
  std::vector<Change> differences = diff(renamed, to);
  if (plan.changes.empty())
    plan.changes = std::move(differences);
  else
    std::move(differences.begin(), differences.end(), std::back_inserter(plan.changes));
  if (plan.changes.empty()) return plan;

  const World world(renamed, to);
  const Children from_children(renamed), to_children(to);
  const auto new_context = [&] {
    return std::make_unique<Context>(renamed, to, from_children, to_children, target, renames);
  };
  const Arranged arranged = arrange(world, plan.changes, renames, target, new_context);
  const auto& [context, work, graph, order] = arranged;

  const Fold fold(graph, world, order, target, *context);
  Segmenter segments(world, fold.statements().size());
  std::vector<bool> lost(world.size(), false);
  for (const NodeIndex n : fold.statements()) {
    const Node& node = graph.nodes[n];
    Action action = fold.action(n);
    const ObjectIndex subject = node.object;
    const Object* before = world.before(subject);
    const ObjectIndex parent = world.now().parent[subject];
    const bool existing =
        before != nullptr || (parent != kNoObject && world.before(parent) != nullptr);
    if (action.loss == Loss::rows && action.loses.begin() != action.loses.end()) {
      plan.lost.insert(plan.lost.end(), action.loses.begin(), action.loses.end());
    } else if (action.loss == Loss::rows && before != nullptr && !lost[subject]) {
      plan.lost.push_back(world.id(subject));
      lost[subject] = true;
    }
    segments.add({.action = std::move(action),
                  .subject = world.id(subject),
                  .verb = node.verb,
                  .existing = existing,
                  .reasons = reasons_for(world, work, node, renames)},
                 subject);
  }
  plan.segments = segments.take();
  return plan;
}

// Renames that the target can make, the others are left to be a drop and a create.
std::vector<Rename> possible(const std::vector<Rename>& renames, const Target& target) {
  std::vector<Rename> kept;
  for (const Rename& rename : renames)
    if (target.rules_of(rename.to.kind()).rename != nullptr) kept.push_back(rename);
  return kept;
}

void append(Plan& plan, Plan next) {
  std::move(next.changes.begin(), next.changes.end(), std::back_inserter(plan.changes));
  std::move(next.lost.begin(), next.lost.end(), std::back_inserter(plan.lost));
  for (Segment& segment : next.segments) {
    if (!plan.segments.empty() && plan.segments.back().transactional && segment.transactional &&
        !plan.segments.back().alone() && !segment.alone())
      std::move(segment.steps.begin(), segment.steps.end(),
                std::back_inserter(plan.segments.back().steps));
    else
      plan.segments.push_back(std::move(segment));
  }
}

}  // namespace

Plan make_plan(const Catalog& from, const Catalog& to, const Target& target) {
  return make_plan(from, to, find_renames(from, to), target);
}

Plan make_plan(const Catalog& from, const Catalog& to, const std::vector<Rename>& renames,
               const Target& target) {
  const std::vector<Rename> kept = possible(renames, target);
  // A new name that another object still has: that one goes first, on its own.
  IdSet renamed_away;
  for (const Rename& rename : kept) renamed_away.insert(rename.from);
  std::vector<ObjectId> in_the_way;
  for (const Rename& rename : kept) {
    ObjectId there = rename.to;
    if (rename.from.kind().scope == Scope::parent) {  // under the parent's name of before
      const std::string& key = rename.from.key();
      there = ObjectId::from_key(
          rename.to.kind(), key.substr(0, key.rfind('\0') + 1) + std::string(rename.to.name()));
    }
    if (!(there == rename.from) && from.contains(there) && !renamed_away.contains(there))
      in_the_way.push_back(there);
  }
  if (in_the_way.empty()) return straight_plan(from, to, kept, target);
  const Catalog cleared = without(from, in_the_way);
  Plan plan = straight_plan(from, cleared, {}, target);
  append(plan, straight_plan(cleared, to, kept, target));
  return plan;
}

}  // namespace schemac
