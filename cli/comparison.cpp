#include "cli/comparison.h"

#include <unordered_map>
#include <unordered_set>

namespace schemac {

std::vector<Difference> differences(const std::vector<Change>& changes, const Catalog& from,
                                    const Catalog& to) {
  std::unordered_set<ObjectId, ObjectIdHash> whole;  // objects that come or go
  for (const Change& change : changes)
    if (change.verb == Change::Verb::create || change.verb == Change::Verb::drop)
      whole.insert(change.id);
  std::vector<Difference> result;
  std::unordered_map<ObjectId, std::size_t, ObjectIdHash> sets;
  for (const Change& change : changes) {
    const Object* object =
        change.verb == Change::Verb::drop ? from.find(change.id) : to.find(change.id);
    if (object != nullptr && !object->parent.empty() && whole.contains(object->parent)) continue;
    if (change.verb != Change::Verb::set) {
      result.push_back({change.id, change.verb, "", change.unproven});
      continue;
    }
    const std::string field(change.id.kind().fields[change.field].name);
    const auto [at, first] = sets.try_emplace(change.id, result.size());
    if (first) {
      result.push_back({change.id, change.verb, field, change.unproven});
    } else {
      result[at->second].field += ", " + field;
      result[at->second].unproven = result[at->second].unproven && change.unproven;
    }
  }
  return result;
}

}  // namespace schemac
