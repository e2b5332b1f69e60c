#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr std::string_view kGrantedObjects[] = {"tables", "sequences", "functions", "types",
                                                       "schemas"};

// What roles may do with objects that are made from now on, beyond what they may anyway or short of
// it. What is there already has grants of its own.
struct DefaultPrivilege {
  std::optional<Ident> maker;
  std::optional<Ident> schema;
  std::vector<Privilege> granted;
  std::vector<Privilege> revoked;
  std::string objects;
  std::optional<Ident> to;
  std::optional<Ident> from;
  bool grantable = false;
  bool operator==(const DefaultPrivilege&) const = default;
};
template <>
struct Describe<DefaultPrivilege> {
  static constexpr std::tuple fields{
      field("maker", &DefaultPrivilege::maker, "Who makes the objects, if not who runs this.")
          .as("for role")
          .refers(Refers::role),
      field("schema", &DefaultPrivilege::schema, "Schema of the objects, if not any.")
          .as("in schema")
          .refers(Refers::schema),
      field("granted", &DefaultPrivilege::granted, "What a role may do besides.")
          .as("grant")
          .listed(Listing::commas),
      field("revoked", &DefaultPrivilege::revoked, "What a role may not do.")
          .as("revoke")
          .listed(Listing::commas),
      field("objects", &DefaultPrivilege::objects, "What is made.")
          .as("on")
          .words(kGrantedObjects)
          .refers(Refers::granted_on)
          .required(),
      field("to", &DefaultPrivilege::to, "Who may; `public` is everybody.")
          .refers(Refers::role)
          .spread(),
      field("from", &DefaultPrivilege::from, "Who may not; `public` is everybody.")
          .refers(Refers::role),
      field("grantable", &DefaultPrivilege::grantable, "Whether the role may grant it to others.")
          .as("with grant option"),
  };
};
inline constexpr KindInfo default_privilege_kind = describe<DefaultPrivilege>({
    .name = "default_privilege",
    .noun = "default privilege",
    .plural = "default privileges",
    .doc = "What roles may do with objects that are made later.",
    .keyword = "default privileges",
    .scope = Scope::database,
    .naming = Naming::none,
    .signature =
        [](const FieldValues& values) {
          DefaultPrivilege d;
          read_fields(d, values);
          std::string out;
          if (d.maker) out += "for role " + dsl_ident(d.maker->text) + " ";
          if (d.schema) out += "in schema " + dsl_ident(d.schema->text) + " ";
          out += "on " + d.objects;
          if (d.to) out += " to " + grant_signature(*d.to, d.grantable, {});
          if (d.from) out += " from " + grant_signature(*d.from, false, {});
          return out;
        },
    .wrong = [](const FieldValues& values) -> std::string_view {
      DefaultPrivilege d;
      read_fields(d, values);
      const bool grants = !d.granted.empty() && d.revoked.empty() && d.to && !d.from;
      const bool revokes = d.granted.empty() && !d.revoked.empty() && !d.to && d.from;
      if (!grants && !revokes)
        return "default privileges say either `grant … on … to …` or `revoke … on … from …`";
      for (const auto& list : {d.granted, d.revoked})
        for (const Privilege& one : list)
          if (!one.columns.empty()) return "what is made later has no columns to name yet";
      const bool standard = d.objects == "functions" || d.objects == "types";
      if (revokes && (d.schema || d.grantable))
        return "in one schema, default privileges add to what there is from the start and take "
               "nothing away";
      if (revokes && d.from->text == "public" && !standard)
        return "everybody has no rights on what is made later that could be revoked";
      if (revokes && d.from->text != "public" &&
          d.from->text != (d.maker ? d.maker->text : "current_user"))
        return "only everybody and who makes an object have rights on it from the start";
      if (grants && !d.schema && !d.grantable && d.to->text == "public" && standard)
        return "everybody has these rights on what is made later from the start";
      return {};
    },
    .watches_plans = true,  // what the plan makes has only what is declared for it
    .rank = 210,
});

}  // namespace schemac
