#include "compiler/plan/graph.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "compiler/ir/shell.h"
#include "compiler/plan/claims.h"
#include "compiler/plan/drop_roots.h"
#include "compiler/plan/node.h"
#include "compiler/plan/room.h"

namespace schemac {
namespace {

class Builder {
 public:
  Builder(const World& world, const std::vector<Work>& work, const std::vector<Rename>& renames,
          const Target& target, const Context& context)
      : world_(world),
        work_(work),
        renames_(renames),
        target_(target),
        context_(context),
        root_(drop_roots(world, work)),
        leaving_(leaving_parts(world, work)) {
    graph_.objects.resize(world.size());
  }

  Graph run() {
    for (const Rename& rename : renames_) add_rename(rename);
    for (std::size_t r = 0; r < renames_.size(); ++r)
      if (rename_nodes_[r] == kNoNode) rename_with_origin(renames_[r]);
    for (ObjectIndex i = 0; i < world_.size(); ++i) add_nodes(i);
    for (ObjectIndex i = 0; i < world_.size(); ++i) alter_with_origin(i);
    for (ObjectIndex i = 0; i < world_.size(); ++i) {
      link_drop(i);
      link_alters(i);
      link_creates(i);
    }
    for (const NodeIndex node : drop_chains_) link_after(node);
    if (!renames_.empty()) link_renames();
    link_names();
    link_room(graph_);
    return std::move(graph_);
  }

 private:
  const KindRules& rules(ObjectIndex i) const { return target_.rules_of(world_.id(i).kind()); }

  // -- Nodes ------------------------------------------------------------------------------------

  NodeIndex add(Action action, ObjectIndex object, Verb verb, Phase phase) {
    graph_.nodes.push_back(make_node(std::move(action), object, verb, phase));
    return static_cast<NodeIndex>(graph_.nodes.size() - 1);
  }

  // A chain: each action of a rule comes after the one before it. Returns the last.
  NodeIndex add_chain(Actions actions, ObjectIndex object, Verb verb, Phase phase, IndexList* all) {
    NodeIndex last = kNoNode;
    for (Action& action : actions) {
      if (!action.about.empty() && goes(world_, work_, action.about)) continue;
      const NodeIndex node = add(std::move(action), object, verb, phase);
      if (last != kNoNode) need(node, last);
      if (all != nullptr) all->push_back(node);
      last = node;
    }
    return last;
  }

  void add_rename(const Rename& rename) {
    const ObjectIndex i = world_.index_of(rename.to);
    const KindRules& kind_rules = target_.rules_of(rename.to.kind());
    Object now;  // a view's column has an object only where something is attached to it
    if (i != kNoObject && world_.before(i) != nullptr) {
      now = *world_.before(i);
    } else {
      now.id = rename.to;
      now.parent = world_.parent_of_path(rename.to);
    }
    Object was = now;
    was.id = with_name(now.id, rename.from.name());
    const ObjectIndex subject = i != kNoObject ? i : world_.index_of(now.parent);
    IndexList chain;
    const NodeIndex node = add_chain(kind_rules.rename(was, now, context_), subject, Verb::rename,
                                     Phase::rename, &chain);
    rename_nodes_.push_back(node);
    if (i != kNoObject) {
      graph_.objects[i].rename = node;
      own_renames_.insert(chain.begin(), chain.end());
    } else if (subject != kNoObject) {
      output_renames_[subject].push_back(node);
    }
  }

  // What takes no statement of its own gets its name with what it comes from: the column of a table
  // with that of the table that it inherits from.
  void rename_with_origin(const Rename& rename) {
    const ObjectIndex i = world_.index_of(rename.to);
    if (i == kNoObject) return;
    for (std::size_t r = 0; r < renames_.size(); ++r) {
      const ObjectIndex other = world_.index_of(renames_[r].to);
      if (rename_nodes_[r] != kNoNode && other != kNoObject &&
          renames_[r].to.name() == rename.to.name() &&
          world_.now().leads(world_.parent_of(i), world_.parent_of(other)))
        graph_.objects[i].rename = rename_nodes_[r];
    }
  }

