#include "compiler/plan/world.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace schemac {

World::World(const Catalog& from, const Catalog& to) {
  const std::size_t count_min = std::max(from.size(), to.size());
  ids_.reserve(count_min);
  before_.reserve(count_min);
  after_.reserve(count_min);
  auto was = from.objects().begin();
  auto now = to.objects().begin();
  const auto add = [&](const Object* before, const Object* after) {
    ids_.push_back(after != nullptr ? &after->id : &before->id);
    before_.push_back(before);
    after_.push_back(after);
  };
  while (was != from.objects().end() || now != to.objects().end()) {
    if (now == to.objects().end() || (was != from.objects().end() && was->id < now->id))
      add(&*was++, nullptr);
    else if (was == from.objects().end() || now->id < was->id)
      add(nullptr, &*now++);
    else
      add(&*was++, &*now++);
  }
  index_.reserve(ids_.size());
  for (ObjectIndex i = 0; i < ids_.size(); ++i) index_.insert(*ids_[i], i);
  link(was_, before_);
  link(now_, after_);
}

ObjectIndex World::index_of(const ObjectId& id) const {
  return index_.find(id, [this](ObjectIndex i) -> const ObjectId& { return *ids_[i]; });
}

ObjectId World::parent_of_path(const ObjectId& id) const {
  const std::string key = id.key().substr(0, id.key().rfind('\0'));
  for (const std::string_view kind : id.kind().parents) {
    const ObjectId parent = ObjectId::from_key(*find_kind(kind), key);
    if (index_of(parent) != kNoObject) return parent;
  }
  return {};
}

std::vector<ObjectIndex> World::namesakes_above(ObjectIndex object) const {
  std::vector<ObjectIndex> namesakes, holders{now_.parent[object]};
  if (holders.front() == kNoObject) return namesakes;
  const KindInfo* kind = &id(holders.front()).kind();
  const std::string name = '\0' + std::string(id(object).name());
  for (std::size_t next = 0; next < holders.size(); ++next)
    for (const ObjectIndex on : now_.depends[holders[next]]) {
      if (&id(on).kind() != kind || std::find(holders.begin(), holders.end(), on) != holders.end())
        continue;
      holders.push_back(on);
      const ObjectIndex found =
          index_of(ObjectId::from_key(id(object).kind(), id(on).key() + name));
      if (found != kNoObject) namesakes.push_back(found);
    }
  return namesakes;
}

bool World::Side::leads(ObjectIndex from, ObjectIndex to) const {
  std::unordered_set<ObjectIndex> seen{from};
  std::vector<ObjectIndex> queue{from};
  while (!queue.empty()) {
    const ObjectIndex i = queue.back();
    queue.pop_back();
    for (const ObjectIndex on : depends[i]) {
      if (on == to) return true;
      if (seen.insert(on).second) queue.push_back(on);
    }
  }
  return false;
}

bool World::Side::stands_in(ObjectIndex object, ObjectIndex host) const {
  for (ObjectIndex at = object; at != kNoObject; at = parent[at])
    if (at == host) return true;
  return false;
}

void World::link(Side& side, const std::vector<const Object*>& objects) {
  side.parent.assign(size(), kNoObject);
  std::vector<Neighbours::Pair> children, depends, weak;
  for (ObjectIndex i = 0; i < size(); ++i) {
    if (objects[i] == nullptr) continue;
    if (!objects[i]->parent.empty()) {
      side.parent[i] = index_of(objects[i]->parent);
      if (side.parent[i] != kNoObject) children.emplace_back(side.parent[i], i);
    }
    for (const Edge& edge : objects[i]->depends) {
      const ObjectIndex target = index_of(edge.target);
      if (target == kNoObject || objects[target] == nullptr || target == i) continue;
      (edge.kind == EdgeKind::weak ? weak : depends).emplace_back(i, target);
    }
  }
  side.children = Neighbours(size(), children);
  side.weak = Neighbours(size(), weak);
  side.depends = Neighbours(size(), depends);
  for (auto& [object, target] : depends) std::swap(object, target);
  side.dependents = Neighbours(size(), depends);
}

Neighbours::Neighbours(std::size_t count, const std::vector<Pair>& pairs)
    : count_(count), neighbours_(pairs.size()) {
  if (pairs.empty()) return;
  begins_.resize(count + 1);
  for (const Pair& pair : pairs) ++begins_[pair.first + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (const Pair& pair : pairs) neighbours_[next[pair.first]++] = pair.second;
}

}  // namespace schemac
