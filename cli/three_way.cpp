#include "cli/three_way.h"

#include <set>

#include "compiler/diff/diff.h"
#include "compiler/plan/value_words.h"

namespace schemac {
namespace {

bool same_values(const Object& one, const Object& other) {
  const auto& fields = one.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!same(fields[i], one.values[i], other.values[i]).same) return false;
  return true;
}

// Whether a side has an object as the base has it.
bool as_before(const Object* base, const Object* side) {
  if (base == nullptr || side == nullptr) return base == side;
  return same_values(*base, *side);
}

std::string words(const FieldInfo& field, const Value& value) {
  const std::string text = shown(value, field);
  return text.empty() ? "…" : text;
}

class Joiner {
 public:
  Joiner(const Catalog& base, const Catalog& ours, const Catalog& theirs)
      : base_(base), ours_(ours), theirs_(theirs) {}

  ThreeWay join() {
    std::set<ObjectId> ids;
    for (const Catalog* catalog : {&base_, &ours_, &theirs_})
      for (const Object& object : catalog->objects()) ids.insert(object.id);
    for (const ObjectId& id : ids) join(id);
    result_.joined.server_version = ours_.server_version;
    result_.joined.sort();
    return std::move(result_);
  }

 private:
  void join(const ObjectId& id) {
    const Object *base = base_.find(id), *ours = ours_.find(id), *theirs = theirs_.find(id);
    if (as_before(base, theirs)) return keep(ours);
    if (as_before(base, ours)) return keep(theirs);
    if (ours != nullptr && theirs != nullptr) return join(base, *ours, *theirs);
    if (ours == theirs) return;  // gone on both sides
    const auto state = [](const Object* object) { return object == nullptr ? "gone" : "changed"; };
    result_.conflicts.push_back({id, "", "there", state(ours), state(theirs)});
    keep(ours);
  }

  void join(const Object* base, const Object& ours, const Object& theirs) {
    Object joined = ours;
    const auto& fields = ours.kind().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const Value none;
      const Value& was = base == nullptr ? none : base->values[i];
      if (same(fields[i], was, theirs.values[i]).same ||
          same(fields[i], ours.values[i], theirs.values[i]).same)
        continue;
      if (same(fields[i], was, ours.values[i]).same) {
        joined.values.set(static_cast<FieldIndex>(i), theirs.values[i]);
        continue;
      }
      result_.conflicts.push_back({ours.id, std::string(fields[i].name), words(fields[i], was),
                                   words(fields[i], ours.values[i]),
                                   words(fields[i], theirs.values[i])});
    }
    keep(&joined);
  }

  void keep(const Object* object) {
    if (object != nullptr) result_.joined.add(*object);
  }

  const Catalog &base_, &ours_, &theirs_;
  ThreeWay result_;
};

}  // namespace

ThreeWay three_way(const Catalog& base, const Catalog& ours, const Catalog& theirs) {
  return Joiner(base, ours, theirs).join();
}

}  // namespace schemac
