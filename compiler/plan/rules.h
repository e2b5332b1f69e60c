#pragma once
// Rules: how a kind and each of its fields reach one database system. The planner calls them and
// knows nothing else of that system.

#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "compiler/plan/plan.h"

namespace schemac {

struct Target;

// What a rule may ask of the plan.
class Context {
 public:
  Context(const Catalog& from, const Catalog& to, const Children& from_children,
          const Children& to_children, const Target& target, std::span<const Rename> renames = {})
      : from_(from),
        to_(to),
        from_children_(from_children),
        to_children_(to_children),
        target_(target) {
    for (const Rename& rename : renames) former_names_.emplace(rename.to, rename.from.name());
  }

  // The object before and after; nullptr where it does not exist then.
  const Object* before(const ObjectId& id) const { return from_.find(id); }
  const Object* after(const ObjectId& id) const { return to_.find(id); }
  // Whether this plan creates it (a table nobody can see yet: locks, scans do not matter).
  bool is_new(const ObjectId& id) const { return !from_.contains(id) && to_.contains(id); }
  // The same, or whether the plan makes it anew, which only rules that create can know: those that
  // change something decide it.
  bool makes(const ObjectId& id) const { return is_new(id) || made_anew_.contains(id); }
  void add_made_anew(const ObjectId& id, bool for_itself) {
    made_anew_.insert(id);
    if (for_itself) replaced_.insert(id);
  }
  // Whether the plan makes it anew because of a change of its own, so that what it needs may stay
  // as it is; for rules that create, likewise.
  bool replaces(const ObjectId& id) const { return replaced_.contains(id); }
  // The name before this plan: `before` knows objects under the one that they get.
  std::string_view former_name(const ObjectId& id) const {
    const auto at = former_names_.find(id);
    return at == former_names_.end() ? id.name() : at->second;
  }
  std::span<const Object* const> children_before(const ObjectId& id) const {
    return from_children_.of(id);
  }
  std::span<const Object* const> children_after(const ObjectId& id) const {
    return to_children_.of(id);
  }
  // What needs the object, its own parts left out.
  const std::vector<const Object*>& dependents_before(const ObjectId& id) const {
    return dependents(from_, from_dependents_, id);
  }
  const std::vector<const Object*>& dependents_after(const ObjectId& id) const {
    return dependents(to_, to_dependents_, id);
  }
  const std::vector<Object>& all_before() const { return from_.objects(); }
  const Dialect& dialect() const;
  int server_version() const;
  // Whether statements on the relation should let others work meanwhile, at the price of taking
  // longer and of more transactions.
  bool online(const ObjectId& relation) const;

 private:
  using Dependents = std::unordered_map<ObjectId, std::vector<const Object*>, ObjectIdHash>;
  // Made when first asked for: most plans never do.
  static const std::vector<const Object*>& dependents(const Catalog& catalog,
                                                      std::optional<Dependents>& known,
                                                      const ObjectId& id) {
    static const std::vector<const Object*> none;
    if (!known) {
      known.emplace();
      for (const Object& object : catalog.objects())
        for (const Edge& edge : object.depends)
          if (edge.kind == EdgeKind::hard) (*known)[edge.target].push_back(&object);
    }
    const auto at = known->find(id);
    return at == known->end() ? none : at->second;
  }

  const Catalog& from_;
  const Catalog& to_;
  const Children& from_children_;
  const Children& to_children_;
  const Target& target_;
  std::unordered_map<ObjectId, std::string_view, ObjectIdHash> former_names_;
  std::unordered_set<ObjectId, ObjectIdHash> made_anew_, replaced_;
  mutable std::optional<Dependents> from_dependents_, to_dependents_;
};

enum class OnChange : std::uint8_t {
  alter,    // in place, by `alter`
  replace,  // drop and create
  ignore,   // not the database's to change; `why` says the reason
};

// How a change of one field reaches the database.
struct FieldRule {
  std::string_view field;
  OnChange on_change = OnChange::replace;
  // Changes of several fields that share one function make one call. std::nullopt: this very change
  // cannot be made in place, replace the object.
  std::optional<Actions> (*alter)(const Object& was, const Object& now, const Context&) = nullptr;
  // Whether dependents that hold SQL text (views, checks, defaults, indexes with expressions) must
  // be dropped before and created again after the change.
  bool rebuilds_texts = false;
  std::string_view why = {};
};

struct KindRules {
  Actions (*create)(const Object& now, const Context&) = nullptr;
  Actions (*drop)(const Object& was, const Context&) = nullptr;
  // Whether parts outlive the drop, which takes back a saying alone: a comment on a column that the
  // table goes on having from another. They get drops of their own.
  bool drop_keeps_parts = false;
  // nullptr: a rename is a drop and a create.
  Actions (*rename)(const Object& was, const Object& now, const Context&) = nullptr;
  // Where set, a replaced object is first moved aside by this, then created anew, its dependents
  // are carried over by their own `carry`, and the old one is dropped last by `drop_retired`: a
  // type whose columns must keep their rows.
  Actions (*retire)(const Object& was, const Context&) = nullptr;
  Actions (*drop_retired)(const Object& was, const Context&) = nullptr;
  // Moves an object over to the new form of `replaced`, which it depends on (ALTER COLUMN … TYPE).
  // nullptr: such a dependent is dropped before and created after instead.
  Actions (*carry)(const Object& was, const Object& now, const ObjectId& replaced,
                   const Context&) = nullptr;
  // Whether the object can neither change its type nor be dropped while its parent stays, so that
  // the parent is made anew instead: a column that a partition key names. nullptr: never.
  bool (*bound_to_parent)(const Object& was, const Context&) = nullptr;
  // Whether the server refuses a change under texts of what the object names even where it holds no
  // SQL text itself: it is dropped before and created after the change, too. nullptr: never.
  bool (*rebuilt_as_text)(const Object& was, const Context&) = nullptr;
  // Whether the server makes the object anew by itself when `part` of it changes its type, and
  // refuses to while others depend on it: those are dropped before and created after.
  bool (*remade_with)(const Object& object, const ObjectId& part) = nullptr;
  // Whether it says something of an object that is gone when the server makes that anew by itself
  // because a part of it changes its type: it is taken back before and said again after.
  bool said_of_remade = false;
  // Whether the server tries what the object demands of values on all that rows hold of the type
  // that it is or stands in. It cannot where these are inside arrays or other types: the type is
  // made anew then. `was` is nullptr for what is added.
  bool (*tries_values)(const Object* was, const Object& now) = nullptr;
  // How other statements name the object: `COLUMN shop.customer.email`, for COMMENT ON.
  Sql (*address)(const Object& object) = nullptr;
  std::span<const FieldRule> fields = {};
};

// Which tables that exist are changed by statements that let others work meanwhile.
enum class Online : std::uint8_t { always, large, never };

// One database system, as the planner sees it.
struct Target {
  const Dialect* dialect = nullptr;
  const KindRules& (*rules_of)(const KindInfo& kind) = nullptr;
  // Further statements behind the first of those that make an object whole: against what the server
  // adds to it, before others build on that.
  Actions (*after_create)(const Object& made, const Context&) = nullptr;
  int server_version = 0;  // major; the oldest supported one where unknown
  Online online = Online::large;
};

inline const Dialect& Context::dialect() const {
  return *target_.dialect;
}
inline int Context::server_version() const {
  return target_.server_version;
}
inline bool Context::online(const ObjectId& relation) const {
  return target_.online != Online::never && before(relation) != nullptr && !makes(relation);
}

}  // namespace schemac
