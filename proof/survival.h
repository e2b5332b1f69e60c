#pragma once
// Which rows must survive a migration, and whether they did.

#include <string>
#include <utility>
#include <vector>

#include "proof/intents.h"
#include "proof/rows.h"

namespace schemac {

// One way between two schemas, up or down.
struct Passage {
  const Catalog& from;
  const Catalog& to;
  const std::vector<ObjectId>& lost;  // objects whose rows the way declares lost
  const Intents& intents;
};

// The values of columns that get another type, as that type: what they must be afterwards. To be
// read along with the rows before.
std::vector<CastColumn> casts_of(const Passage& passage);

struct LostRows {
  std::string object;  // `table public.t`
  std::string text;
};

struct Comparison {
  int tables = 0, rows = 0;          // that were compared
  std::vector<LostRows> lost;        // what is wrong
  std::vector<ObjectId> only_nulls;  // columns where only NULL or not could be compared
};

// Compares the rows before with those after: every value of `before` that the passage does not
// declare lost must still be there. Tables and columns are followed through renames.
Comparison compare_rows(const Passage& passage, const Rows& before, const Rows& after);

}  // namespace schemac
