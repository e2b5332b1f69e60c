#include "cli/rename_chain.h"

#include <algorithm>

namespace schemac {

ObjectId renamed(const ObjectId& id, const std::vector<Rename>& renames) {
  for (const Rename& rename : renames)
    if (rename.from == id) return rename.to;
  for (const Rename& rename : renames) {
    const auto& parents = id.kind().parents;
    const std::string head = rename.from.key() + '\0';
    if (id.key().starts_with(head) &&
        std::find(parents.begin(), parents.end(), rename.from.kind().name) != parents.end())
      return ObjectId::from_key(id.kind(), rename.to.key() + '\0' + id.key().substr(head.size()));
  }
  return id;
}

void continue_renames(std::vector<Rename>& known, const std::vector<Rename>& next) {
  const std::size_t size = known.size();
  for (std::size_t i = 0; i < size; ++i) known[i].to = renamed(known[i].to, next);
  for (const Rename& rename : next)
    if (std::none_of(known.begin(), known.end(),
                     [&](const Rename& other) { return other.to == rename.to; }))
      known.push_back(rename);
}

}  // namespace schemac
