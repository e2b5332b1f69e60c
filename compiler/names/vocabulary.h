#pragma once
// The words of the schema language, as the kinds' tables give them.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/ir/kind.h"
#include "compiler/parse/statement.h"

namespace schemac {

// A stretch of items that is being read.
struct Cursor {
  const Item* at;
  const Item* end;
  SourceSpan span;  // of the statement, for what is missing at its end

  bool done() const { return at == end; }
  bool is(std::size_t ahead, ItemKind kind) const {
    return static_cast<std::size_t>(end - at) > ahead && at[ahead].kind == kind;
  }
  bool is_symbol(std::size_t ahead, std::string_view text) const {
    return is(ahead, ItemKind::symbol) && at[ahead].text == text;
  }
  bool is_word(std::size_t ahead, std::string_view text) const {
    return is(ahead, ItemKind::word) && at[ahead].text == text;
  }
  bool is_name(std::size_t ahead) const {
    return is(ahead, ItemKind::word) || is(ahead, ItemKind::quoted);
  }
};

// How many items at the cursor the words of `phrase` are; 0 where they differ.
std::size_t match_phrase(const Cursor& cursor, std::string_view phrase);

// What can stand inside objects of one kind, or at the top.
struct Members {
  std::vector<const KindInfo*> keyed;    // start with their keyword; the kind itself: its parts
  std::vector<const KindInfo*> inlined;  // can be clauses
  const KindInfo* anonymous = nullptr;   // starts with its name
};

// Kinds that stand in `parent`; nullptr for the top.
const Members& members_of(const KindInfo* parent);

// Kinds that can be written as clauses of an object: its own members, and, for one that starts
// with its name, those of its parent.
std::vector<const KindInfo*> inline_kinds(const KindInfo& kind, const KindInfo* parent);

// A kind whose keyword stands at the cursor, with the words before it.
struct KindMatch {
  const KindInfo* kind = nullptr;
  std::vector<FieldIndex> leads;  // fields whose words precede the keyword
  std::size_t items = 0;          // the keyword included
};
KindMatch match_kind(const Cursor& cursor, const KindInfo* parent);

// The words at the cursor that start a kind which this version does not have; "" for others.
std::string_view match_unsupported(const Cursor& cursor, const KindInfo* parent);

// Whether what was read as a column without a type is such a kind.
bool is_unsupported_name(std::string_view name);

// All words with which something in `parent` starts, for suggestions.
std::vector<std::string_view> statement_words(const KindInfo* parent);

// The field that a flag's words begin to say, as `returns` in `returns setof`: what follows the
// flag is that field's value. nullptr for other flags.
const FieldInfo* continued_field(std::span<const FieldInfo> fields, const FieldInfo& flag);

// Whether the values of `field` are spread among the clauses of what holds it.
inline bool is_mixed(const FieldInfo& field) {
  return field.shape == Shape::record && field.listing == Listing::one && field.clause.empty() &&
         field.place == Place::clause;
}
inline bool is_list(const FieldInfo& field) {
  return field.listing != Listing::one && field.listing != Listing::group;
}

}  // namespace schemac
