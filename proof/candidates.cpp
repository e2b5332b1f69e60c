#include "proof/candidates.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace schemac {
namespace {

constexpr int kLengthMax = 300;
constexpr int kRepeatMax = 40;

std::string quoted(std::string_view value) {
  std::string text = "'";
  for (const char c : value) text += c == '\'' ? std::string("''") : std::string(1, c);
  return text + "'";
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// -- Regular expressions -------------------------------------------------------------------------

// Writes a text along a pattern, so that the pattern matches it.
class Sampler {
 public:
  Sampler(std::string_view pattern, int round) : text_(pattern), round_(round) {}

  std::string run() {
    const std::string found = alternatives();
    return failed_ || at_ != text_.size() ? std::string() : found;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string alternatives() {
    std::vector<std::string> found{sequence()};
    while (take('|')) found.push_back(sequence());
    return found[static_cast<std::size_t>(round_) % found.size()];
  }

  std::string sequence() {
    std::string out;
    while (!at_end() && text_[at_] != '|' && text_[at_] != ')' && !failed_) {
      const std::size_t begin = at_;
      const std::string one = atom();
      const int times = repetition();
      for (int i = 0; i < times; ++i) {
        if (i == 0) {
          out += one;
          continue;
        }
        // The same atom again, with another choice.
        const std::size_t behind = at_;
        at_ = begin;
        ++round_;
        out += atom();
        at_ = behind;
      }
    }
    return out;
  }

  std::string atom() {
    const char c = text_[at_++];
    if (c == '^' || c == '$') return "";
    if (c == '.') return "x";
    if (c == '[') return std::string(1, bracket());
    if (c == '\\') return escape();
    if (c != '(') return std::string(1, c);
    if (text_.substr(at_, 2) == "?:")
      at_ += 2;
    else if (!at_end() && text_[at_] == '?')
      failed_ = true;
    const std::string inside = alternatives();
    if (!take(')')) failed_ = true;
    return inside;
  }

  std::string escape() {
    if (at_end()) {
      failed_ = true;
      return "";
    }
    const char c = text_[at_++];
    if (c == 'd') return std::string(1, digit());
    if (c == 'w') return "w";
    if (c == 's') return " ";
    if (c == 'm' || c == 'M' || c == 'y' || c == 'A' || c == 'Z') return "";
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) failed_ = true;
    return std::string(1, c);
  }

  char digit() const { return static_cast<char>('1' + round_ % 9); }

  // A character of the class whose `[` is behind us.
  char bracket() {
    const bool negated = take('^');
    std::string members;
    for (bool first = true; !at_end() && (first || text_[at_] != ']'); first = false) {
      if (text_.substr(at_, 2) == "[:") {
        add_named(members);
        continue;
      }
      char c = text_[at_++];
      if (c == '\\' && !at_end()) c = escape()[0];
      const bool range = at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']';
      const char last = range ? text_[at_ + 1] : c;
      if (range) at_ += 2;
      for (int each = static_cast<unsigned char>(c); each <= static_cast<unsigned char>(last);
           ++each)
        members += static_cast<char>(each);
    }
    if (!take(']')) failed_ = true;
    if (negated) {
      const std::string_view all = "x1-_ .@";
      const std::size_t outside = all.find_first_not_of(members);
      if (outside == std::string_view::npos) failed_ = true;
      return failed_ ? 'x' : all[outside];
    }
    if (members.empty()) failed_ = true;
    return failed_ ? 'x' : members[static_cast<std::size_t>(round_) % members.size()];
  }

  void add_named(std::string& members) {
    const std::size_t end = text_.find(":]", at_);
    if (end == std::string_view::npos) {
      failed_ = true;
      at_ = text_.size();
      return;
    }
    const std::string_view name = text_.substr(at_ + 2, end - at_ - 2);
    members += name == "digit" ? "1234567890" : name == "space" ? " " : name == "upper" ? "X" : "x";
    at_ = end + 2;
  }

  int number() {
    int value = 0;
    while (!at_end() && is_digit(text_[at_]) && value < 10000)
      value = value * 10 + (text_[at_++] - '0');
    return value;
  }

  // How often the atom in front stands there.
  int repetition() {
    int times = 1;
    if (take('*') || take('+')) {
      times = 1 + round_ % 3;
    } else if (take('?')) {
      times = round_ % 2;
    } else if (take('{')) {
      times = number();
      const int least = times;
      if (take(',') && !at_end() && is_digit(text_[at_])) times = std::max(least, number());
      if (round_ % 2 == 0) times = least;
      if (!take('}') || times > kRepeatMax) failed_ = true;
    }
    take('?');  // not greedy
    return failed_ ? 0 : times;
  }

  std::string_view text_;
  int round_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

// -- Conditions ----------------------------------------------------------------------------------

// The string literal that begins at `at`, which moves behind it.
std::string read_literal(std::string_view text, std::size_t& at) {
  std::string value;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\'' && (at + 1 >= text.size() || text[at + 1] != '\'')) break;
    if (text[at] == '\'') ++at;
    value += text[at];
  }
  ++at;
  return value;
}

void add_string(const std::string& value, std::string_view before,
                std::vector<std::string>& found) {
  found.push_back(quoted(value));
  const bool matches = before.ends_with("~ ") || before.ends_with("~* ");
  for (int round = 0; matches && round < 6; ++round)
    if (const std::string text = matching_text(value, round); !text.empty())
      found.push_back(quoted(text));
  if (value.find('%') == std::string::npos) return;
  std::string like = value;  // of LIKE
  std::replace(like.begin(), like.end(), '%', 'x');
  found.push_back(quoted(like));
}

void add_number(const std::string& digits, std::vector<std::string>& found) {
  const double value = std::strtod(digits.c_str(), nullptr);
  found.push_back(quoted(digits));
  if (value > 1e15) return;
  const bool whole = digits.find('.') == std::string::npos;
  const auto near = static_cast<long long>(value);
  for (const long long other : {near + 1, near - 1, near * 2, -near})
    found.push_back(quoted(std::to_string(other)));
  if (!whole || near < 1 || near > kLengthMax) return;
  for (const long long length : {near, near + 1, near - 1})
    for (const char fill : {'a', 'B', '1'})
      found.push_back(quoted(std::string(static_cast<std::size_t>(length), fill)));
}

}  // namespace

std::string matching_text(std::string_view pattern, int round) {
  return Sampler(pattern, round).run();
}

std::vector<std::string> candidates_from(std::string_view conditions) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < conditions.size();) {
    const char before = at == 0 ? ' ' : conditions[at - 1];
    const bool in_word = std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '_';
    if (conditions[at] == '\'') {
      const std::string_view head = conditions.substr(0, at);
      add_string(read_literal(conditions, at), head, found);
    } else if (is_digit(conditions[at]) && !in_word) {
      std::size_t end = at;
      while (end < conditions.size() && (is_digit(conditions[end]) || conditions[end] == '.'))
        ++end;
      add_number(std::string(conditions.substr(at, end - at)), found);
      at = end;
    } else {
      ++at;
    }
  }
  std::vector<std::string> distinct;
  for (std::string& one : found)
    if (std::find(distinct.begin(), distinct.end(), one) == distinct.end())
      distinct.push_back(std::move(one));
  return distinct;
}

}  // namespace schemac
