#include "proof/reach.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>

namespace schemac {
namespace {

using NodeIndex = std::size_t;

// Whether the kind is one of what stands in a schema under a name of its own: tables, types,
// routines. All else that stands alone is of the whole database or the whole schema.
bool has_own_name(const KindInfo& kind) {
  return kind.scope == Scope::schema || kind.scope == Scope::signature;
}

// The words of a text that may be names, however they are quoted.
template <class Take>
void for_each_word(std::string_view text, const Take& take) {
  const auto in_word = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
  };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && in_word(text[end])) ++end;
    if (end > at) take(text.substr(at, end - at));
    at = end + 1;
  }
}

std::string lower_case(std::string_view word) {
  std::string text(word);
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Both catalogs as one graph: an id is a node, in whichever of the two it is.
class Graph {
 public:
  Graph(const Catalog& from, const Catalog& to, const Renamed& renamed) : from_(from), to_(to) {
    for (const Catalog* catalog : {&from, &to})
      for (const Object& object : catalog->objects()) add_node(object);
    for (const Catalog* catalog : {&from, &to})
      for (const Object& object : catalog->objects()) add_edges(object);
    // What has another name afterwards is one thing.
    for (const auto& [was, now] : renamed.ids)
      if (!(was == now) && index_.contains(now))
        twins_.emplace_back(index_.at(was), index_.at(now));
    for (const auto& [a, b] : twins_) {
      needs_[a].push_back(b);
      needs_[b].push_back(a);
    }
  }

  // Statements act on these, and so on all that stands in them or around them.
  void touch(const ObjectId& id) {
    const auto found = index_.find(id);
    if (found != index_.end()) mark_family(root_[found->second], touched_);
  }

  // Closes over dependents, then over needs, then over what else stands in what is there by now
  // and needs nothing more.
  void close() {
    for (NodeIndex node = 0; node < ids_.size(); ++node)
      if (touched_[node] || is_of_everyone(node)) add(node);
    // What is called by a symbol, as an operator is, shows in no body as a word.
    for (const NodeIndex node : named_[""]) add(node);
    add_dependents();
    add_needs();
    add_free_parts();
  }

  Catalog part_of(const Catalog& catalog) const {
    Catalog part;
    part.server_version = catalog.server_version;
    for (const Object& object : catalog.objects())
      if (in_[index_.at(object.id)]) part.add(object);
    part.sort();
    return part;
  }

  std::size_t size() const {
    return static_cast<std::size_t>(std::count(in_.begin(), in_.end(), true));
  }

 private:
  void add_node(const Object& object) {
    const auto [at, is_new] = index_.emplace(object.id, ids_.size());
    if (!is_new) return;
    ids_.push_back(object.id);
    if (!has_own_name(object.kind())) return;
    // A quoted name may hold several words; the first one gives it away.
    std::string first;
    for_each_word(object.id.path()[1], [&](std::string_view word) {
      if (first.empty()) first = lower_case(word);
    });
    named_[first].push_back(at->second);
  }

  void add_edges(const Object& object) {
    needs_.resize(ids_.size());
    users_.resize(ids_.size());
    parts_.resize(ids_.size());
    root_.resize(ids_.size());
    in_.resize(ids_.size(), false);
    touched_.resize(ids_.size(), false);
    const NodeIndex node = index_.at(object.id);
    root_[node] = root_of(object);
    if (root_[node] != node) parts_[root_[node]].push_back(node);
    if (const auto parent = index_.find(object.parent); parent != index_.end())
      link(node, parent->second);
    for (const Edge& edge : object.depends)
      if (const auto target = index_.find(edge.target); target != index_.end())
        link(node, target->second);
  }

  void link(NodeIndex user, NodeIndex needed) {
    needs_[user].push_back(needed);
    users_[needed].push_back(user);
  }

  // What it stands in and under a name of its own, or itself.
  NodeIndex root_of(const Object& object) const {
    const Object* root = &object;
    while (!has_own_name(root->kind()) && !root->parent.empty()) {
      const Object* parent = from_.find(root->parent);
      if (parent == nullptr) parent = to_.find(root->parent);
      if (parent == nullptr || parent->kind().names_others) break;
      root = parent;
    }
    return index_.at(root->id);
  }

  // What acts on whatever is done: an extension, a default privilege, an event trigger.
  bool is_of_everyone(NodeIndex node) const { return !has_own_name(ids_[root_[node]].kind()); }

  void mark_family(NodeIndex root, std::vector<bool>& marks) const {
    marks[root] = true;
    for (const NodeIndex part : parts_[root]) marks[part] = true;
  }

  void add(NodeIndex node) {
    if (in_[node]) return;
    in_[node] = true;
    queue_.push_back(node);
  }

  void add_dependents() {
    std::vector<NodeIndex> reached;
    for (NodeIndex node = 0; node < ids_.size(); ++node)
      if (touched_[node]) reached.push_back(node);
    std::vector<bool> seen = touched_;
    while (!reached.empty()) {
      const NodeIndex node = reached.back();
      reached.pop_back();
      for (const NodeIndex user : users_[node]) {
        add(user);
        if (!seen[user]) reached.push_back(user);
        seen[user] = true;
      }
    }
  }

  void add_needs() {
    while (!queue_.empty()) {
      const NodeIndex node = queue_.back();
      queue_.pop_back();
      for (const NodeIndex needed : needs_[node]) {
        add(needed);
        // Of a relation that is needed as a whole, its columns are.
        if (root_[node] == node && root_[needed] == needed)
          for (const NodeIndex part : parts_[needed])
            if (ids_[part].kind().recorded_order) add(part);
      }
      for (const Catalog* catalog : {&from_, &to_})
        if (const Object* object = catalog->find(ids_[node])) add_words(*object);
    }
  }

  // A body that is no SQL to us may use what its words name.
  void add_words(const Object& object) {
    const auto fields = object.kind().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].shape != Shape::body) continue;
      if (const std::string* body = object.values[i].text())
        for_each_word(*body, [&](std::string_view word) {
          if (const auto found = named_.find(lower_case(word)); found != named_.end())
            for (const NodeIndex node : found->second) add(node);
        });
    }
  }

  void add_free_parts() {
    for (NodeIndex root = 0; root < ids_.size(); ++root) {
      if (!in_[root]) continue;
      for (bool more = true; more;) {
        more = false;
        for (const NodeIndex part : parts_[root]) {
          if (in_[part] || !std::all_of(needs_[part].begin(), needs_[part].end(),
                                        [&](NodeIndex needed) { return in_[needed]; }))
            continue;
          in_[part] = more = true;
        }
      }
    }
  }

  const Catalog &from_, &to_;
  std::unordered_map<ObjectId, NodeIndex, ObjectIdHash> index_;
  std::vector<ObjectId> ids_;
  std::unordered_map<std::string, std::vector<NodeIndex>> named_;
  std::vector<std::pair<NodeIndex, NodeIndex>> twins_;
  std::vector<std::vector<NodeIndex>> needs_, users_, parts_;
  std::vector<NodeIndex> root_;
  std::vector<bool> touched_, in_;
  std::vector<NodeIndex> queue_;
};

