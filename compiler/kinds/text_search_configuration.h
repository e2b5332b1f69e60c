#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// Which dictionaries look at a type of tokens.
struct TokenMapping {
  Ident token;
  std::vector<QName> dictionaries;
  bool operator==(const TokenMapping&) const = default;
};
template <>
struct Describe<TokenMapping> {
  static constexpr std::tuple fields{
      field("token", &TokenMapping::token, "Type of tokens.").as("").required(),
      field("dictionaries", &TokenMapping::dictionaries, "Dictionaries, asked in this order.")
          .as("with")
          .refers("text_search_dictionary")
          .required(),
  };
};

struct TextSearchConfiguration {
  QName parser;
  std::vector<TokenMapping> mappings;
  bool operator==(const TextSearchConfiguration&) const = default;
};
template <>
struct Describe<TextSearchConfiguration> {
  static constexpr std::tuple fields{
      field("parser", &TextSearchConfiguration::parser, "What splits the text.")
          .refers("text_search_parser")
          .required(),
      field("mappings", &TextSearchConfiguration::mappings, "What becomes of the tokens.")
          .as("")
          .listed(Listing::block),
  };
};
inline constexpr KindInfo text_search_configuration_kind = describe<TextSearchConfiguration>({
    .name = "text_search_configuration",
    .noun = "text search configuration",
    .plural = "text search configurations",
    .doc = "How text becomes a tsvector.",
    .keyword = "text search configuration",
    .scope = Scope::schema,
    .owned = true,
    .rank = 74,
});

}  // namespace schemac
