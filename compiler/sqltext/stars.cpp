#include "compiler/sqltext/sqltext.h"

namespace schemac {

std::string expand_stars(std::string_view text, TextForm form, const ColumnsOf& columns_of) {
  std::string result(text);
  if (text.find('*') == text.npos) return result;
  const TextFacts facts = inspect_text(text, form);
  for (auto use = facts.columns.rbegin(); use != facts.columns.rend(); ++use) {
    if (!use->listed || use->open || use->candidates.size() != 1 ||
        use->offset == ColumnUse::nowhere)
      continue;
    const std::size_t star = result.find('*', use->offset);
    if (star == result.npos) continue;
    const std::string qualifier = result.substr(use->offset, star - use->offset);
    std::string columns;
    for (const std::string& column : columns_of(use->candidates.front().relation))
      columns += (columns.empty() ? "" : ", ") + qualifier + column;
    if (!columns.empty()) result.replace(use->offset, star + 1 - use->offset, columns);
  }
  return result;
}

}  // namespace schemac
