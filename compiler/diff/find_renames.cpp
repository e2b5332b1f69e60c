#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "compiler/diff/diff.h"
#include "compiler/names/auto_name.h"

namespace schemac {
namespace {

using IdMap = std::unordered_map<ObjectId, ObjectId, ObjectIdHash>;

std::string text_of(std::string_view part) {
  return std::string(part);
}

// The id that `object` of the catalog after had before, given those of what it stands in.
ObjectId former_id(const Object& object, const Catalog& to, IdMap& known) {
  if (const auto at = known.find(object.id); at != known.end()) return at->second;
  const std::string name = object.was ? object.was->text : text_of(object.id.name());
  const auto path = object.id.path();
  const auto of_parent = [&]() -> std::string {
    const Object* parent = to.find(object.parent);
    return parent == nullptr ? object.parent.key() : former_id(*parent, to, known).key();
  };
  const auto of_schema = [&]() -> std::string {
    const ObjectId schema(namespace_kind(), {path[0]});
    const Object* found = to.find(schema);
    return found != nullptr && found->was ? found->was->text : text_of(path[0]);
  };
  std::string key;
  switch (object.kind().scope) {
    case Scope::database:
      key = name;
      break;
    case Scope::schema:
      key = of_schema() + '\0' + name;
      break;
    case Scope::signature:
      key = of_schema() + '\0' + name + '\0' + text_of(path.back());
      break;
    case Scope::parent:
      key = of_parent() + '\0' + name;
      break;
    case Scope::single:
      key = of_parent();
      break;
    case Scope::target:
      key = text_of(path[0]) + '\0' + of_parent();
      break;
    case Scope::attached:
      key = text_of(path[0]) + '\0' + of_parent() + '\0' + text_of(path.back());
      break;
  }
  const ObjectId result = ObjectId::from_key(object.kind(), std::move(key));
  known.emplace(object.id, result);
  return result;
}

// The renames that the `was` of a catalog ask for.
class DeclaredRenames {
 public:
  DeclaredRenames(const Catalog& from, const Catalog& to) : from_(from), to_(to) {}

  std::vector<Rename> run() {
    std::vector<Rename> renames;
    for (const Object& object : to_.objects())
      if (object.was && applies(object)) add({former_id(object, to_, known_), object.id}, renames);
    return renames;
  }

 private:
  // Of several that say to have been one, as indexes of two tables, it is the one that stands where
  // that stood.
  void add(Rename rename, std::vector<Rename>& renames) {
    const auto [other, first] = claimed_.emplace(rename.from, renames.size());
    if (first)
      renames.push_back(std::move(rename));
    else if (stayed(rename))
      renames[other->second] = std::move(rename);
  }

  bool stayed(const Rename& rename) {
    const Object* parent = to_.find(to_.find(rename.to)->parent);
    return parent != nullptr && former_id(*parent, to_, known_) == from_.find(rename.from)->parent;
  }

  // Not where it was applied already, was never true, or the old name lives on: unless what has the
  // old name now got it by a rename itself.
  bool applies(const Object& object) {
    const ObjectId former = former_id(object, to_, known_);
    if (former.name() == object.id.name() || !from_.contains(former)) return false;
    const Object* occupant = to_.find(with_last_name(object.id, former.name()));
    if (occupant == nullptr) return true;
    const ObjectId there = with_last_name(former, object.id.name());
    return occupant->was && !from_.contains(there) && asked_.insert(&object).second &&
           applies(*occupant);
  }

  static ObjectId with_last_name(const ObjectId& id, std::string_view name) {
    auto path = id.path();
    path[id.kind().scope == Scope::signature ? path.size() - 2 : path.size() - 1] = name;
    return ObjectId(id.kind(), path);
  }

  const Catalog& from_;
  const Catalog& to_;
  IdMap known_;
  std::unordered_map<ObjectId, std::size_t, ObjectIdHash> claimed_;  // former ids, by rename
  std::set<const Object*> asked_;  // chains that lead back to their start are none
};

// The name that a server would have made, or "" for what is always named by its author.
std::string made_name(const Object& object, const Catalog& catalog, TextCache& cache) {
  const KindInfo& kind = object.kind();
  if (kind.naming == Naming::automatic) return make_name(name_parts(object, catalog, cache), 0);
  for (std::size_t i = 0; i < kind.fields.size(); ++i) {
    const List* owner = object.values[i].list();
    if (kind.fields[i].refers != Refers::owner_column || owner == nullptr) continue;
    return make_name({(*owner)[1].ident()->text, (*owner)[2].ident()->text, "seq"}, 0);
  }
  return {};
}

bool has_made_name(const Object& object, const Catalog& catalog, TextCache& cache) {
  const std::string made = made_name(object, catalog, cache);
  if (made.empty() || !object.id.name().starts_with(made)) return false;
  const std::string_view number = object.id.name().substr(made.size());
  return number.find_first_not_of("0123456789") == std::string_view::npos;
}

bool same_facts(const Object& a, const Object& b) {
  for (std::size_t i = 0; i < a.kind().fields.size(); ++i)
    if (a.kind().fields[i].role == Role::fact &&
        !same(a.kind().fields[i], a.values[i], b.values[i]).same)
      return false;
  return true;
}

// What has the name that a server makes of its table's and columns' names goes with these: it is
// renamed where it is otherwise the same.
void follow_renames(const Catalog& from, const Catalog& to, std::vector<Rename>& renames) {
  const Renamed after = apply_renames(from, to, renames);
  const Catalog& renamed = after.catalog;
  TextCache cache;
  std::map<std::pair<const KindInfo*, std::string>, std::vector<const Object*>> left;
  for (const Object& object : from.objects()) {
    const Object* moved = renamed.find(after.ids.at(object.id));
    if (!to.contains(moved->id) && has_made_name(object, from, cache))
      left[{&moved->kind(), moved->parent.key()}].push_back(&object);
  }
  for (const Object& object : to.objects()) {
    const auto candidates = left.find({&object.kind(), object.parent.key()});
    if (candidates == left.end() || object.was || renamed.contains(object.id) ||
        !has_made_name(object, to, cache))
      continue;
    const auto match =
        std::find_if(candidates->second.begin(), candidates->second.end(), [&](const Object* was) {
          return same_facts(*renamed.find(after.ids.at(was->id)), object);
        });
    if (match == candidates->second.end()) continue;
    renames.push_back({(*match)->id, object.id});
    candidates->second.erase(match);
  }
}

}  // namespace

std::vector<Rename> find_renames(const Catalog& from, const Catalog& to) {
  std::vector<Rename> renames = DeclaredRenames(from, to).run();
  if (!renames.empty()) follow_renames(from, to, renames);
  return renames;
}

}  // namespace schemac
