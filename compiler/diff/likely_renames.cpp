#include "compiler/diff/likely_renames.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "base/diagnostic.h"
#include "compiler/ir/type.h"

namespace schemac {
namespace {

// Beyond so many, not every pair is looked at: the time would grow with their product.
constexpr std::size_t kCandidatesMax = 64;

// Kinds whose names an author writes, and that hold something that a new object would lack.
bool can_be_renamed(const KindInfo& kind) {
  return kind.naming == Naming::required && !stands_on_others(kind) && kind.scope != Scope::single;
}

// What two objects have in common that can be one under two names: kind, parent, and what else of
// the path a name leaves alone.
std::string place_of(const Object& object) {
  std::string place(object.kind().name);
  (place += '\0') += object.parent.key();
  const Path path = object.id.path();
  const Scope scope = object.kind().scope;
  if (scope == Scope::schema || scope == Scope::signature) (place += '\0') += path.front();
  if (scope == Scope::signature) (place += '\0') += path.back();
  return place;
}

bool same_fields(const Object& a, const Object& b, bool types_alone) {
  const auto fields = a.kind().fields;
  bool any = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].role != Role::fact || (types_alone && fields[i].shape != Shape::type)) continue;
    any = true;
    if (!same(fields[i], a.values[i], b.values[i]).same) return false;
  }
  return any || !types_alone;
}

bool near_names(std::string_view a, std::string_view b) {
  constexpr std::size_t kLettersMin = 3;
  if (std::min(a.size(), b.size()) < kLettersMin) return false;
  return a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos ||
         !nearest(a, {b}).empty();
}

// What stands in an object, by kind and name.
struct Member {
  std::string key;
  const Object* object;
  bool operator<(const Member& other) const { return key < other.key; }
};
using Members = std::vector<Member>;

Member member(const Object& object) {
  std::string key(object.kind().name);
  (key += '\0') += object.id.name();
  return {std::move(key), &object};
}

// The members of the objects of one catalog.
class Contents {
 public:
  explicit Contents(const Catalog& catalog) : children_(catalog) {
    for (const Object& object : catalog.objects())
      if (object.parent.empty() && can_be_renamed(object.kind()) &&
          (object.kind().scope == Scope::schema || object.kind().scope == Scope::signature))
        in_namespace_[std::string(object.id.path().front())].push_back(member(object));
  }

  const Members& of(const Object& object) {
    const auto [at, added] = known_.try_emplace(&object);
    if (!added) return at->second;
    Members& members = at->second;
    if (object.kind().names_others)
      members = in_namespace_[std::string(object.id.name())];
    else
      for (const Object* child : children_.of(object.id))
        if (can_be_renamed(child->kind())) members.push_back(member(*child));
    std::sort(members.begin(), members.end());
    return members;
  }

 private:
  Children children_;
  std::unordered_map<std::string, Members> in_namespace_;
  std::unordered_map<const Object*, Members> known_;
};

// What makes objects candidates for each other.
struct Bucket {
  std::vector<const Object*> dropped, created;  // in id order
};

// By which of its features an object is found among many: those of one pair share more than half of
// their members.
std::vector<std::string> features(const Object& object, Contents& contents) {
  std::vector<std::string> found;
  for (const Member& member : contents.of(object)) found.push_back(member.key);
  if (!found.empty()) return found;
  const auto fields = object.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (const TypeRef* type = object.values[i].type()) found.push_back(to_string(*type));
  if (found.empty()) found.emplace_back();
  return {found.front()};
}

// For each that was dropped, the created ones that may be it.
class Candidates {
 public:
  Candidates(const Bucket& bucket, Contents& before, Contents& after)
      : bucket_(bucket), before_(before) {
    all_ = bucket.dropped.size() * bucket.created.size() <= kCandidatesMax * kCandidatesMax;
    if (all_) return;
    for (std::size_t j = 0; j < bucket.created.size(); ++j)
      for (std::string& feature : features(*bucket.created[j], after))
        with_[std::move(feature)].push_back(j);
  }