  void add_nodes(ObjectIndex i) {
    const Work& work = work_[i];
    ObjectNodes& own = graph_.objects[i];
    if (work.retired) {
      own.retire = add_chain(rules(i).retire(*world_.before(i), context_), i, Verb::alter,
                             Phase::make_room, nullptr);
      own.drop_retired = add_chain(rules(i).drop_retired(*world_.before(i), context_), i,
                                   Verb::drop, Phase::clear, nullptr);
    } else if (work.drop && root_[i] == i) {
      own.drop = add_chain(
          rules(i).drop(*world_.before(i), context_), i, Verb::drop,
          work.create || work.around != kNoObject ? Phase::make_room : Phase::clear, &drop_chains_);
    }
    if (work.carried)
      add_chain(
          rules(i).carry(*world_.before(i), *world_.after(i), world_.id(work.carried_to), context_),
          i, Verb::alter, Phase::build, &own.alters);
    for (const Alter& alter : work.alters) {
      const std::size_t first = own.alters.size();
      add_chain(alter.actions, i, Verb::alter, Phase::build, &own.alters);
      for (std::size_t a = first; a < own.alters.size(); ++a) {
        graph_.nodes[own.alters[a]].because = alter.because;
        if (a > 0) need(own.alters[a], own.alters[a - 1]);
      }
      own.alters.erase_if([&](NodeIndex node) {
        if (!graph_.nodes[node].late) return false;
        own.lates.push_back(node);
        return true;
      });
    }
    if (!work.create) return;
    IndexList chain;
    add_chain(create_actions(world_, i, target_, context_), i, Verb::create, Phase::build, &chain);
    for (const NodeIndex node : chain) {
      (graph_.nodes[node].late ? own.lates : own.creates).push_back(node);
      if (own.first_create == kNoNode && !graph_.nodes[node].ahead) own.first_create = node;
    }
  }

  // What changes without a statement does so with what it comes from: a column declared again.
  void alter_with_origin(ObjectIndex i) {
    ObjectNodes& own = graph_.objects[i];
    if (!own.alters.empty() || !own.lates.empty()) return;
    if (work_[i].alters.empty() && !work_[i].carried) return;
    for (const ObjectIndex origin : world_.namesakes_above(i))
      if (own.alters.empty()) own.alters = graph_.objects[origin].alters;
  }

  // -- Edges ------------------------------------------------------------------------------------

  void need(NodeIndex node, NodeIndex earlier) {
    if (node != kNoNode && earlier != kNoNode && node != earlier)
      graph_.nodes[node].before.push_back(earlier);
  }

  NodeIndex drop_node(ObjectIndex i) const {
    if (root_[i] == kNoObject) return kNoNode;
    const ObjectNodes& root = graph_.objects[root_[i]];
    return work_[root_[i]].retired ? root.drop_retired : root.drop;
  }

  // Calls `visit` with the nodes after which `i` is as the new catalog has it.
  template <class Visit>
  void ready(ObjectIndex i, Visit visit) const {
    const ObjectNodes& own = graph_.objects[i];
    if (!own.creates.empty()) visit(own.creates.back());
    if (!own.alters.empty()) visit(own.alters.back());
    // What takes no statement of its own is there with what it stands in.
    if (work_[i].create && own.creates.empty() && world_.now().parent[i] != kNoObject)
      ready(world_.now().parent[i], visit);
  }

  // The same for what uses `i`: a type that columns hold has all its attributes then.
  template <class Visit>
  void ready_to_use(ObjectIndex i, Visit visit) const {
    ready(i, visit);
    if (rules(i).retire == nullptr) return;
    for (const ObjectIndex c : world_.now().children[i])
      if (world_.id(c).kind().recorded_order) ready(c, visit);
  }

  void link_drop(ObjectIndex i) {
    const NodeIndex node = drop_node(i);
    if (node == kNoNode) return;
    for (const ObjectIndex d : world_.was().dependents[i]) {
      leave_first(node, d);
      // While the type has its name: a function's address names those of its arguments. Another
      // type that is moved aside itself goes only when all that held it is made of the new ones.
      if (work_[i].retired && work_[d].drop && root_[d] != i && !work_[root_[d]].retired)
        prefer(graph_.objects[i].retire, drop_node(d));
    }
    for (const ObjectIndex c : world_.was().children[i]) leave_first(node, c);
    // What makes way for a change of something that it does not name itself.
    if (work_[i].around != kNoObject)
      for (const NodeIndex alter : graph_.objects[work_[i].around].alters) prefer(alter, node);
    // What is prepared ahead is there before what it replaces goes, and what makes way for that.
    prefer_prepared(node, i);
    if (work_[i].around != kNoObject) prefer_prepared(node, work_[i].around);
    const ObjectNodes& own = graph_.objects[i];
    if (own.creates.empty()) return;
    if (work_[i].retired) {
      need(own.first_create, own.retire);
      need(own.drop_retired, own.creates.back());
    } else if (!work_[root_[i]].retired) {
      // What went aside with a retired ancestor left its name free already.
      need(own.first_create, node);
    }
  }

