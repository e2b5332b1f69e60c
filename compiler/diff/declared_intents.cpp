#include "compiler/diff/declared_intents.h"

#include <algorithm>
#include <unordered_set>

#include "compiler/diff/named_values.h"

namespace schemac {
namespace {

using State = DeclaredIntent::State;
using Ids = std::unordered_set<ObjectId, ObjectIdHash>;

class Intents {
 public:
  Intents(const Catalog& from, const Catalog& to, const std::vector<Change>& changes)
      : from_(from), to_(to) {
    for (const Change& change : changes) {
      if (change.verb == Change::Verb::create) created_.insert(change.id);
      if (change.verb == Change::Verb::set) changed_.insert(change.id);
      if (change.verb == Change::Verb::rename) renamed_.insert(change.id);
    }
  }

  std::vector<DeclaredIntent> run() {
    for (const Object& object : to_.objects()) {
      if (object.was)
        found_.push_back({&object, nullptr, object.was->text, {}, state_of_was(object)});
      const auto& fields = object.kind().fields;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        if (object.values[i].absent()) continue;
        if (fields[i].role == Role::intent)
          found_.push_back({&object, &fields[i], {}, {}, state_of_field(object)});
      }
      add_values(object);
    }
    return std::move(found_);
  }

 private:
  // Where everything is made, or all that the object stands in, there was nothing to rename.
  bool begins(const Object& object) const {
    return object.parent.empty() ? from_.empty() : created_.contains(object.parent);
  }

  State state_of_was(const Object& object) const {
    if (renamed_.contains(object.id)) return State::open;
    if (!created_.contains(object.id)) return State::done;
    return begins(object) ? State::open : State::unknown;
  }

  State state_of_field(const Object& object) const {
    return created_.contains(object.id) || changed_.contains(object.id) ? State::open : State::done;
  }

  void add_values(const Object& now) {
    const Object* was = from_.find(now.id);
    for (const NamedValue& value : named_values(now))
      if (!value.former.empty())
        found_.push_back({&now, nullptr, value.former, value.name,
                          was == nullptr ? State::open : state_of_value(*was, now, value)});
  }

  static State state_of_value(const Object& was, const Object& now, const NamedValue& value) {
    for (const ValueRename& rename : value_renames(was, now))
      if (rename.from == value.former && rename.to == value.name) return State::open;
    const std::vector<NamedValue> before = named_values(was);
    const bool there = std::any_of(before.begin(), before.end(), [&](const NamedValue& other) {
      return other.name == value.name;
    });
    return there ? State::done : State::unknown;
  }

  const Catalog& from_;
  const Catalog& to_;
  Ids created_, changed_, renamed_;
  std::vector<DeclaredIntent> found_;
};

}  // namespace

std::vector<DeclaredIntent> declared_intents(const Catalog& from, const Catalog& to,
                                             const std::vector<Change>& changes) {
  return Intents(from, to, changes).run();
}

}  // namespace schemac
