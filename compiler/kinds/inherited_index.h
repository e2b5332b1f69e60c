#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// The index that a partition has for one of the table above it, that of a key included, named
// only where its name is not the one that the server would make.
struct InheritedIndex {
  Ident of;
  bool operator==(const InheritedIndex&) const = default;
};
template <>
struct Describe<InheritedIndex> {
  static constexpr std::tuple fields{
      field("of", &InheritedIndex::of, "The index further up, or the key that it backs.")
          .refers_above()
          .required(),
  };
};
inline constexpr KindInfo inherited_index_kind = describe<InheritedIndex>({
    .name = "inherited_index",
    .noun = "inherited index",
    .plural = "inherited indexes",
    .doc = "The name of the index that a partition has for one of the table above.",
    .keyword = "inherited index",
    .parents = kInTable,
    .scope = Scope::parent,
    .rank = 112,
});

}  // namespace schemac
