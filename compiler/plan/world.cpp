#include "compiler/plan/world.h"

namespace schemac {

World::World(const Catalog& from, const Catalog& to) {
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

void World::link(Side& side, const std::vector<const Object*>& objects) {
  side.parent.assign(size(), kNoObject);
  side.children.resize(size());
  side.depends.resize(size());
  side.weak.resize(size());
  side.dependents.resize(size());
  for (ObjectIndex i = 0; i < size(); ++i) {
    if (objects[i] == nullptr) continue;
    if (!objects[i]->parent.empty()) {
      side.parent[i] = index_of(objects[i]->parent);
      if (side.parent[i] != kNoObject) side.children[side.parent[i]].push_back(i);
    }
    for (const Edge& edge : objects[i]->depends) {
      const ObjectIndex target = index_of(edge.target);
      if (target == kNoObject || objects[target] == nullptr || target == i) continue;
      if (edge.kind == EdgeKind::weak) {
        side.weak[i].push_back(target);
      } else {
        side.depends[i].push_back(target);
        side.dependents[target].push_back(i);
      }
    }
  }
}

}  // namespace schemac
