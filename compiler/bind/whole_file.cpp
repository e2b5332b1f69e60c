#include "compiler/bind/whole_file.h"

#include "compiler/bind/bind_diags.h"
#include "compiler/bind/declared_names.h"

namespace schemac {

std::optional<WholeFile> find_whole_file(Binding& binding, const ParsedFile& file) {
  std::optional<WholeFile> found;
  for (const Statement& statement : file.statements) {
    if (statement.items.empty()) continue;
    KindMatch match = match_kind(behind(statement, 0), nullptr);
    if (match.kind == nullptr || !match.kind->for_whole_file) continue;
    if (found)
      binding.report({duplicate_definition("the " + std::string(match.kind->keyword) +
                                           " of what this file declares"),
                      statement.span,
                      "",
                      {{found->statement->span, "first here"}}});
    else
      found = {&statement, std::move(match)};
  }
  return found;
}

bool speaks_for(const WholeFile& whole_file, const Binding& binding, std::uint32_t draft) {
  const auto& drafts = binding.drafts;
  const KindInfo& kind = *drafts[draft].kind;
  if (!whole_file.match.kind->stands_on(kind)) return false;
  for (std::size_t i = 0; i < kind.fields.size(); ++i)
    if (kind.fields[i].refers == Refers::owner_column && !drafts[draft].object.values[i].absent())
      return false;
  for (std::size_t i = draft + 1; i < drafts.size(); ++i)
    if (drafts[i].parent == draft && drafts[i].kind == whole_file.match.kind) return false;
  return true;
}

}  // namespace schemac
