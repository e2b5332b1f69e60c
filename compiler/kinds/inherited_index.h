#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// The statistics target of a key of an index, by its place.
struct KeyStatistics {
  std::int64_t key = 0;
  std::int64_t target = -2;  // never left out
  bool operator==(const KeyStatistics&) const = default;
};
template <>
struct Describe<KeyStatistics> {
  static constexpr std::tuple fields{
      field("key", &KeyStatistics::key, "Place of the key, from 1.").as("").required(),
      field("statistics", &KeyStatistics::target, "Statistics target here; -1 is the server's.")
          .required(),
  };
};

// The index that a partition has for one of the table above it, that of a key included, named
// only where it is not as the server would make it: by its name, its storage, its marks.
struct InheritedIndex {
  Ident of;
  std::vector<KeyStatistics> statistics;
  std::vector<Setting> with;
  bool no_options = false;
  std::optional<Ident> tablespace;
  bool replica_identity = false;
  bool cluster = false;
  std::optional<std::string> constraint_comment;
  bool operator==(const InheritedIndex&) const = default;
};
template <>
struct Describe<InheritedIndex> {
  static constexpr std::tuple fields{
      field("of", &InheritedIndex::of, "The index further up, or the key that it backs.")
          .refers_above()
          .required(),
      field("statistics", &InheritedIndex::statistics,
            "Statistics target of an expression, where that is not as further up.")
          .as("column")
          .listed(Listing::repeat),
      field("with", &InheritedIndex::with, "Storage parameters, if not those further up.")
          .shaped(Shape::setting),
      field("no_options", &InheritedIndex::no_options,
            "Whether it has no storage parameters, though there are some further up.")
          .as("no options"),
      field("tablespace", &InheritedIndex::tablespace, "Tablespace, if not that further up."),
      field("replica_identity", &InheritedIndex::replica_identity,
            "Whether logical replication finds rows by it.")
          .as("replica identity"),
      field("cluster", &InheritedIndex::cluster, "Whether CLUSTER sorts the partition by it."),
      field("constraint_comment", &InheritedIndex::constraint_comment,
            "Comment on the constraint that it backs; that on the index is its documentation.")
          .as("constraint comment"),
  };
};
inline constexpr KindInfo inherited_index_kind = describe<InheritedIndex>({
    .name = "inherited_index",
    .noun = "inherited index",
    .plural = "inherited indexes",
    .doc = "What the index that a partition has for one of the table above has of its own: its "
           "name, its storage.",
    .keyword = "inherited index",
    .parents = kInTable,
    .scope = Scope::parent,
    .rank = 112,
});

}  // namespace schemac