  void prefer_prepared(NodeIndex node, ObjectIndex i) {
    for (const NodeIndex create : graph_.objects[i].creates)
      if (graph_.nodes[create].ahead) prefer(node, create);
  }

  // `d`, which needs or stands in what `node` drops, goes or moves away before.
  void leave_first(NodeIndex node, ObjectIndex d) {
    if (work_[d].drop)
      need(node, drop_node(d));
    else if (!graph_.objects[d].alters.empty())
      need(node, leaving_node(graph_.objects[d].alters));
  }

  NodeIndex leaving_node(std::span<const NodeIndex> alters) const {
    const auto last = std::find_if(alters.rbegin(), alters.rend(),
                                   [&](NodeIndex alter) { return graph_.nodes[alter].lets_go; });
    return last == alters.rend() ? alters.back() : *last;
  }

  void link_alters(ObjectIndex i) {
    for (const NodeIndex node : graph_.objects[i].alters) {
      const bool lets_go = graph_.nodes[node].lets_go;
      const Terms& terms = terms_of(graph_.nodes[node]);
      if (!lets_go) link_needs(node, i);
      link_after(node);
      // One that moves to another parent finds it there; what is no matter of that may come before.
      const bool last = node == graph_.objects[i].alters.back();
      if (const ObjectIndex parent = world_.now().parent[i];
          parent != kNoObject && parent != world_.was().parent[i] && !lets_go)
        if (wanted(node, parent) || (last && work_[parent].create))
          ready(parent, [&](NodeIndex n) { need(node, n); });
      for (const ObjectIndex d : world_.was().dependents[i])
        if (work_[d].drop && !work_[root_[d]].retired && !leaves(i, root_[d])) {
          // A type that can be moved aside changes under whatever has it, and what only lets go of
          // something takes nothing from anybody.
          if (rules(i).retire != nullptr || lets_go)
            prefer(node, drop_node(d));
          else
            need(node, drop_node(d));
        }
      wait_for_remade(node, i);
      wait_for_holders(node, world_.was().parent[i]);
      for (const ObjectIndex c : world_.was().children[i]) {
        if (work_[c].drop && !work_[root_[c]].retired) {
          // A column that goes may have to wait for what needs the rest of the table as it will be.
          if (world_.id(c).kind().recorded_order)
            prefer(node, drop_node(c));
          else
            need(node, drop_node(c));
        }
        // A foreign key of another table that stands in the way may need the columns alone.
        for (const ObjectIndex d : world_.was().dependents[c])
          if (work_[d].drop && world_.after(d) == nullptr) prefer(node, drop_node(d));
      }
      for (const ObjectId& id : terms.before)
        if (const ObjectIndex other = world_.index_of(id); other != kNoObject)
          for (const NodeIndex later : graph_.objects[other].alters) prefer(later, node);
    }
  }

  void link_needs(NodeIndex node, ObjectIndex i) {
    for (const ObjectIndex on : world_.now().depends[i]) {
      if (wanted(node, on)) {
        // A type and a function of it wait for no more than the other's beginning.
        const Object &user = *world_.after(i), &used = *world_.after(on);
        const auto& creates = graph_.objects[on].creates;
        if (!is_function_of(user, used) && !is_function_of(used, user))
          ready_to_use(on, [&](NodeIndex n) { need(node, n); });
        else if (!creates.empty())
          need(node, creates.front());
      }
      prefer_without_leaving(node, on);
    }
    for (const ObjectIndex on : world_.now().weak[i])
      ready(on, [&](NodeIndex n) { prefer(node, n); });
  }

  // What the server makes anew because of the change is free by then: a key with an included
  // column that changes its type, of what refers to the key; an index in partitions, of its names.
  void wait_for_remade(NodeIndex node, ObjectIndex changed) {
    for (const ObjectIndex d : world_.was().dependents[changed])
      for (const ObjectIndex above : world_.was().dependents[d])
        if (work_[above].drop && makes_way(world_, target_, above, d, changed))
          prefer(node, drop_node(above));
  }

  // A part of a type changes when what has the type and goes is gone, if only through other types.
  void wait_for_holders(NodeIndex node, ObjectIndex type) {
    if (type == kNoObject || rules(type).retire == nullptr) return;
    for (const ObjectIndex d : world_.was().dependents[type]) {
      if (work_[d].drop) {
        prefer(node, drop_node(d));
        continue;
      }
      wait_for_holders(node, d);
      wait_for_holders(node, world_.was().parent[d]);
    }
  }

