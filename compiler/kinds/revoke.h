#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// What an object's owner, or everybody, has from the start and was taken away.
struct Revoke {
  std::vector<Privilege> privileges;
  Ident role;
  bool operator==(const Revoke&) const = default;
};
template <>
struct Describe<Revoke> {
  static constexpr std::tuple fields{
      field("privileges", &Revoke::privileges, "What it no longer allows.")
          .as("")
          .listed(Listing::commas)
          .required(),
      field("role", &Revoke::role,
            "Who may no longer do it: `public`, or the owner, who is `current_user` where no other "
            "is named.")
          .as("from")
          .refers(Refers::role)
          .required()
          .spread(),
  };
};
inline constexpr KindInfo revoke_kind = describe<Revoke>({
    .name = "revoke",
    .noun = "revoke on",
    .plural = "revokes",
    .doc = "What everybody may do with an object from the start, taken away.",
    .keyword = "revoke",
    .scope = Scope::attached,
    .naming = Naming::none,
    .signature =
        [](const FieldValues& values) {
          Revoke revoke;
          read_fields(revoke, values);
          return grant_signature(revoke.role, false, {});
        },
    .stands_on = [](const KindInfo& kind) { return !kind.privileges.empty(); },
    .takes_away = true,
    .rank = 140,
});

}  // namespace schemac
