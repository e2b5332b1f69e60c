#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct Procedure {
  std::vector<Argument> arguments;
  Ident language{"sql"};
  bool security_definer = false;
  std::vector<Setting> settings;
  std::optional<std::string> body;
  std::optional<SqlText> atomic;
  bool operator==(const Procedure&) const = default;
};
template <>
struct Describe<Procedure> {
  static constexpr std::tuple fields{
      field("arguments", &Procedure::arguments, "Arguments in order.").at(Place::signature),
      field("language", &Procedure::language, "Language of the body.").absent("sql"),
      field("security_definer", &Procedure::security_definer,
            "Whether it runs with its owner's rights.")
          .as("security definer"),
      field("settings", &Procedure::settings, "Settings in force while it runs.")
          .as("set")
          .shaped(Shape::setting)
          .listed(Listing::repeat),
      field("body", &Procedure::body, "Body in its language.").as("as").shaped(Shape::body),
      field("atomic", &Procedure::atomic, "Statements of a body that the server has parsed.")
          .as("begin atomic")
          .shaped(Shape::statements)
          .since(14),
  };
};
inline constexpr KindInfo procedure_kind = describe<Procedure>({
    .name = "procedure",
    .noun = "procedure",
    .plural = "procedures",
    .doc = "A procedure.",
    .keyword = "procedure",
    .scope = Scope::signature,
    .spaces = {.routine = true},
    .signature = routine_signature,
    .privileges = kExecute,
    .public_privileges = kExecute,
    .granted_as = "functions",
    .owned = true,
    .rank = 75,
});

}  // namespace schemac
