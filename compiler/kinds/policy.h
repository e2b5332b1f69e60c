#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kPolicyCommands[] = {"all", "select", "insert", "update",
                                                       "delete"};

// Which rows of a table some roles see, and which they may write.
struct Policy {
  bool restrictive = false;
  std::string command = "all";
  std::vector<Ident> roles;
  std::optional<SqlText> expression;
  std::optional<SqlText> check;
  bool operator==(const Policy&) const = default;
};
template <>
struct Describe<Policy> {
  static constexpr std::tuple fields{
      field("restrictive", &Policy::restrictive,
            "Whether rows must pass it besides the others, rather than one of them.")
          .as("as restrictive"),
      field("command", &Policy::command, "What it is about.")
          .as("for")
          .words(kPolicyCommands)
          .absent("all"),
      field("roles", &Policy::roles, "Roles that it is about, if not all.")
          .as("to")
          .listed(Listing::commas)
          .refers(Refers::role)
          .absent("public")
          .unordered(),
      field("expression", &Policy::expression, "Which existing rows are seen.").as("using"),
      field("check", &Policy::check, "Which new rows may be written, if not those that are seen.")
          .as("with check"),
  };
};
inline constexpr KindInfo policy_kind = describe<Policy>({
    .name = "policy",
    .noun = "policy",
    .plural = "row security policies",
    .doc = "Which rows some roles may see and write, where row security is on.",
    .keyword = "policy",
    .parents = kInTable,
    .scope = Scope::parent,
    .rank = 136,
});

}  // namespace schemac
