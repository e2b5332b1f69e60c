#include "compiler/sqltext/tree.h"

namespace schemac {

std::vector<std::string> list_items(std::string_view list) {
  const std::string text(list);
  std::vector<std::string> items;
  std::size_t start = 0;
  const auto end_item = [&](std::size_t end) {
    const std::size_t first = text.find_first_not_of(" \n", start);
    items.push_back(text.substr(first, end - first));
  };
  sqltext::with_tokens(text, [&](std::span<PgQuery__ScanToken* const> tokens) {
    int depth = 0;
    for (const PgQuery__ScanToken* token : tokens) switch (token->token) {
        case PG_QUERY__TOKEN__ASCII_40:  // (
        case PG_QUERY__TOKEN__ASCII_91:  // [
          ++depth;
          break;
        case PG_QUERY__TOKEN__ASCII_41:  // )
        case PG_QUERY__TOKEN__ASCII_93:  // ]
          --depth;
          break;
        case PG_QUERY__TOKEN__ASCII_44:  // ,
          if (depth != 0) break;
          end_item(static_cast<std::size_t>(token->start));
          start = static_cast<std::size_t>(token->end);
          break;
        default:
          break;
      }
    if (!tokens.empty()) end_item(text.size());
  });
  return items;
}

}  // namespace schemac