  std::vector<std::size_t> of(std::size_t i) {
    std::vector<std::size_t> found;
    if (all_) {
      for (std::size_t j = 0; j < bucket_.created.size(); ++j) found.push_back(j);
      return found;
    }
    std::vector<const std::vector<std::size_t>*> lists;
    static const std::vector<std::size_t> kNone;
    for (const std::string& feature : features(*bucket_.dropped[i], before_)) {
      const auto at = with_.find(feature);
      lists.push_back(at == with_.end() ? &kNone : &at->second);
    }
    std::sort(lists.begin(), lists.end(), [](auto* a, auto* b) { return a->size() < b->size(); });
    lists.resize(lists.size() / 2 + 1);
    for (const auto* list : lists) add_window(*list, i, found);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  // Of a long list, those about as far down as the object is among its own: new names mostly keep
  // the order of the old ones.
  void add_window(const std::vector<std::size_t>& list, std::size_t i,
                  std::vector<std::size_t>& found) const {
    const std::size_t count = std::min(list.size(), kCandidatesMax);
    const std::size_t middle = list.size() * i / bucket_.dropped.size();
    const std::size_t first = std::min(middle - std::min(middle, count / 2), list.size() - count);
    found.insert(found.end(), list.begin() + static_cast<std::ptrdiff_t>(first),
                 list.begin() + static_cast<std::ptrdiff_t>(first + count));
  }

  const Bucket& bucket_;
  Contents& before_;
  bool all_ = false;
  std::unordered_map<std::string, std::vector<std::size_t>> with_;
};

bool alike(const Object& was, const Object& now, Contents& contents_before,
           Contents& contents_after) {
  const Members& before = contents_before.of(was);
  const Members& after = contents_after.of(now);
  const bool whole = was.kind().names_others;
  if (before.empty() && after.empty())
    return !whole && (same_fields(was, now, false) ||
                      (near_names(was.id.name(), now.id.name()) && same_fields(was, now, true)));
  std::size_t common = 0;
  for (auto a = before.begin(), b = after.begin(); a != before.end() && b != after.end();) {
    if (*a < *b) {
      ++a;
    } else if (*b < *a) {
      ++b;
    } else {
      // What stands in two schemas may well speak of them.
      if (whole || same_fields(*a->object, *b->object, false)) ++common;
      ++a, ++b;
    }
  }
  // More than half of all that either has.
  return 2 * common > before.size() + after.size() - common;
}

std::size_t common_letters(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t first = 0, last = 0;
  while (first < most && a[first] == b[first]) ++first;
  while (last < most && a[a.size() - 1 - last] == b[b.size() - 1 - last]) ++last;
  return std::max(first, last);
}

// Lower comes first: same place, then nearness of the names.
using Rank = std::tuple<bool, std::size_t, std::size_t, std::size_t>;

void pair_up(const Bucket& bucket, Contents& before, Contents& after, const RuledOut& ruled_out,
             std::vector<LikelyRename>& found) {
  std::vector<Rank> ranks;
  Candidates candidates(bucket, before, after);
  for (std::size_t i = 0; i < bucket.dropped.size(); ++i)
    for (const std::size_t j : candidates.of(i)) {
      const Object& was = *bucket.dropped[i];
      const Object& now = *bucket.created[j];
      if (!alike(was, now, before, after) || ruled_out({{was.id, now.id}, {}})) continue;
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
    found.push_back({{bucket.dropped[i]->id, bucket.created[j]->id}, {}});
  }
}

void pair_values(const Catalog& from, const Catalog& to, const RuledOut& ruled_out,
                 std::vector<LikelyRename>& found) {
  for (const Object& was : from.objects()) {
    const Object* now = to.find(was.id);
    if (now == nullptr || was.values == now->values) continue;
    for (ValueRename& value : likely_value_renames(was, *now)) {
      LikelyRename pair{{was.id, now->id}, std::move(value)};
      if (!ruled_out(pair)) found.push_back(std::move(pair));
    }
  }
}

}  // namespace

std::vector<LikelyRename> likely_renames(const Catalog& from, const Catalog& to,
                                         const RuledOut& ruled_out) {
  std::map<std::string, Bucket> buckets;
  // What stands in an object that goes with its parent goes with it, not to another name.
  const auto parent_stays = [&](const Object& object) {
    return object.parent.empty() || (from.contains(object.parent) && to.contains(object.parent));
  };
  for (const Object& was : from.objects())
    if (!to.contains(was.id) && can_be_renamed(was.kind()) && parent_stays(was))
      buckets[place_of(was)].dropped.push_back(&was);
  std::vector<LikelyRename> found;
  if (!buckets.empty()) {
    for (const Object& now : to.objects())
      if (!from.contains(now.id) && can_be_renamed(now.kind()) && parent_stays(now))
        if (const auto at = buckets.find(place_of(now)); at != buckets.end())
          at->second.created.push_back(&now);
    Contents before(from), after(to);
    for (const auto& [key, bucket] : buckets)
      if (!bucket.created.empty()) pair_up(bucket, before, after, ruled_out, found);
  }
  pair_values(from, to, ruled_out, found);
  std::stable_sort(found.begin(), found.end(), [](const LikelyRename& a, const LikelyRename& b) {
    return a.objects.from < b.objects.from;
  });
  return found;
}

}  // namespace schemac