  // Whether `i` has to let go of something before that is dropped with `root`.
  bool leaves(ObjectIndex i, ObjectIndex root) const {
    const auto goes = [&](ObjectIndex on) { return on != kNoObject && root_[on] == root; };
    const auto& depends = world_.was().depends[i];
    return goes(world_.was().parent[i]) || std::any_of(depends.begin(), depends.end(), goes);
  }

  void link_creates(ObjectIndex i) {
    const ObjectNodes& own = graph_.objects[i];
    for (const IndexList* list : {&own.creates, &own.lates})
      for (const NodeIndex node : *list) link_create(i, node);
  }

  bool wanted(NodeIndex node, ObjectIndex on) const {
    const RareList<ObjectId>& without = terms_of(graph_.nodes[node]).without;
    return std::find(without.begin(), without.end(), world_.id(on)) == without.end();
  }

  void link_create(ObjectIndex i, NodeIndex node) {
    const auto& side = world_.now();
    link_needs(node, i);
    if (side.parent[i] != kNoObject && wanted(node, side.parent[i]))
      ready(side.parent[i], [&](NodeIndex n) { need(node, n); });
    wait_for_holders(node, side.parent[i]);
    link_after(node);
    if (work_[i].around != kNoObject) ready(work_[i].around, [&](NodeIndex n) { prefer(node, n); });
    if (graph_.nodes[node].folds) prefer_foldable(i);
    // What an object that is made anew no longer needs goes before it comes back: `select *` would
    // find a column that is about to go.
    if (work_[i].drop)
      for (const ObjectIndex on : world_.was().depends[i])
        if (world_.after(on) == nullptr) prefer(node, drop_node(on));
  }

  void link_after(NodeIndex node) {
    for (const ObjectId& id : terms_of(graph_.nodes[node]).after)
      if (const ObjectIndex on = world_.index_of(id); on != kNoObject) {
        ready(on, [&](NodeIndex n) { need(node, n); });
        if (world_.after(on) == nullptr) need(node, drop_node(on));
      }
    for (const ObjectId& id : terms_of(graph_.nodes[node]).rather_after)
      if (const ObjectIndex on = world_.index_of(id); on != kNoObject) {
        for (const auto* earlier : {&graph_.objects[on].creates, &graph_.objects[on].alters})
          for (const NodeIndex n : *earlier) prefer(node, n);
        if (world_.after(on) == nullptr) prefer(node, drop_node(on));
      }
  }

  // What refers to `on` finds it without what it loses: `'(1)'::pair` once one attribute is left.
  void prefer_without_leaving(NodeIndex node, ObjectIndex on) {
    if (const auto parts = leaving_.find(on); parts != leaving_.end())
      for (const ObjectIndex part : parts->second) prefer(node, drop_node(part));
  }

  void prefer(NodeIndex node, NodeIndex earlier) {
    if (earlier != kNoNode && earlier != node) graph_.nodes[node].before_weak.push_back(earlier);
  }

  // What a folding child needs should be there before the statement that it would fold into.
  void prefer_foldable(ObjectIndex i) {
    const auto& side = world_.now();
    for (ObjectIndex host = side.parent[i]; host != kNoObject && work_[host].create;
         host = side.parent[host]) {
      if (graph_.objects[host].creates.empty()) return;
      const NodeIndex node = graph_.objects[host].creates.front();
      for (const ObjectIndex on : side.depends[i])
        if (!side.stands_in(on, host)) {
          ready_to_use(on, [&](NodeIndex n) { prefer(node, n); });
          prefer_without_leaving(node, on);
        }
      for (const ObjectIndex on : side.weak[i])
        if (!side.stands_in(on, host)) ready_to_use(on, [&](NodeIndex n) { prefer(node, n); });
    }
  }

  // Every statement uses the new names of what it names.
  void link_renames() {
    for (NodeIndex n = 0; n < graph_.nodes.size(); ++n) {
      const ObjectIndex i = graph_.nodes[n].object;
      if (i == kNoObject) continue;
      const bool renames = graph_.nodes[n].verb == Verb::rename;
      after_renames(n, i, renames);
      if (renames) rename_when_left(n);
      if (graph_.nodes[n].verb == Verb::drop)
        for (const ObjectIndex on : world_.was().depends[i])  // it stands in a schema as others do
          if (world_.id(on).kind().names_others) after_renames(n, on, false);
      if (renames || graph_.nodes[n].verb == Verb::drop) continue;
      for (const ObjectIndex on : world_.now().depends[i]) after_renames(n, on, false);
      for (const ObjectIndex on : world_.now().weak[i]) after_renames(n, on, false);
    }
  }

