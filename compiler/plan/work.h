#pragma once
// What must happen to each object, before any order is known: the changes, and what the server
// makes necessary around them.

#include <string>
#include <vector>

#include "base/rare.h"
#include "compiler/plan/rules.h"
#include "compiler/plan/world.h"

namespace schemac {

// One way in which an object is altered, and the changes that ask for it.
struct Alter {
  Actions actions;
  RareList<const Change*> because;
};

// The fate of one object. `drop` and `create` together replace it.
struct Work {
  bool drop = false;
  bool create = false;
  bool retired = false;         // moved aside first, and dropped when nothing has it any more
  bool carried = false;         // moved over to the new form of what it depends on
  bool drops_silently = false;  // its children do not go with it: they need drops of their own
  bool rebuilds_texts = false;  // dependents with SQL text are dropped before, created after
  ObjectIndex carried_to = kNoObject;
  ObjectIndex around = kNoObject;  // replaced only because of this other object
  ObjectIndex along = kNoObject;   // dropped by the statement of this type, which needs it
  RareList<Alter> alters;
  RareList<const Change*> changes;  // of its fields
  const Rename* rename = nullptr;
};

// Work for every object of the world, by index. Those of `anew` are replaced.
std::vector<Work> decide_work(const World& world, const std::vector<Change>& changes,
                              const std::vector<Rename>& renames, const Target& target,
                              const Context& context, const std::vector<ObjectIndex>& anew);

// Whether an object that is altered can as well be made anew: it is SQL text and holds no rows.
bool can_be_replaced(const World& world, const std::vector<Work>& work, ObjectIndex object,
                     const Target& target, const Context& context);

// Whether `above`, which depends on `d`, has to be gone while `changed`, a part of `d`, changes its
// type, since the server makes `d` anew then.
bool makes_way(const World& world, const Target& target, ObjectIndex above, ObjectIndex d,
               ObjectIndex changed);

// Whether the plan drops the object, if only to make it anew.
bool goes(const World& world, const std::vector<Work>& work, const ObjectId& id);

// The outermost ancestor whose drop takes the object along, or kNoObject.
ObjectIndex dropped_ancestor(const World& world, const std::vector<Work>& work, ObjectIndex object);

}  // namespace schemac
