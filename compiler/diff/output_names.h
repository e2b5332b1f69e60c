#pragma once
// Names that stand beside a query for the columns that it shows: `view active (id, name) as …`.

#include "compiler/ir/kind.h"

namespace schemac {

inline bool names_output(const KindInfo& kind, const FieldInfo& field) {
  return !kind.output_kind.empty() && field.shape == Shape::ident &&
         field.listing == Listing::parens;
}

}  // namespace schemac
