#include "cli/canonical_texts.h"

#include <algorithm>
#include <unordered_map>

#include "compiler/diff/diff.h"

namespace schemac {
namespace {

// Whether the value has a text that no server has seen.
bool lacks_canonical(const Value& value) {
  return any_text(value, [](const SqlText& text) { return text.canonical.empty(); });
}

bool facts_differ(const Object& a, const Object& b) {
  if (a.kind().recorded_order && a.position != b.position) return true;
  const auto fields = a.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].role == Role::fact && !same(fields[i], a.values[i], b.values[i]).same)
      return true;
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
                            const std::vector<std::vector<std::size_t>>& next) {
  std::vector<std::size_t> queue;
  for (std::size_t i = 0; i < start.size(); ++i)
    if (start[i]) queue.push_back(i);
  while (!queue.empty()) {
    const std::size_t from = queue.back();
    queue.pop_back();
    for (const std::size_t other : next[from]) {
      if (start[other]) continue;
      start[other] = true;
      queue.push_back(other);
    }
  }
  return start;
}

// Marks by the place of an object in its catalog.
using Marks = std::vector<bool>;

// Objects that are not what they were: a value changed, a part came or went, or what it needed did.
Marks changed_objects(const Catalog& declared, const Catalog& recorded) {
  const Children children_now(declared), children_before(recorded);
  Marks changed;
  for (const Object& object : declared.objects()) {
    const Object* was = recorded.find(object.id);
    const bool holds_parts = object.kind().scope != Scope::database;
    changed.push_back(was == nullptr || facts_differ(*was, object) ||
                      (holds_parts &&
                       children_now.of(object.id).size() != children_before.of(object.id).size()) ||
                      std::any_of(was->depends.begin(), was->depends.end(), [&](const Edge& edge) {
                        return !declared.contains(edge.target);
                      }));
  }
  return changed;
}

// What is marked and everything that stands on it or in it, at first hand or through others: all
// whose texts may come out otherwise. A table does not stand on one that its key refers to, the key
// alone does.
Marks unstable_objects(const Catalog& catalog, Marks changed) {
  const auto place = [&](const Object& object) {
    return static_cast<std::size_t>(&object - catalog.objects().data());
  };
  std::vector<std::vector<std::size_t>> needed_by(catalog.size());
  for (const Object& object : catalog.objects()) {
    const auto add = [&](const ObjectId& id) {
      if (const Object* needed = catalog.find(id))
        needed_by[place(*needed)].push_back(place(object));
    };
    for (const Edge& edge : object.depends) add(edge.target);
    if (!object.parent.empty() && object.parent.kind().scope != Scope::database) add(object.parent);
  }
  return reachable(std::move(changed), needed_by);
}

}  // namespace

Catalog carry_canonical_texts(Catalog& declared, const Catalog& recorded) {
  const Families families(declared);
  const Marks changed = changed_objects(declared, recorded);
  const Marks unstable = unstable_objects(declared, changed);
  Marks asked(families.count(), false);
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const Object& object = declared.objects()[i];
    const Object* was = recorded.find(object.id);
    const bool known = !unstable[i] && was != nullptr && !needs_server(*was);
    if (changed[i] || (!known && needs_server(object))) asked[families.of(object.id)] = true;
  }
  const bool any = std::find(asked.begin(), asked.end(), true) != asked.end();
  const Marks built = reachable(std::move(asked), families.needs());
  Catalog to_build;
  for (Object& object : declared.objects()) {
    if (any && (built[families.of(object.id)] || object.kind().scope == Scope::database)) {
      to_build.add(object);
      continue;
    }
    const auto fields = object.kind().fields;
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields[i].role == Role::fact && lacks_canonical(object.values[i]))
        object.values.set(i, recorded.find(object.id)->values[i]);
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