  // What is renamed behind something comes between what that lets go of and what it does then.
  void rename_when_left(NodeIndex node) {
    for (const ObjectId& id : terms_of(graph_.nodes[node]).after) {
      const ObjectIndex on = world_.index_of(id);
      if (on == kNoObject || graph_.objects[on].alters.empty()) continue;
      const NodeIndex leaving = leaving_node(graph_.objects[on].alters);
      need(node, leaving);
      for (const NodeIndex alter : graph_.objects[on].alters)
        if (alter > leaving) need(alter, node);
    }
  }

  void after_renames(NodeIndex node, ObjectIndex i, bool above_only) {
    ObjectIndex at = above_only ? world_.parent_of(i) : i;
    if (above_only && !own_renames_.contains(node)) at = i;  // a view's column
    for (; at != kNoObject; at = world_.parent_of(at)) {
      need(node, graph_.objects[at].rename);
      if (const auto columns = output_renames_.find(at);
          columns != output_renames_.end() && !above_only)
        for (const NodeIndex column : columns->second)
          if (graph_.nodes[node].verb != Verb::rename) need(node, column);
    }
  }

  // -- Names ------------------------------------------------------------------------------------

  void link_names() {
    std::unordered_map<std::string, NodeIndex> freed;
    for (ObjectIndex i = 0; i < world_.size(); ++i) {
      if (!work_[i].drop || world_.before(i) == nullptr) continue;
      const NodeIndex node =
          work_[root_[i]].retired ? graph_.objects[root_[i]].retire : drop_node(i);
      for (std::string& name : claims(world_.id(i), world_.before(i)->parent))
        freed.emplace(std::move(name), node);
    }
    std::vector<std::pair<NodeIndex, std::string>> taken;
    for (std::size_t r = 0; r < renames_.size(); ++r) {
      const ObjectIndex i = world_.index_of(renames_[r].to);
      const ObjectId parent =
          i == kNoObject || world_.before(i) == nullptr ? ObjectId() : world_.before(i)->parent;
      const ObjectId left = with_name(renames_[r].to, renames_[r].from.name());
      for (std::string& name : claims(left, parent))
        freed.emplace(std::move(name), rename_nodes_[r]);
      for (std::string& name : claims(renames_[r].to, parent))
        taken.emplace_back(rename_nodes_[r], std::move(name));
      // In a chain of renames, the one that leaves a name comes before the one that takes it.
      freed.emplace(own_name(left), rename_nodes_[r]);
      taken.emplace_back(rename_nodes_[r], own_name(renames_[r].to));
    }
    if (freed.empty()) return;
    for (ObjectIndex i = 0; i < world_.size(); ++i)
      if (!graph_.objects[i].creates.empty())
        for (std::string& name : claims(world_.id(i), world_.after(i)->parent))
          taken.emplace_back(graph_.objects[i].first_create, std::move(name));
    for (const auto& [node, name] : taken)
      if (const auto at = freed.find(name); at != freed.end() && !renamed_before(node, at->second))
        need(node, at->second);
  }

  // An object that is renamed and then replaced, if only along with what it stands in, has its new
  // name before it is dropped.
  bool renamed_before(NodeIndex rename, NodeIndex drop) const {
    if (!own_renames_.contains(rename)) return false;
    const ObjectIndex renamed = graph_.nodes[rename].object;
    const ObjectIndex dropped = graph_.nodes[drop].object;
    return renamed == dropped || (renamed != kNoObject && root_[renamed] == dropped);
  }

  const World& world_;
  const std::vector<Work>& work_;
  const std::vector<Rename>& renames_;
  const Target& target_;
  const Context& context_;
  const std::vector<ObjectIndex> root_;  // see drop_roots.h
  const LeavingParts leaving_;
  IndexList drop_chains_;                      // all that drop an object
  std::vector<NodeIndex> rename_nodes_;        // the last one of each rename
  std::unordered_set<NodeIndex> own_renames_;  // all that rename the object they stand for
  std::unordered_map<ObjectIndex, std::vector<NodeIndex>> output_renames_;  // by view
  Graph graph_;
};

}  // namespace

Graph build_graph(const World& world, const std::vector<Work>& work,
                  const std::vector<Rename>& renames, const Target& target,
                  const Context& context) {
  return Builder(world, work, renames, target, context).run();
}

}  // namespace schemac
