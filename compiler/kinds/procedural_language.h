#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

// A procedural language that no extension brought.
struct ProceduralLanguage {
  bool trusted = false;
  QName handler;
  std::optional<QName> inline_handler;
  std::optional<QName> validator;
  bool operator==(const ProceduralLanguage&) const = default;
};
template <>
struct Describe<ProceduralLanguage> {
  static constexpr std::tuple fields{
      field("trusted", &ProceduralLanguage::trusted, "Whether anybody may write in it.")
          .at(Place::lead),
      field("handler", &ProceduralLanguage::handler, "Function that runs what is written in it.")
          .refers(Refers::function)
          .required(),
      field("inline", &ProceduralLanguage::inline_handler, "Function that runs DO.")
          .refers(Refers::function),
      field("validator", &ProceduralLanguage::validator, "Function that looks at new functions.")
          .refers(Refers::function),
  };
};
inline constexpr KindInfo procedural_language_kind = describe<ProceduralLanguage>({
    .name = "procedural_language",
    .noun = "language",
    .plural = "languages",
    .doc = "A procedural language.",
    .keyword = "language",
    .scope = Scope::database,
    .privileges = kUsage,
    .public_privileges = kUsage,
    .owned = true,
    .rank = 68,
});

}  // namespace schemac