bool same_change(const Change& a, const Change& b) {
  return a.verb == b.verb && a.id == b.id && a.field == b.field;
}

}  // namespace

std::optional<Reach> reach_of(const Catalog& from, const Catalog& to, const Intents& intents,
                              const std::vector<ObjectId>& touched) {
  const auto renames_all = [](const Rename& rename) { return rename.from.kind().names_others; };
  if (std::any_of(intents.renames.begin(), intents.renames.end(), renames_all)) return {};
  const Renamed renamed = apply_renames(from, to, intents.renames);
  Graph graph(from, to, renamed);
  for (const ObjectId& id : touched) graph.touch(id);
  for (const auto& [was, now] : renamed.ids)
    if (!(now == was)) {
      graph.touch(was);
      graph.touch(now);
    }
  const auto all_changes = diff(renamed.catalog, to);
  for (const Change& change : all_changes) graph.touch(change.id);
  graph.close();
  // Two proofs where the first one fails must not cost much more than one.
  if (graph.size() * 2 > std::max(from.size(), to.size())) return {};
  Reach reach{graph.part_of(from), graph.part_of(to)};
  const Catalog part = apply_renames(reach.from, reach.to, intents.renames).catalog;
  const auto changes = diff(part, reach.to);
  if (!std::equal(all_changes.begin(), all_changes.end(), changes.begin(), changes.end(),
                  same_change))
    return {};
  return reach;
}

}  // namespace schemac
