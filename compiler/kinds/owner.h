#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// Whose an object is, where that is not the one who makes it.
struct Owner {
  Ident role;
  bool operator==(const Owner&) const = default;
};
template <>
struct Describe<Owner> {
  static constexpr std::tuple fields{
      field("role", &Owner::role, "The role; `current_user` is the one who runs the statements.")
          .as("")
          .refers(Refers::role)
          .required(),
  };
};
inline constexpr KindInfo owner_kind = describe<Owner>({
    .name = "owner",
    .noun = "owner of",
    .plural = "owners",
    .doc =
        "Whose an object is, if not of the role that makes it. At the top of a file it holds for "
        "all that the file declares without one of its own, schemas aside.",
    .keyword = "owner",
    .scope = Scope::target,
    .naming = Naming::none,
    .stands_on = [](const KindInfo& kind) { return kind.owned; },
    .for_whole_file = true,
    .rank = 139,
});

}  // namespace schemac
