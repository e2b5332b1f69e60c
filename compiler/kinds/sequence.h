#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A sequence that the model names: a free one, or one owned by a column, which then is its parent
// and takes it along when it is dropped. Sequences of identity columns belong to the column.
struct Sequence {
  bool unlogged = false;
  TypeRef type{{{}, Ident{"bigint"}}, {}, 0};
  SequenceOptions options;
  std::vector<Ident> owned_by;
  bool operator==(const Sequence&) const = default;
};
template <>
struct Describe<Sequence> {
  static constexpr std::tuple fields{
      field("unlogged", &Sequence::unlogged, "Whether a crash may reset it.")
          .at(Place::lead)
          .since(15),
      field("type", &Sequence::type, "Integer type of its values.").as("as").absent("bigint"),
      field("options", &Sequence::options, "Its counting.").as(""),
      field("owned_by", &Sequence::owned_by, "Column with which it is dropped.")
          .as("owned by")
          .shaped(Shape::path)
          .listed(Listing::one)
          .refers(Refers::owner_column),
  };
};
inline constexpr KindInfo sequence_kind = describe<Sequence>({
    .name = "sequence",
    .noun = "sequence",
    .plural = "sequences",
    .doc = "A source of numbers.",
    .keyword = "sequence",
    .scope = Scope::schema,
    .spaces = {.relation = true},
    .privileges = kSequencePrivileges,
    .granted_as = "sequences",
    .owned = true,
    .rank = 60,
});

}  // namespace schemac
