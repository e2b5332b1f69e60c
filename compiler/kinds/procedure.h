#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

inline constexpr Newer kNewerModes[] = {{"out", 14}};

struct Procedure {
  std::vector<Argument> arguments;
  Ident language{"sql"};
  std::vector<TypeRef> transforms;
  bool security_definer = false;
  std::vector<Setting> settings;
  std::optional<std::string> library;
  std::optional<std::string> body;
  std::optional<SqlText> atomic;
  bool operator==(const Procedure&) const = default;
};
template <>
struct Describe<Procedure> {
  static constexpr std::tuple fields{
      field("arguments", &Procedure::arguments, "Arguments in order.")
          .at(Place::signature)
          .newer(kNewerModes),
      field("language", &Procedure::language, "Language of the body.")
          .absent("sql")
          .refers("procedural_language"),
      field("transforms", &Procedure::transforms,
            "Types that it gets and gives in its language's form.")
          .as("transform for type")
          .listed(Listing::commas)
          .refers(Refers::type)
          .along("transform")
          .unmodified(),
      field("security_definer", &Procedure::security_definer,
            "Whether it runs with its owner's rights.")
          .as("security definer"),
      field("settings", &Procedure::settings, "Settings in force while it runs.")
          .as("set")
          .shaped(Shape::setting)
          .listed(Listing::repeat),
      field("library", &Procedure::library,
            "Object file of a procedure in C; the body is the symbol."),
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
