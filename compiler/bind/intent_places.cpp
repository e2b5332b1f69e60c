#include "compiler/bind/intent_places.h"

#include <algorithm>

#include "compiler/bind/reader.h"
#include "compiler/names/vocabulary.h"

namespace schemac {
namespace {

bool holds(const Statement& statement, const SourceSpan& at) {
  return statement.span.begin <= at.begin && at.begin < statement.span.end;
}

// The innermost statement that holds a place.
const Statement* statement_at(const std::vector<Statement>& statements, const SourceSpan& at) {
  const auto found = std::find_if(statements.begin(), statements.end(),
                                  [&](const Statement& statement) { return holds(statement, at); });
  if (found == statements.end()) return nullptr;
  const Statement* inner = statement_at(found->block, at);
  return inner == nullptr ? &*found : inner;
}

// The items of a declaration from its beginning on.
Cursor items_of(const ParsedFile& file, const SourceSpan& declared_at) {
  const Statement* statement = statement_at(file.statements, declared_at);
  if (statement == nullptr) return {nullptr, nullptr, declared_at};
  const Item* first = statement->items.data();
  const Item* end = first + statement->items.size();
  while (first != end && first->span.begin < declared_at.begin) ++first;
  return {first, end, declared_at};
}

// The literal called `value` in the block of a declaration, with what follows it.
Cursor value_in_block(const ParsedFile& file, const SourceSpan& declared_at,
                      const std::string& value) {
  const Statement* statement = statement_at(file.statements, declared_at);
  if (statement != nullptr)
    for (const Statement& entry : statement->block)
      for (const Item& item : entry.items)
        if (item.kind == ItemKind::string && literal_value(item.text) == value)
          return {&item, entry.items.data() + entry.items.size(), declared_at};
  return {nullptr, nullptr, declared_at};
}

bool is_former(const Item& item, std::string_view former) {
  if (item.kind == ItemKind::string) return literal_value(item.text) == former;
  return (item.kind == ItemKind::word || item.kind == ItemKind::quoted) && item.text == former;
}

// Whether another object begins as a clause, whose own a `was` behind it would be, or a body, which
// would hide it.
bool ends_own_clauses(const Cursor& cursor, const KindInfo& kind) {
  const KindInfo* parent = kind.parents.empty() ? nullptr : find_kind(kind.parents.front());
  const auto inlined = inline_kinds(kind, parent);
  return cursor.is(0, ItemKind::body) ||
         (cursor.is_word(0, "as") && cursor.is(1, ItemKind::body)) ||
         std::any_of(inlined.begin(), inlined.end(), [&](const KindInfo* inner) {
           return match_phrase(cursor, inner->inline_keyword) > 0;
         });
}

}  // namespace

std::vector<const Item*> find_was(const ParsedFile& file, const SourceSpan& declared_at,
                                  std::string_view former, const std::string* value) {
  Cursor cursor =
      value == nullptr ? items_of(file, declared_at) : value_in_block(file, declared_at, *value);
  for (; !cursor.done(); ++cursor.at)
    if (cursor.is_word(0, "was") && cursor.end - cursor.at > 1 && is_former(cursor.at[1], former))
      return {cursor.at, cursor.at + 1};
  return {};
}

std::vector<const Item*> find_clause(const ParsedFile& file, const SourceSpan& declared_at,
                                     std::string_view clause) {
  for (Cursor cursor = items_of(file, declared_at); !cursor.done(); ++cursor.at) {
    const std::size_t words = match_phrase(cursor, clause);
    if (words == 0 || !cursor.is(words, ItemKind::group)) continue;
    std::vector<const Item*> items;
    for (std::size_t i = 0; i <= words; ++i) items.push_back(cursor.at + i);
    return items;
  }
  return {};
}

const Item* place_for_was(const ParsedFile& file, const SourceSpan& declared_at,
                          const KindInfo& kind, const std::string* value) {
  if (value != nullptr) return value_in_block(file, declared_at, *value).at;
  Cursor cursor = items_of(file, declared_at);
  const Item* last = nullptr;
  // Its name comes first, whatever it is called.
  const std::size_t name = match_kind(cursor, nullptr).items + 1;
  for (std::size_t i = 0; !cursor.done(); ++i, ++cursor.at) {
    if (i >= name && ends_own_clauses(cursor, kind)) break;
    last = cursor.at;
  }
  return last;
}

}  // namespace schemac
