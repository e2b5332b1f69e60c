#include "compiler/bind/unknown.h"

#include "compiler/bind/bind_diags.h"

namespace schemac {

void report_unknown(Binding& binding, const Cursor& cursor, const KindInfo* parent) {
  if (const auto phrase = match_unsupported(cursor, parent); !phrase.empty()) {
    binding.report({unsupported_kind(phrase), span_between(cursor.at, cursor.at + 1)});
    return;
  }
  const std::string word(cursor.at->span.text().substr(0, 40));
  for (const KindInfo* kind : all_kinds()) {
    const bool inside = !kind->parents.empty() || kind->stands_on != nullptr;
    if (parent != nullptr || !inside || match_phrase(cursor, kind->keyword) == 0) continue;
    const std::string_view where =
        kind->parents.empty() ? "block of what it is about" : find_kind(kind->parents[0])->noun;
    binding.report({misplaced_statement(kind->keyword, where), cursor.at->span});
    return;
  }
  const auto words = statement_words(parent);
  std::string hint = suggestion(cursor.at->text, words);
  if (hint.empty()) {
    hint = "what is known here:";
    for (std::string_view known : words) hint += " `" + std::string(known) + "`";
  }
  if (parent == nullptr)
    binding.report({unknown_statement(word), cursor.at->span, hint});
  else
    binding.report({unknown_member(word, parent->noun), cursor.at->span, hint});
}

void fail_unknown_clause(Binding& binding, Reader& reader, std::uint32_t index,
                         const Cursor& cursor) {
  const Draft& draft = binding.drafts[index];
  const KindInfo& kind = *draft.kind;
  const KindInfo* parent =
      draft.parent == Draft::none ? nullptr : binding.drafts[draft.parent].kind;
  // What was taken for a name may be a misspelled keyword.
  if (kind.keyword.empty() && parent != nullptr && !reader.fields().given[0]) {
    if (is_unsupported_name(draft.name.text))
      return reader.fail(unsupported_kind(draft.name.text), draft.name_span);
    const std::string near = suggestion(draft.name.text, statement_words(parent));
    return reader.fail(
        unknown_member(draft.name.text, parent->noun), draft.name_span,
        near.empty() ? "this " + std::string(kind.noun) + " needs a type behind its name" : near);
  }
  std::vector<std::string_view> words;
  for (const FieldInfo& field : kind.fields) {
    if (field.place != Place::clause) continue;
    if (!field.clause.empty()) words.push_back(field.clause);
    words.insert(words.end(), field.words.begin(), field.words.end());
  }
  for (const KindInfo* other : inline_kinds(kind, parent)) words.push_back(other->inline_keyword);
  words.push_back("was");
  std::string hint = cursor.is_name(0) ? suggestion(cursor.at->text, words) : "";
  if (hint.empty()) {
    hint = "this " + std::string(kind.noun) + " takes";
    for (std::string_view word : words) hint += " `" + std::string(word) + "`";
  }
  reader.fail(unknown_clause(std::string(cursor.at->span.text().substr(0, 40)), kind.noun),
              cursor.at->span, hint);
}

}  // namespace schemac
