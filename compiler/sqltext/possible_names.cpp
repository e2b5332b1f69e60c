// What a text may name that no tree could be made of: SQL that came after our parser. Its words are
// the same, and where a name stands tells what it can be; what it does not stand for in a schema is
// nobody's harm.
#include <algorithm>
#include <cctype>
#include <set>

#include "compiler/sqltext/tree.h"

namespace schemac::sqltext {
namespace {

using Tokens = std::vector<const PgQuery__ScanToken*>;

// Numbers of one plain form, as long as they were: what came later (`1_000`, `0xFF`) stops the
// scanner of 15.
std::string with_plain_numbers(std::string_view text) {
  std::string plain(text);
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
  };
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const bool starts = std::isdigit(static_cast<unsigned char>(plain[at])) != 0;
    const bool number = starts && (at == 0 || !is_word(plain[at - 1]));
    for (; at < plain.size() && is_word(plain[at]); ++at)
      if (number) plain[at] = '1';
  }
  return plain;
}

// Calls `use` with the tokens of `text` but for its comments.
void with_words(std::string_view text, const std::function<void(const Tokens&)>& use) {
  bool told_apart = false;
  const auto pass_on = [&](std::span<PgQuery__ScanToken* const> all) {
    told_apart = true;
    Tokens tokens(all.begin(), all.end());
    std::erase_if(tokens, [](const PgQuery__ScanToken* token) {
      return token->token == PG_QUERY__TOKEN__SQL_COMMENT ||
             token->token == PG_QUERY__TOKEN__C_COMMENT;
    });
    use(tokens);
  };
  with_tokens(std::string(text), pass_on);
  if (!told_apart) with_tokens(with_plain_numbers(text), pass_on);
}

class Possible {
 public:
  Possible(std::string_view text, const Tokens& tokens, TextFacts& facts)
      : text_(text), tokens_(tokens), facts_(facts) {}

  void find() {
    find_queries();
    for (std::size_t i = 0; i < tokens_.size();) {
      follow(i);
      i = is_name(i) ? add_chain(i) : i + 1;
    }
    add_columns();
  }

 private:
  // What is known of the parentheses that the walk is in.
  struct Group {
    bool statement = false;  // it holds a query or a statement, so that FROM lists relations
    bool listing = false;    // in such a list
  };
  struct Mention {
    std::string qualifier, name;
    std::size_t offset;
  };

  int kind(std::size_t i) const { return i < tokens_.size() ? tokens_[i]->token : 0; }
  std::string_view word(std::size_t i) const {
    const auto from = static_cast<std::size_t>(tokens_[i]->start);
    return text_.substr(from, static_cast<std::size_t>(tokens_[i]->end) - from);
  }
  bool is_name(std::size_t i) const {
    if (i >= tokens_.size()) return false;
    const auto keyword = tokens_[i]->keyword_kind;
    return kind(i) == PG_QUERY__TOKEN__IDENT ||
           keyword == PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD;
  }

  std::size_t closing(std::size_t open) const;
  void find_queries();
  void follow(std::size_t i);
  bool is_relation_place(std::size_t i) const;
  bool is_type_place(std::size_t i, std::size_t behind) const;
  std::size_t add_chain(std::size_t i);
  void add_columns();

  std::string_view text_;
  const Tokens& tokens_;
  TextFacts& facts_;
  std::vector<Group> groups_{1};
  std::set<std::string> queries_;  // names of common table expressions
  std::vector<QName> relations_;
  std::vector<Mention> columns_;
};

// Behind the parenthesis that closes the one at `open`.
std::size_t Possible::closing(std::size_t open) const {
  int depth = 0;
  for (std::size_t i = open; i < tokens_.size(); ++i) {
    if (kind(i) == PG_QUERY__TOKEN__ASCII_40) ++depth;
    if (kind(i) == PG_QUERY__TOKEN__ASCII_41 && --depth == 0) return i + 1;
  }
  return tokens_.size();
}

// `name [(columns)] AS [[NOT] MATERIALIZED] (`
void Possible::find_queries() {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!is_name(i)) continue;
    std::size_t next = kind(i + 1) == PG_QUERY__TOKEN__ASCII_40 ? closing(i + 1) : i + 1;
    if (kind(next) != PG_QUERY__TOKEN__AS) continue;
    ++next;
    if (kind(next) == PG_QUERY__TOKEN__NOT) ++next;
    if (kind(next) == PG_QUERY__TOKEN__MATERIALIZED) ++next;
    if (kind(next) != PG_QUERY__TOKEN__ASCII_40) continue;
    if (const auto name = parse_qualified(word(i))) queries_.insert(name->name.text);
  }
}

// Keeps track of where a list of relations goes on behind a comma.
void Possible::follow(std::size_t i) {
  switch (kind(i)) {
    case PG_QUERY__TOKEN__ASCII_40:
      groups_.emplace_back();
      break;
    case PG_QUERY__TOKEN__ASCII_41:
      if (groups_.size() > 1) groups_.pop_back();
      break;
    case PG_QUERY__TOKEN__SELECT:
    case PG_QUERY__TOKEN__DELETE_P:
    case PG_QUERY__TOKEN__UPDATE:
      groups_.back() = {true, false};
      break;
    case PG_QUERY__TOKEN__FROM:
      if (groups_.back().statement && (i == 0 || kind(i - 1) != PG_QUERY__TOKEN__DISTINCT))
        groups_.back().listing = true;
      break;
    case PG_QUERY__TOKEN__WHERE:
    case PG_QUERY__TOKEN__GROUP_P:
    case PG_QUERY__TOKEN__HAVING:
    case PG_QUERY__TOKEN__WINDOW:
    case PG_QUERY__TOKEN__ORDER:
    case PG_QUERY__TOKEN__LIMIT:
    case PG_QUERY__TOKEN__SET:
    case PG_QUERY__TOKEN__RETURNING:
      groups_.back().listing = false;
      break;
    default:
      break;
  }
}

