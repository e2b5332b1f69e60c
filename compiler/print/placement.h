#pragma once
// Where each object stands in the text of a catalog, and whether its name is written.

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "compiler/ir/catalog.h"
#include "compiler/names/text_cache.h"

namespace schemac {

struct Placement {
  bool named = true;             // whether its name is written
  const Object* host = nullptr;  // the object in whose statement it is a clause; nullptr for none
};

// Whether the word that starts a child as a clause is a clause of the child as well, so that a
// second one behind the first would be read as a part of that: `references a references b`.
bool starts_by_a_clause(const KindInfo& kind);

// Decides for all objects of a catalog. A name is left out where binding gives it back: names that
// a server tries before it must be taken by then, by a sibling that is written earlier.
class Placements {
 public:
  Placements(const Catalog& catalog, const Children& children);

  const Placement& of(const Object& object) const;
  // Clauses in the statement of `host`, in their order.
  const std::vector<const Object*>& clauses(const Object& host) const;

 private:
  void place_children(const Object& parent);
  const Object* host_of(const Object& parent, const std::string& column) const;
  std::string column_of(const Object& child);
  bool is_automatic(const Object& object);
  const Object* holder(const Object& object, const std::string& name, bool relation) const;

  const Catalog& catalog_;
  const Children& children_;
  TextCache cache_;
  std::unordered_map<const Object*, Placement> placements_;
  std::unordered_map<const Object*, std::vector<const Object*>> clauses_;
  std::unordered_map<std::string, const Object*> relations_;    // by schema and name
  std::unordered_map<std::string, const Object*> constraints_;  // by parent and name
  std::unordered_set<const Object*> written_;                   // so far, in the order of the text
};

}  // namespace schemac
