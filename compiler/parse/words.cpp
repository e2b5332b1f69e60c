#include "compiler/parse/words.h"

#include <algorithm>
#include <unordered_set>

#include "compiler/ir/catalog.h"
#include "compiler/ir/kind.h"

namespace schemac {
namespace {

using Words = std::unordered_set<std::string_view>;

// Words that PostgreSQL takes for a name only in quotes. Sorted.
constexpr std::string_view kReserved[] = {"all",
                                          "analyse",
                                          "analyze",
                                          "and",
                                          "any",
                                          "array",
                                          "as",
                                          "asc",
                                          "asymmetric",
                                          "authorization",
                                          "binary",
                                          "both",
                                          "case",
                                          "cast",
                                          "check",
                                          "collate",
                                          "collation",
                                          "column",
                                          "concurrently",
                                          "constraint",
                                          "create",
                                          "cross",
                                          "current_catalog",
                                          "current_date",
                                          "current_role",
                                          "current_schema",
                                          "current_time",
                                          "current_timestamp",
                                          "current_user",
                                          "default",
                                          "deferrable",
                                          "desc",
                                          "distinct",
                                          "do",
                                          "else",
                                          "end",
                                          "except",
                                          "false",
                                          "fetch",
                                          "for",
                                          "foreign",
                                          "freeze",
                                          "from",
                                          "full",
                                          "grant",
                                          "group",
                                          "having",
                                          "ilike",
                                          "in",
                                          "initially",
                                          "inner",
                                          "intersect",
                                          "into",
                                          "is",
                                          "isnull",
                                          "join",
                                          "lateral",
                                          "leading",
                                          "left",
                                          "like",
                                          "limit",
                                          "localtime",
                                          "localtimestamp",
                                          "natural",
                                          "not",
                                          "notnull",
                                          "null",
                                          "offset",
                                          "on",
                                          "only",
                                          "or",
                                          "order",
                                          "outer",
                                          "overlaps",
                                          "placing",
                                          "primary",
                                          "references",
                                          "returning",
                                          "right",
                                          "select",
                                          "session_user",
                                          "similar",
                                          "some",
                                          "symmetric",
                                          "table",
                                          "tablesample",
                                          "then",
                                          "to",
                                          "trailing",
                                          "true",
                                          "union",
                                          "unique",
                                          "user",
                                          "using",
                                          "variadic",
                                          "verbose",
                                          "when",
                                          "where",
                                          "window",
                                          "with"};

// Words that start members which no kind describes (`include`), or none yet.
constexpr std::string_view kFurtherMembers[] = {"comment",   "grant",     "include", "owner",
                                                "partition", "policy",    "row",     "rule",
                                                "sql",       "statistics"};

std::string_view first_word(std::string_view words) {
  return words.substr(0, words.find(' '));
}
std::string_view last_word(std::string_view words) {
  return words.substr(words.rfind(' ') + 1);
}

// Whether objects of a kind stand among others that begin with their name: what an extension holds
// does not, the index of a table does.
bool stands_beside_names(const KindInfo& kind) {
  if (kind.stands_on != nullptr) return true;
  const auto has_named = [](std::string_view parent) {
    return std::any_of(all_kinds().begin(), all_kinds().end(), [&](const KindInfo* other) {
      return other->keyword.empty() && other->naming != Naming::none &&
             std::find(other->parents.begin(), other->parents.end(), parent) !=
                 other->parents.end();
    });
  };
  return std::any_of(kind.parents.begin(), kind.parents.end(), has_named);
}

Words member_words() {
  Words words(std::begin(kFurtherMembers), std::end(kFurtherMembers));
  for (const KindInfo* kind : all_kinds()) {
    if (stands_beside_names(*kind)) words.insert(first_word(kind->keyword));
    words.insert(first_word(kind->inline_keyword));
    for (const FieldInfo& field : kind->fields) {
      if (field.place == Place::member) words.insert(first_word(field.clause));
      if (field.place != Place::lead || kind->parents.empty()) continue;
      words.insert(first_word(field.clause));
      for (std::string_view choice : field.words) words.insert(first_word(choice));
    }
  }
  words.erase("");
  return words;
}

// Whether the type that follows a name could be taken for a clause: `price storage`.
bool has_bare_type(const KindInfo& kind) {
  return std::any_of(kind.fields.begin(), kind.fields.end(), [](const FieldInfo& field) {
    return field.shape == Shape::type && field.place == Place::clause && field.clause.empty();
  });
}

// First words of what may stand where a name can stand as well.
Words clause_words() {
  Words words{"was"};
  for (const KindInfo* kind : all_kinds()) {
    const bool nameless = kind->naming == Naming::automatic;
    if (!nameless && !has_bare_type(*kind)) continue;
    for (const FieldInfo& field : kind->fields) {
      if (field.place == Place::clause) words.insert(first_word(field.clause));
      if (nameless)
        for (std::string_view choice : field.words) words.insert(first_word(choice));
    }
  }
  words.erase("");
  return words;
}

bool holds_group(const FieldInfo& field) {
  switch (field.listing) {
    case Listing::parens:
    case Listing::group:
      return true;
    default:
      return field.shape == Shape::expr || field.shape == Shape::value || !field.record.empty();
  }
}

void add_group_words(std::span<const FieldInfo> fields, Words& words) {
  for (const FieldInfo& field : fields) {
    if (field.place == Place::signature || field.place == Place::hidden) continue;
    if (holds_group(field)) words.insert(last_word(field.clause));
    add_group_words(field.record, words);
  }
}

Words group_words() {
  Words words;
  for (const KindInfo* kind : all_kinds()) {
    words.insert(last_word(kind->keyword));
    words.insert(last_word(kind->inline_keyword));
    add_group_words(kind->fields, words);
  }
  words.erase("");
  return words;
}

}  // namespace

bool starts_member(std::string_view word) {
  static const Words words = member_words();
  return words.contains(word);
}

bool introduces_group(std::string_view word) {
  static const Words words = group_words();
  return words.contains(word);
}

bool needs_quotes(std::string_view name) {
  static const Words clauses = clause_words();
  return dsl_ident(name) != name || starts_member(name) || clauses.contains(name) ||
         std::binary_search(std::begin(kReserved), std::end(kReserved), name);
}

}  // namespace schemac
