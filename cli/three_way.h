#pragma once
// Two catalogs that come from one, joined field by field.

#include <optional>
#include <string>
#include <vector>

#include "compiler/ir/catalog.h"

namespace schemac {

// A field that both sides changed, each in its own way; without a field, an object that one side
// dropped and the other one changed. `ours` stands in the joined catalog.
struct Conflict {
  ObjectId object;
  std::string field;
  std::string base, ours, theirs;  // as words
};

struct ThreeWay {
  Catalog joined;
  std::vector<Conflict> conflicts;
};

ThreeWay three_way(const Catalog& base, const Catalog& ours, const Catalog& theirs);

}  // namespace schemac