bool Possible::is_relation_place(std::size_t i) const {
  if (i == 0 || kind(i) == PG_QUERY__TOKEN__SET) return false;  // `UPDATE SET` of MERGE
  switch (kind(i - 1)) {
    case PG_QUERY__TOKEN__JOIN:
    case PG_QUERY__TOKEN__INTO:
    case PG_QUERY__TOKEN__UPDATE:
    case PG_QUERY__TOKEN__USING:
    case PG_QUERY__TOKEN__ONLY:
    case PG_QUERY__TOKEN__TABLE:
      return true;
    case PG_QUERY__TOKEN__FROM:
      return groups_.back().listing && (i == 1 || kind(i - 2) != PG_QUERY__TOKEN__DISTINCT);
    case PG_QUERY__TOKEN__ASCII_44:
      return groups_.back().listing;
    default:
      return false;
  }
}

// `x::type`, `cast(x as type)`, `type PATH '$'` among the columns of JSON_TABLE.
bool Possible::is_type_place(std::size_t i, std::size_t behind) const {
  if (i == 0) return false;
  if (kind(i - 1) == PG_QUERY__TOKEN__TYPECAST) return true;
  if (kind(i - 1) == PG_QUERY__TOKEN__AS) return kind(behind) == PG_QUERY__TOKEN__ASCII_41;
  return is_name(i - 1) && behind < tokens_.size() &&
         (parse_qualified(word(behind)) == QName{{}, Ident("path")} ||
          kind(behind) == PG_QUERY__TOKEN__EXISTS);
}

// Adds the dotted name at `i` and returns where it ends.
std::size_t Possible::add_chain(std::size_t i) {
  std::size_t behind = i + 1;
  bool star = false;
  while (!star && kind(behind) == PG_QUERY__TOKEN__ASCII_46 && behind + 1 < tokens_.size()) {
    star = kind(behind + 1) == PG_QUERY__TOKEN__ASCII_42;
    behind += 2;
  }
  const auto at = static_cast<std::size_t>(tokens_[i]->start);
  const auto end = static_cast<std::size_t>(tokens_[behind - 1]->end);
  const auto name = parse_qualified(text_.substr(at, end - at));
  if (!name) return behind;
  if (star) {
    columns_.push_back({name->schema.text, name->name.text, at});
  } else if (name->schema.empty() && queries_.contains(name->name.text)) {
    return behind;
  } else if (kind(behind) == PG_QUERY__TOKEN__ASCII_40 && kind(i) == PG_QUERY__TOKEN__COLUMNS) {
    return behind;  // of JSON_TABLE
  } else if (kind(behind) == PG_QUERY__TOKEN__ASCII_40 && kind(i - 1) != PG_QUERY__TOKEN__INTO) {
    facts_.uses.push_back({NameUse::What::function, *name, at});
  } else if (is_relation_place(i)) {
    facts_.uses.push_back({NameUse::What::relation, *name, at});
    relations_.push_back(*name);
  } else if (is_type_place(i, behind)) {
    facts_.uses.push_back({NameUse::What::type, *name, at});
  } else {
    columns_.push_back({name->schema.text, name->name.text, at});
  }
  return behind;
}

// A column may be of any relation of the text, unless its qualifier is the name of one.
void Possible::add_columns() {
  for (const Mention& column : columns_) {
    ColumnUse use{Ident(column.qualifier), Ident(column.name), {}, true, false, column.offset};
    const bool named = std::any_of(relations_.begin(), relations_.end(), [&](const QName& one) {
      return one.name.text == column.qualifier;
    });
    for (const QName& relation : relations_)
      if (!named || relation.name.text == column.qualifier) use.candidates.push_back({relation, 0});
    facts_.columns.push_back(std::move(use));
  }
}

}  // namespace

void add_possible_names(std::string_view text, TextFacts& facts) {
  with_words(text, [&](const Tokens& tokens) { Possible(text, tokens, facts).find(); });
}

bool same_tokens(std::string_view a, std::string_view b) {
  const auto spelled = [](std::string_view text) {
    std::vector<std::string> words;
    with_words(text, [&](const Tokens& tokens) {
      for (const PgQuery__ScanToken* token : tokens) {
        const auto from = static_cast<std::size_t>(token->start);
        std::string word(text.substr(from, static_cast<std::size_t>(token->end) - from));
        const bool bare = token->token == PG_QUERY__TOKEN__IDENT ||
                          token->keyword_kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD;
        if (bare && word.front() != '"')
          for (char& c : word)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        words.push_back(std::move(word));
      }
    });
    return words;
  };
  const auto words = spelled(a);
  return !words.empty() && words == spelled(b);
}

}  // namespace schemac::sqltext
