#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// `alice server files`, where others have a name.
inline std::string user_mapping_signature(const FieldValues& values) {
  if (values[1].ident() == nullptr) return {};
  const Ident* user = values[0].ident();
  return (user == nullptr ? "public" : dsl_ident(user->text)) + " server " +
         dsl_ident(values[1].ident()->text);
}

struct UserMapping {
  Ident user{"public"};
  Ident server;
  std::vector<Setting> options;
  bool operator==(const UserMapping&) const = default;
};
template <>
struct Describe<UserMapping> {
  static constexpr std::tuple fields{
      field("user", &UserMapping::user, "Role that it is for, or `public`.")
          .as("for")
          .refers(Refers::role)
          .absent("public"),
      field("server", &UserMapping::server, "Server.").refers("foreign_server").required(),
      field("options", &UserMapping::options,
            "Options. Passwords are set on the server, where they are neither read nor changed.")
          .shaped(Shape::setting)
          .no_secrets(),
  };
};
inline constexpr KindInfo user_mapping_kind = describe<UserMapping>({
    .name = "user_mapping",
    .noun = "user mapping",
    .plural = "user mappings",
    .doc = "As whom a role comes to a server.",
    .keyword = "user mapping",
    .scope = Scope::database,
    .naming = Naming::none,
    .signature = user_mapping_signature,
    .undocumented = true,
    .rank = 152,
});

}  // namespace schemac
