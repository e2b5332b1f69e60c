#include "introspect/postgres/items.h"

#include <algorithm>

namespace schemac::postgres {

ItemIndex Items::add(Item item) {
  const auto index = static_cast<ItemIndex>(items_.size());
  if (item.address.object != 0) index_.emplace(item.address, index);
  items_.push_back(std::move(item));
  return index;
}

ItemIndex Items::find(const Address& address) const {
  const auto at = index_.find(address);
  return at == index_.end() ? kNoItem : at->second;
}

Address Items::origin_of(Address address) const {
  for (auto at = origins_.find(address); at != origins_.end(); at = origins_.find(address))
    address = at->second;
  return address;
}

ItemIndex Items::find_dependent(const Address& address, const Dependencies& dependencies) const {
  // A column that is another one's needs nothing that the other does not.
  if (find(address) == kNoItem && origins_.contains(address)) return kNoItem;
  Address at = address;
  // The row type of a table whose index backs a constraint … : chains are short.
  for (int steps = 0; at.object != 0 && steps < 8; ++steps) {
    if (const ItemIndex item = find(at); item != kNoItem) return item;
    if (at.column != 0)
      if (const ItemIndex item = find(at.whole()); item != kNoItem) return item;
    at = dependencies.owner_of(at);
  }
  return kNoItem;
}

ItemIndex Items::find_target(const Address& address, const Dependencies& dependencies) const {
  ItemIndex item = find_dependent(origin_of(address), dependencies);
  while (item != kNoItem && items_[item].attached) item = items_[item].parent_item;
  if (item != kNoItem) return item;
  for (Address at = address; at.object != 0; at = dependencies.owner_of(at))
    if (const Address extension = dependencies.extension_of(at); extension.object != 0)
      return find(extension);
  return kNoItem;
}

Address Items::made_column(const Address& relation, const std::string& name) const {
  const auto at = made_columns_.find({relation.object, name});
  return {relation.catalog, relation.object, at == made_columns_.end() ? 0 : at->second};
}

}  // namespace schemac::postgres
