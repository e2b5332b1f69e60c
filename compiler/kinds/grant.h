#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// What one role may do with an object, beyond what its kind gives to everybody and to the owner.
// What the role may grant further, and what others than the owner have granted, are grants of their
// own.
struct Grant {
  std::vector<Privilege> privileges;
  Ident role;
  bool grantable = false;
  std::optional<Ident> by;
  bool operator==(const Grant&) const = default;
};
template <>
struct Describe<Grant> {
  static constexpr std::tuple fields{
      field("privileges", &Grant::privileges, "What it allows.")
          .as("")
          .listed(Listing::commas)
          .required(),
      field("role", &Grant::role, "Who may do it; `public` is everybody.")
          .as("to")
          .refers(Refers::role)
          .required()
          .spread(),
      field("grantable", &Grant::grantable, "Whether the role may grant it to others.")
          .as("with grant option"),
      field("by", &Grant::by, "Who granted it, if not the owner.")
          .as("granted by")
          .refers(Refers::role),
  };
};
inline constexpr KindInfo grant_kind = describe<Grant>({
    .name = "grant",
    .noun = "grant on",
    .plural = "grants",
    .doc = "What a role may do with an object.",
    .keyword = "grant",
    .scope = Scope::attached,
    .naming = Naming::none,
    .signature =
        [](const FieldValues& values) {
          Grant grant;
          read_fields(grant, values);
          return grant_signature(grant.role, grant.grantable, grant.by);
        },
    .stands_on = [](const KindInfo& kind) { return !kind.privileges.empty(); },
    .rank = 141,
});

}  // namespace schemac
