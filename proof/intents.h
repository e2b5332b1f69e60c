#pragma once
// What a declaration says of the way from one catalog to another and what the catalogs themselves
// do not show: where values of the former schema are to be found in the new one.

#include <string>
#include <vector>

#include "compiler/diff/diff.h"

namespace schemac {

struct LabelRename {
  ObjectId type;  // the enum, in the catalog after
  std::string from, to;
};

struct Intents {
  std::vector<Rename> renames;
  std::vector<LabelRename> labels;
  // Columns of the catalog after whose values an expression of the author makes.
  std::vector<ObjectId> converted;

  bool empty() const { return renames.empty() && labels.empty() && converted.empty(); }
};

// The intents of `to` that apply to `from`.
Intents intents_of(const Catalog& from, const Catalog& to);

// For the way back. Values that an expression made come back by plain conversion.
Intents reversed(const Intents& intents);

}  // namespace schemac
