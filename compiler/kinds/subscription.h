#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr Newer kNewerSubscriptionOptions[] = {
    {"binary", 14},           {"streaming", 14},         {"two_phase", 15},
    {"disable_on_error", 15}, {"password_required", 16}, {"run_as_owner", 16},
    {"origin", 16},           {"failover", 17},
};

// What the database gets from another one. It is made without a connection and disabled: to start
// it is its operator's affair, and so are its slot and its password.
struct Subscription {
  std::string connection;
  std::vector<Ident> publications;
  std::vector<Setting> with;
  bool operator==(const Subscription&) const = default;
};
template <>
struct Describe<Subscription> {
  static constexpr std::tuple fields{
      field("connection", &Subscription::connection,
            "Where the publisher is, without a password. To change it takes the password away.")
          .no_secrets()
          .required(),
      field("publications", &Subscription::publications, "Publications there.")
          .as("publication")
          .listed(Listing::commas)
          .required(),
      field("with", &Subscription::with,
            "Options: slot_name, synchronous_commit, binary, streaming, two_phase, "
            "disable_on_error, password_required, run_as_owner, origin, failover.")
          .shaped(Shape::setting)
          .newer(kNewerSubscriptionOptions),
  };
};
inline constexpr KindInfo subscription_kind = describe<Subscription>({
    .name = "subscription",
    .noun = "subscription",
    .plural = "subscriptions",
    .doc = "What the database gets from another one. It is made without a connection and disabled; "
           "to start it is its operator's affair.",
    .keyword = "subscription",
    .scope = Scope::database,
    .owned = true,
    .rank = 165,
});

}  // namespace schemac
