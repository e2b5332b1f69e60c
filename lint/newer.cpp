#include "lint/newer.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "compiler/sqltext/tree.h"

namespace schemac::lint {
namespace {

struct Word {
  std::string text;  // in capitals
  std::size_t begin, end;
};

std::vector<Word> words_of(const std::string& text) {
  std::vector<Word> words;
  sqltext::with_tokens(text, [&](std::span<PgQuery__ScanToken* const> tokens) {
    for (const PgQuery__ScanToken* token : tokens) {
      const auto begin = static_cast<std::size_t>(token->start);
      const auto end = static_cast<std::size_t>(token->end);
      std::string word = text.substr(begin, end - begin);
      std::transform(word.begin(), word.end(), word.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      });
      words.push_back({std::move(word), begin, end});
    }
  });
  return words;
}

class Rewriting {
 public:
  explicit Rewriting(std::string_view statement) : text_(statement), words_(words_of(text_)) {}

  std::optional<OlderForm> run() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      generated(i);
      expression(i);
      enforced(i);
      not_null(i);
    }
    if (changes_.empty()) return std::nullopt;
    // From the end, so that places stay what they are.
    for (auto change = changes_.rbegin(); change != changes_.rend(); ++change)
      text_.replace(change->begin, change->end - change->begin, change->words);
    return OlderForm{std::move(text_), newer_};
  }

 private:
  struct Change {
    std::size_t begin, end;
    std::string words;
  };

  bool at(std::size_t i, std::initializer_list<std::string_view> expected) const {
    for (const std::string_view word : expected) {
      if (i >= words_.size() || words_[i].text != word) return false;
      ++i;
    }
    return true;
  }
  // The place behind the group that opens at `i`.
  std::size_t behind(std::size_t i) const {
    int depth = 0;
    for (; i < words_.size(); ++i) {
      depth += words_[i].text == "(" ? 1 : words_[i].text == ")" ? -1 : 0;
      if (depth == 0) return i + 1;
    }
    return i;
  }

  // GENERATED ALWAYS AS (…) [VIRTUAL]: 18
  void generated(std::size_t i) {
    if (!at(i, {"GENERATED", "ALWAYS", "AS", "("})) return;
    const std::size_t next = behind(i + 3);
    if (at(next, {"STORED"})) return;
    if (at(next, {"VIRTUAL"}))
      changes_.push_back({words_[next].begin, words_[next].end, "STORED"});
    else
      changes_.push_back({words_[next - 1].end, words_[next - 1].end, " STORED"});
    newer_ = Newer::virtual_column;
  }
  // ALTER COLUMN c SET EXPRESSION AS (…): 17
  void expression(std::size_t i) {
    if (!at(i, {"SET", "EXPRESSION", "AS", "("})) return;
    changes_.push_back({words_[i].begin, words_[behind(i + 3) - 1].end, "DROP EXPRESSION"});
    newer_ = Newer::set_expression;
  }
  // [NOT] ENFORCED: 18
  void enforced(std::size_t i) {
    if (words_[i].text != "ENFORCED") return;
    const bool off = i > 0 && words_[i - 1].text == "NOT";
    const std::size_t first = off ? i - 1 : i;
    const bool alters = first >= 3 && at(first - 3, {"ALTER", "CONSTRAINT"});
    if (!alters) {
      // What is not enforced is not checked when it comes either.
      changes_.push_back({words_[i].begin, words_[i].end, off ? "VALID" : ""});
      return;
    }
    changes_.push_back({words_[first].begin, words_[i].end, "NOT DEFERRABLE"});
    if (!off) newer_ = Newer::enforced;
  }
  // ADD [CONSTRAINT n] NOT NULL c: 18
  void not_null(std::size_t i) {
    if (words_[i].text != "ADD") return;
    const std::size_t place = at(i + 1, {"CONSTRAINT"}) ? i + 3 : i + 1;
    if (!at(place, {"NOT", "NULL"}) || place + 2 >= words_.size()) return;
    const Word& column = words_[place + 2];
    changes_.push_back(
        {words_[place].begin, column.end,
         "CHECK (" + text_.substr(column.begin, column.end - column.begin) + " IS NOT NULL)"});
    newer_ = Newer::not_null;
  }

  std::string text_;
  std::vector<Word> words_;
  std::vector<Change> changes_;
  Newer newer_ = Newer::nothing;
};

}  // namespace

std::optional<OlderForm> older_form(std::string_view statement) {
  return Rewriting(statement).run();
}

}  // namespace schemac::lint
