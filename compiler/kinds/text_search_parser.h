#pragma once
#include "compiler/ir/describe.h"

namespace schemac {

// What splits text into tokens. Its functions are written in C.
struct TextSearchParser {
  std::optional<QName> start;
  std::optional<QName> gettoken;
  std::optional<QName> end;
  std::optional<QName> lextypes;
  std::optional<QName> headline;
  bool operator==(const TextSearchParser&) const = default;
};
template <>
struct Describe<TextSearchParser> {
  static constexpr std::tuple fields{
      field("start", &TextSearchParser::start, "Function that begins.")
          .refers(Refers::function)
          .required(),
      field("gettoken", &TextSearchParser::gettoken, "Function that gives the next token.")
          .refers(Refers::function)
          .required(),
      field("end", &TextSearchParser::end, "Function that ends.")
          .refers(Refers::function)
          .required(),
      field("lextypes", &TextSearchParser::lextypes, "Function that tells the types of tokens.")
          .refers(Refers::function)
          .required(),
      field("headline", &TextSearchParser::headline, "Function that shows where a query is met.")
          .refers(Refers::function),
  };
};
inline constexpr KindInfo text_search_parser_kind = describe<TextSearchParser>({
    .name = "text_search_parser",
    .noun = "text search parser",
    .plural = "text search parsers",
    .doc = "What splits text into tokens.",
    .keyword = "text search parser",
    .scope = Scope::schema,
    .rank = 71,
});

}  // namespace schemac
