#pragma once
#include "compiler/kinds/parts.h"

namespace schemac {

struct TextSearchDictionary {
  QName pattern;
  std::vector<Setting> options;
  bool operator==(const TextSearchDictionary&) const = default;
};
template <>
struct Describe<TextSearchDictionary> {
  static constexpr std::tuple fields{
      field("template", &TextSearchDictionary::pattern, "What it is made from.")
          .refers("text_search_template")
          .required(),
      field("options", &TextSearchDictionary::options, "What the template wants to know.")
          .as("with")
          .shaped(Shape::setting),
  };
};
inline constexpr KindInfo text_search_dictionary_kind = describe<TextSearchDictionary>({
    .name = "text_search_dictionary",
    .noun = "text search dictionary",
    .plural = "text search dictionaries",
    .doc = "What makes lexemes of tokens.",
    .keyword = "text search dictionary",
    .scope = Scope::schema,
    .owned = true,
    .rank = 73,
});

}  // namespace schemac
