#include "compiler/diff/likely_renames.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/diagnostic.h"

namespace schemac {
namespace {

// What makes objects candidates for each other.
struct Bucket {
  std::vector<const Object*> dropped, created;
};
using BucketKey = std::pair<ObjectId, std::string>;  // parent, kind

// Kinds whose names an author writes, and that hold something that a new object would lack.
bool can_be_renamed(const KindInfo& kind) {
  return kind.naming == Naming::required && !stands_on_others(kind) && kind.scope != Scope::single;
}

bool same_facts(const Object& a, const Object& b) {
  const auto fields = a.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].role == Role::fact && !same(fields[i], a.values[i], b.values[i]).same)
      return false;
  return true;
}

// An object's children by what they are inside of it; two that are one in both parents are the
// same.
std::map<std::pair<std::string, std::string>, const Object*> members(const ObjectId& parent,
                                                                     const Children& children) {
  std::map<std::pair<std::string, std::string>, const Object*> found;
  for (const Object* child : children.of(parent))
    if (can_be_renamed(child->kind()))
      found.emplace(std::pair(std::string(child->kind().name), std::string(child->id.name())),
                    child);
  return found;
}

struct Sides {
  Children before, after;
};

bool alike(const Object& was, const Object& now, const Sides& sides) {
  const auto before = members(was.id, sides.before);
  const auto after = members(now.id, sides.after);
  if (before.empty() && after.empty()) return same_facts(was, now);
  std::size_t common = 0;
  for (const auto& [key, child] : before) {
    const auto at = after.find(key);
    if (at != after.end() && same_facts(*child, *at->second)) ++common;
  }
  // More than half of all that either has.
  return 2 * common > before.size() + after.size() - common;
}

// Lower comes first: same place, then nearness of the names.
using Rank = std::tuple<bool, std::size_t, std::size_t, std::size_t>;

std::size_t common_letters(std::string_view a, std::string_view b) {
  const auto prefix = std::mismatch(
      a.begin(), a.begin() + static_cast<long>(std::min(a.size(), b.size())), b.begin());
  return static_cast<std::size_t>(prefix.first - a.begin());
}

void pair_up(const Bucket& bucket, const Sides& sides, std::vector<Rename>& found) {
  // A parent that changes this much is rewritten, not renamed.
  constexpr std::size_t kCandidatesMax = 64;
  if (bucket.dropped.size() > kCandidatesMax || bucket.created.size() > kCandidatesMax) return;
  std::vector<Rank> ranks;
  for (std::size_t i = 0; i < bucket.dropped.size(); ++i)
    for (std::size_t j = 0; j < bucket.created.size(); ++j) {
      const Object& was = *bucket.dropped[i];
      const Object& now = *bucket.created[j];
      if (!alike(was, now, sides)) continue;
      const bool moved = !was.kind().recorded_order || was.position != now.position;
      ranks.emplace_back(
          moved, 64 - std::min<std::size_t>(64, common_letters(was.id.name(), now.id.name())), i,
          j);
    }
  std::sort(ranks.begin(), ranks.end());
  std::set<std::size_t> used_dropped, used_created;
  for (const auto& [moved, distance, i, j] : ranks) {
    if (used_dropped.contains(i) || used_created.contains(j)) continue;
    used_dropped.insert(i);
    used_created.insert(j);
    found.push_back({bucket.dropped[i]->id, bucket.created[j]->id});
  }
}

}  // namespace

std::vector<Rename> likely_renames(const Catalog& from, const Catalog& to) {
  std::map<BucketKey, Bucket> buckets;
  for (const Object& was : from.objects())
    if (!to.contains(was.id) && can_be_renamed(was.kind()))
      buckets[{was.parent, std::string(was.kind().name)}].dropped.push_back(&was);
  for (const Object& now : to.objects())
    if (!from.contains(now.id) && can_be_renamed(now.kind()))
      buckets[{now.parent, std::string(now.kind().name)}].created.push_back(&now);
  const Sides sides{Children(from), Children(to)};
  std::vector<Rename> found;
  for (const auto& [key, bucket] : buckets) {
    // What stands in an object that goes with its parent goes with it, not to another name.
    const ObjectId& parent = key.first;
    if (!parent.empty() && (!from.contains(parent) || !to.contains(parent))) continue;
    pair_up(bucket, sides, found);
  }
  std::sort(found.begin(), found.end(),
            [](const Rename& a, const Rename& b) { return a.from < b.from; });
  return found;
}

}  // namespace schemac
