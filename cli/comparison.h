#pragma once
#include <string>
#include <vector>

#include "compiler/diff/diff.h"
#include "compiler/ir/catalog.h"

namespace schemac {

// One difference between two catalogs, in words.
struct Difference {
  ObjectId object;
  Change::Verb verb;
  std::string field;  // of a set
  bool unproven = false;
};

// What changes say, one entry an object: what stands in an object that comes or goes is left to it.
std::vector<Difference> differences(const std::vector<Change>& changes, const Catalog& from,
                                    const Catalog& to);

}  // namespace schemac
