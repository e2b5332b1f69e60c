#include "compiler/names/vocabulary.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace schemac {
namespace {

// What the language has words for and this version does not know yet.
constexpr std::string_view kUnsupportedAtTop[] = {"database", "large object", "role",
                                                  "sql",      "tablespace",   "user"};
constexpr std::string_view kUnsupportedInside[] = {"sql"};
// Words that may as well be the name of a column: they are looked at where no type follows them.
constexpr std::string_view kUnsupportedNames[] = {"like"};

// Kinds whose statement can begin with a word, in the order of `Members::keyed`.
using KindsByWord = std::unordered_map<std::string_view, std::vector<const KindInfo*>>;

struct Lookup {
  Members top;
  std::unordered_map<const KindInfo*, Members> of;
  std::unordered_map<const KindInfo*, KindsByWord> beginning;  // of nullptr: at the top
};

void add_member(Members& members, const KindInfo& kind) {
  if (!kind.keyword.empty()) members.keyed.push_back(&kind);
  if (!kind.inline_keyword.empty()) members.inlined.push_back(&kind);
  if (kind.keyword.empty() && kind.inline_keyword.empty() && !stands_on_others(kind))
    members.anonymous = &kind;
}

std::string_view first_word(std::string_view phrase) {
  return phrase.substr(0, phrase.find(' '));
}

// What a statement of `kind` inside `parent` begins with, but for words that lead up to it.
std::string_view keyword_in(const KindInfo& kind, const KindInfo* parent) {
  return &kind == parent ? kind.part_keyword : kind.keyword;
}

KindsByWord kinds_by_word(const Members& members, const KindInfo* parent) {
  KindsByWord kinds;
  for (const KindInfo* kind : members.keyed) {
    std::vector<std::string_view> words{first_word(keyword_in(*kind, parent))};
    for (const FieldInfo& field : kind->fields)
      if (field.place == Place::lead) words.push_back(first_word(field.clause));
    for (const std::string_view word : words)
      if (auto& known = kinds[word]; known.empty() || known.back() != kind) known.push_back(kind);
  }
  return kinds;
}

const Lookup& lookup() {
  static const Lookup built = [] {
    Lookup result;
    for (const KindInfo* kind : all_kinds()) {
      result.of[kind];
      if (kind->stands_on != nullptr) {
        for (const KindInfo* other : all_kinds())
          if (kind->stands_on(*other)) result.of[other].keyed.push_back(kind);
        if (kind->for_whole_file) result.top.keyed.push_back(kind);
        continue;
      }
      if (kind->parents.empty()) add_member(result.top, *kind);
      if (!kind->part_keyword.empty()) result.of[kind].keyed.push_back(kind);
      for (std::string_view parent : kind->parents) add_member(result.of[find_kind(parent)], *kind);
    }
    result.beginning[nullptr] = kinds_by_word(result.top, nullptr);
    for (const auto& [kind, members] : result.of)
      result.beginning[kind] = kinds_by_word(members, kind);
    return result;
  }();
  return built;
}

bool begins_with_words(std::string_view phrase, std::string_view words) {
  return phrase.size() > words.size() && phrase.starts_with(words) && phrase[words.size()] == ' ';
}

}  // namespace

std::size_t match_phrase(const Cursor& cursor, std::string_view phrase) {
  std::size_t items = 0;
  while (!phrase.empty()) {
    const std::size_t blank = phrase.find(' ');
    const std::string_view word = phrase.substr(0, blank);
    if (!cursor.is_word(items, word) && !cursor.is_symbol(items, word)) return 0;
    ++items;
    phrase = blank == std::string_view::npos ? std::string_view() : phrase.substr(blank + 1);
  }
  return items;
}

const Members& members_of(const KindInfo* parent) {
  return parent == nullptr ? lookup().top : lookup().of.at(parent);
}

std::vector<const KindInfo*> inline_kinds(const KindInfo& kind, const KindInfo* parent) {
  std::vector<const KindInfo*> kinds = members_of(&kind).inlined;
  if (parent != nullptr && kind.keyword.empty()) {
    const auto& siblings = members_of(parent).inlined;
    kinds.insert(kinds.end(), siblings.begin(), siblings.end());
  }
  return kinds;
}

KindMatch match_kind(const Cursor& cursor, const KindInfo* parent) {
  KindMatch best;
  if (!cursor.is(0, ItemKind::word) && !cursor.is(0, ItemKind::symbol)) return best;
  const KindsByWord& beginning = lookup().beginning.at(parent);
  const auto candidates = beginning.find(cursor.at->text);
  if (candidates == beginning.end()) return best;
  for (const KindInfo* kind : candidates->second) {
    KindMatch match{kind, {}, 0};
    Cursor rest = cursor;
    for (bool found = true; found;) {
      found = false;
      for (std::size_t i = 0; i < kind->fields.size() && !found; ++i) {
        if (kind->fields[i].place != Place::lead) continue;
        const std::size_t items = match_phrase(rest, kind->fields[i].clause);
        if (items == 0) continue;
        match.leads.push_back(static_cast<FieldIndex>(i));
        rest.at += items;
        found = true;
      }
    }
    const std::size_t items = match_phrase(rest, keyword_in(*kind, parent));
    if (items == 0) continue;
    match.items = static_cast<std::size_t>(rest.at - cursor.at) + items;
    if (match.items > best.items) best = std::move(match);
  }
  return best;
}

std::string_view match_unsupported(const Cursor& cursor, const KindInfo* parent) {
  const std::span<const std::string_view> phrases =
      parent == nullptr ? std::span<const std::string_view>(kUnsupportedAtTop)
                        : std::span<const std::string_view>(kUnsupportedInside);
  std::string_view best;
  for (std::string_view phrase : phrases)
    if (phrase.size() > best.size() && match_phrase(cursor, phrase) > 0) best = phrase;
  return best;
}

bool is_unsupported_name(std::string_view name) {
  return std::find(std::begin(kUnsupportedNames), std::end(kUnsupportedNames), name) !=
         std::end(kUnsupportedNames);
}

std::vector<std::string_view> statement_words(const KindInfo* parent) {
  std::vector<std::string_view> words;
  for (const KindInfo* kind : members_of(parent).keyed) {
    words.push_back(keyword_in(*kind, parent));
    for (const FieldInfo& field : kind->fields)
      if (field.place == Place::lead) words.push_back(field.clause);
  }
  if (parent == nullptr) {
    words.push_back("mixin");
  } else {
    words.push_back("include");
    for (const FieldInfo& field : parent->fields)
      if (field.place == Place::member) words.push_back(field.clause);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

const FieldInfo* continued_field(std::span<const FieldInfo> fields, const FieldInfo& flag) {
  const FieldInfo* next = &flag + 1;
  if (flag.shape != Shape::flag || next == fields.data() + fields.size()) return nullptr;
  return !next->clause.empty() && begins_with_words(flag.clause, next->clause) ? next : nullptr;
}

}  // namespace schemac
