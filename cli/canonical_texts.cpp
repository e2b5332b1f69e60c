#include "cli/canonical_texts.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace schemac {
namespace {

// Whether two values are one but for what a server made of their texts.
bool same_written(const Value& a, const Value& b) {
  const SqlText *text = a.sql(), *other_text = b.sql();
  if (text != nullptr && other_text != nullptr) return text->written == other_text->written;
  const List *list = a.list(), *other_list = b.list();
  if (list == nullptr || other_list == nullptr) return a == b;
  return std::equal(list->begin(), list->end(), other_list->begin(), other_list->end(),
                    same_written);
}

// Whether the value has a text that no server has seen.
bool lacks_canonical(const Value& value) {
  return any_text(value, [](const SqlText& text) { return text.canonical.empty(); });
}

bool facts_differ(const Object& a, const Object& b) {
  if (a.kind().recorded_order && a.position != b.position) return true;
  const auto fields = a.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].role == Role::fact && !same_written(a.values[i], b.values[i])) return true;
  return false;
}

bool needs_server(const Object& object) {
  const auto fields = object.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].role == Role::fact && lacks_canonical(object.values[i])) return true;
  return false;
}

using FamilyIndex = std::size_t;

// A family is an object that stands alone, or in a schema, with all that stands in it: a table with
// its columns and constraints. What needs a part of one is taken to need all of it, as `select *`
// does.
class Families {
 public:
  explicit Families(const Catalog& catalog) : catalog_(catalog) {
    for (const Object& object : catalog.objects()) {
      const FamilyIndex family = family_of(object.id);
      if (family >= members_.size()) members_.resize(family + 1);
      members_[family].push_back(&object);
    }
    needs_.resize(members_.size());
    for (FamilyIndex family = 0; family < members_.size(); ++family) find_needs(family);
  }

  std::size_t count() const { return members_.size(); }
  const std::vector<const Object*>& members(FamilyIndex family) const { return members_[family]; }
  // Families that each one needs, each once.
  const std::vector<std::vector<FamilyIndex>>& needs() const { return needs_; }
  // The family of an object of the catalog.
  FamilyIndex of(const ObjectId& id) const { return index_.at(id); }

 private:
  FamilyIndex family_of(const ObjectId& id) {
    if (const auto known = index_.find(id); known != index_.end()) return known->second;
    const Object* object = catalog_.find(id);
    const bool member = object != nullptr && !object->parent.empty() &&
                        object->parent.kind().scope != Scope::database;
    const FamilyIndex family = member ? family_of(object->parent) : next_++;
    index_.emplace(id, family);
    return family;
  }

  void find_needs(FamilyIndex family) {
    for (const Object* object : members_[family]) {
      for (const Edge& edge : object->depends)
        if (catalog_.contains(edge.target)) needs_[family].push_back(family_of(edge.target));
      if (!object->parent.empty() && catalog_.contains(object->parent))
        needs_[family].push_back(family_of(object->parent));
    }
    auto& list = needs_[family];
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    std::erase(list, family);
  }

  const Catalog& catalog_;
  std::unordered_map<ObjectId, FamilyIndex, ObjectIdHash> index_;
  FamilyIndex next_ = 0;
  std::vector<std::vector<const Object*>> members_;
  std::vector<std::vector<FamilyIndex>> needs_;
};

// Everything that `start` leads to.
std::vector<bool> reachable(std::vector<bool> start,
                            const std::vector<std::vector<FamilyIndex>>& next) {
  std::vector<FamilyIndex> queue;
  for (FamilyIndex family = 0; family < start.size(); ++family)
    if (start[family]) queue.push_back(family);
  while (!queue.empty()) {
    const FamilyIndex family = queue.back();
    queue.pop_back();
    for (const FamilyIndex other : next[family]) {
      if (start[other]) continue;
      start[other] = true;
      queue.push_back(other);
    }
  }
  return start;
}

// Families that are not what they were: a part changed, came, or went, or what it needed did.
std::vector<bool> changed_families(const Families& families, const Catalog& declared,
                                   const Catalog& recorded) {
  std::unordered_map<ObjectId, std::size_t, ObjectIdHash> children_before;
  for (const Object& object : recorded.objects())
    if (!object.parent.empty()) ++children_before[object.parent];
  std::vector<bool> changed(families.count(), false);
  for (FamilyIndex family = 0; family < families.count(); ++family) {
    std::unordered_map<ObjectId, std::size_t, ObjectIdHash> children_now;
    for (const Object* object : families.members(family)) {
      const Object* was = recorded.find(object->id);
      if (was == nullptr || facts_differ(*was, *object) ||
          std::any_of(was->depends.begin(), was->depends.end(),
                      [&](const Edge& edge) { return !declared.contains(edge.target); }))
        changed[family] = true;
      if (!object->parent.empty()) ++children_now[object->parent];
    }
    for (const Object* object : families.members(family))
      if (object->kind().scope != Scope::database &&
          children_now[object->id] != children_before[object->id])
        changed[family] = true;
  }
  return changed;
}

}  // namespace

Catalog carry_canonical_texts(Catalog& declared, const Catalog& recorded) {
  const Families families(declared);
  std::vector<std::vector<FamilyIndex>> needed_by(families.count());
  for (FamilyIndex family = 0; family < families.count(); ++family)
    for (const FamilyIndex other : families.needs()[family]) needed_by[other].push_back(family);
  std::vector<bool> asked = changed_families(families, declared, recorded);
  const std::vector<bool> unstable = reachable(asked, needed_by);
  for (FamilyIndex family = 0; family < families.count(); ++family)
    for (const Object* object : families.members(family)) {
      const Object* was = recorded.find(object->id);
      const bool known = !unstable[family] && was != nullptr && !needs_server(*was);
      if (!known && needs_server(*object)) asked[family] = true;
    }
  const std::vector<bool> built = reachable(asked, families.needs());
  const bool any = std::find(asked.begin(), asked.end(), true) != asked.end();
  Catalog to_build;
  std::vector<Object*> carried;
  for (FamilyIndex family = 0; family < families.count(); ++family)
    for (const Object* object : families.members(family)) {
      if (any && (built[family] || object->kind().scope == Scope::database))
        to_build.add(*object);
      else if (needs_server(*object))
        carried.push_back(declared.find(object->id));
    }
  for (Object* object : carried) {
    const Object& was = *recorded.find(object->id);
    const auto fields = object->kind().fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields[i].role == Role::fact && lacks_canonical(object->values[i]))
        object->values[i] = was.values[i];
  }
  to_build.sort();
  return to_build;
}

Catalog with_needs(const Catalog& catalog, const std::vector<ObjectId>& wanted) {
  const Families families(catalog);
  std::vector<bool> built(families.count(), false);
  for (const ObjectId& id : wanted) built[families.of(id)] = true;
  built = reachable(std::move(built), families.needs());
  Catalog result;
  for (FamilyIndex family = 0; family < families.count(); ++family)
    for (const Object* object : families.members(family))
      if (built[family] || object->kind().scope == Scope::database) result.add(*object);
  result.sort();
  return result;
}

}  // namespace schemac
