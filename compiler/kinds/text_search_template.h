#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// The functions behind dictionaries. They are written in C.
struct TextSearchTemplate {
  std::optional<QName> init;
  std::optional<QName> lexize;
  bool operator==(const TextSearchTemplate&) const = default;
};
template <>
struct Describe<TextSearchTemplate> {
  static constexpr std::tuple fields{
      field("init", &TextSearchTemplate::init, "Function that reads a dictionary's options.")
          .refers(Refers::function),
      field("lexize", &TextSearchTemplate::lexize, "Function that makes lexemes of a token.")
          .refers(Refers::function)
          .required(),
  };
};
inline constexpr KindInfo text_search_template_kind = describe<TextSearchTemplate>({
    .name = "text_search_template",
    .noun = "text search template",
    .plural = "text search templates",
    .doc = "The functions that dictionaries share.",
    .keyword = "text search template",
    .scope = Scope::schema,
    .rank = 72,
});

}  // namespace schemac
