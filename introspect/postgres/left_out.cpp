#include "introspect/postgres/left_out.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "introspect/postgres/decode.h"

namespace schemac::postgres {
namespace {

// Which items need which: dependencies turned around, with children and members.
class Dependents {
 public:
  explicit Dependents(const Items& items) : of_(items.size()) {
    for (ItemIndex i = 0; i < items.size(); ++i) {
      const Item& item = items[i];
      const ItemIndex parent = item.parent_item;
      if (parent == kNoItem) continue;
      of_[parent].push_back(i);
      if (item.object.kind().recorded_order) of_[i].push_back(parent);
    }
  }
  void add(ItemIndex target, ItemIndex dependent) { of_[target].push_back(dependent); }
  const std::vector<ItemIndex>& of(ItemIndex item) const { return of_[item]; }

 private:
  std::vector<std::vector<ItemIndex>> of_;
};

class Marker {
 public:
  Marker(Items& items, const Dependencies& dependencies)
      : items_(items), dependencies_(dependencies) {}

  void mark(ItemIndex item, const std::string& why) {
    if (!items_[item].left_out.empty()) return;
    items_[item].left_out = why;
    queue_.push_back(item);
  }

  // Marks what hangs on the items marked so far.
  void spread() {
    if (queue_.empty()) return;
    Dependents dependents(items_);
    for (const Dependency& dependency : dependencies_.all()) {
      const ItemIndex target = items_.find_target(dependency.target, dependencies_);
      if (target == kNoItem) continue;
      const ItemIndex dependent = items_.find_dependent(dependency.dependent, dependencies_);
      if (dependent != kNoItem) dependents.add(target, dependent);
    }
    while (!queue_.empty()) {
      const ItemIndex item = queue_.back();
      queue_.pop_back();
      // Speak of the table rather than of the column or the key that is left out with it.
      ItemIndex whole = item;
      for (ItemIndex at = item; at != kNoItem; at = items_[at].parent_item)
        if (!items_[at].left_out.empty() || items_[item].object.kind().recorded_order) whole = at;
      for (ItemIndex dependent : dependents.of(item))
        mark(dependent, dependent == whole
                            ? to_string(items_[item].object.id) + " " + items_[item].left_out
                            : "needs " + to_string(items_[whole].object.id));
    }
  }

 private:
  Items& items_;
  const Dependencies& dependencies_;
  std::vector<ItemIndex> queue_;
};

}  // namespace

void read_unmanaged(const pqxx::result& rows, const Items& read, const Dependencies& dependencies,
                    const std::vector<std::string>& ignored_schemas,
                    std::vector<UnmanagedItem>& items) {
  for (pqxx::result::size_type i = 0; i < rows.size(); ++i) {
    const pqxx::row row = rows[i];
    const auto number = [&](pqxx::row::size_type column) {
      return std::strtoul(row[column].c_str(), nullptr, 10);
    };
    UnmanagedItem item;
    item.plural = row[0].c_str();
    item.noun = row[1].c_str();
    item.address = {static_cast<Oid>(number(2)), static_cast<Oid>(number(3)),
                    static_cast<std::int32_t>(number(4))};
    item.ignored = std::find(ignored_schemas.begin(), ignored_schemas.end(), row[5].c_str()) !=
                   ignored_schemas.end();
    item.name = row[6].c_str();
    item.blocks = row[7].c_str()[0] == 't';
    // Rights on an extension's objects are given by people; the objects themselves are not, nor is
    // what the server makes along with another object.
    if (item.blocks && (dependencies.extension_of(item.address).object != 0 ||
                        dependencies.owner_of(item.address).object != 0))
      continue;
    if (item.blocks && read.find(item.address) != kNoItem) continue;
    items.push_back(std::move(item));
  }
}

void mark_left_out(Items& items, const std::vector<UnmanagedItem>& unmanaged,
                   const Dependencies& dependencies) {
  Marker marker(items, dependencies);
  std::unordered_map<Address, const UnmanagedItem*, AddressHash> blocking;
  for (const UnmanagedItem& item : unmanaged)
    if (item.blocks) blocking.emplace(item.address, &item);
  const auto blocked_by = [&](Address at) -> const UnmanagedItem* {
    for (int steps = 0; at.object != 0 && steps < 8; ++steps) {
      if (const auto found = blocking.find(at.whole()); found != blocking.end())
        return found->second;
      at = dependencies.owner_of(at);
    }
    return nullptr;
  };
  for (const Dependency& dependency : dependencies.all()) {
    if (blocking.empty()) break;
    const UnmanagedItem* blocker = blocked_by(dependency.target);
    if (blocker == nullptr) continue;
    const ItemIndex item = items.find_dependent(dependency.dependent, dependencies);
    if (item == kNoItem) continue;
    marker.mark(item, "needs " + blocker->noun + " " + blocker->name);
  }
  for (ItemIndex i = 0; i < items.size(); ++i) {
    if (!items[i].ignored && !items[i].unresolved) continue;
    marker.mark(i, items[i].ignored ? "lies in an ignored schema" : "names what is not managed");
  }
  marker.spread();
}

std::vector<Unmanaged> report(const Items& items, const std::vector<UnmanagedItem>& unmanaged) {
  std::map<std::string, std::vector<std::string>> names;
  for (const UnmanagedItem& item : unmanaged)
    if (!item.ignored) names[item.plural].push_back(item.name);
  for (const Item& item : items.all()) {
    if (item.left_out.empty() || item.ignored) continue;
    // What stands inside something that is left out goes with it.
    const ItemIndex parent = item.parent_item;
    const KindInfo& kind = item.object.kind();
    const bool inside = !kind.parents.empty() || stands_on_others(kind);
    if (inside && parent != kNoItem && !items[parent].left_out.empty()) continue;
    names[std::string(kind.plural)].push_back(path_to_string(item.object.id) + " (" +
                                              item.left_out + ")");
  }
  std::vector<Unmanaged> result;
  for (auto& [plural, list] : names) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    result.push_back({plural, std::move(list)});
  }
  return result;
}

}  // namespace schemac::postgres
