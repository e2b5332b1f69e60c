#include "runner/script.h"

#include <algorithm>

#include "runner/digest.h"

namespace schemac {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_part(char c) {
  return is_name_start(c) || is_digit(c) || c == '$';
}
bool is_operator(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

enum class TokenKind : std::uint8_t { word, text, comment, semicolon, other, meta_command, end };

struct Token {
  TokenKind kind;
  std::string_view text;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // The next token, comments included. An unterminated one sets error() and ends the text.
  Token next();
  std::size_t offset_of(const Token& token) const {
    return static_cast<std::size_t>(token.text.data() - text_.data());
  }
  const std::optional<ScriptError>& error() const { return error_; }

 private:
  char at(std::size_t index) const { return index < text_.size() ? text_[index] : '\0'; }
  Token take(TokenKind kind, std::size_t end) {
    const Token token{kind, text_.substr(position_, end - position_)};
    position_ = end;
    return token;
  }
  Token fail(std::string message) {
    error_ = ScriptError{std::move(message), position_};
    position_ = text_.size();
    return {TokenKind::end, text_.substr(text_.size())};
  }
  Token block_comment();
  Token quoted(std::size_t open, bool backslashes);
  Token dollar();

  std::string_view text_;
  std::size_t position_ = 0;
  std::optional<ScriptError> error_;
};

Token Scanner::block_comment() {
  std::size_t depth = 0;
  std::size_t i = position_;
  do {
    if (i >= text_.size()) return fail("comment without its end");
    if (at(i) == '/' && at(i + 1) == '*') {
      ++depth;
      i += 2;
    } else if (at(i) == '*' && at(i + 1) == '/') {
      --depth;
      i += 2;
    } else {
      ++i;
    }
  } while (depth > 0);
  return take(TokenKind::comment, i);
}

// A string or a quoted name whose first quote is at `open`.
Token Scanner::quoted(std::size_t open, bool backslashes) {
  const char quote = text_[open];
  std::size_t i = open + 1;
  while (i < text_.size()) {
    if (backslashes && text_[i] == '\\') {
      i += 2;
    } else if (text_[i] != quote) {
      ++i;
    } else if (at(i + 1) == quote) {
      i += 2;
    } else {
      return take(TokenKind::text, i + 1);
    }
  }
  return fail(quote == '"' ? "quoted name without its end" : "string without its end");
}

// `$tag$ … $tag$`, a parameter such as `$1`, or a lone `$`.
Token Scanner::dollar() {
  std::size_t i = position_ + 1;
  if (is_digit(at(i))) {
    while (is_digit(at(i))) ++i;
    return take(TokenKind::other, i);
  }
  if (is_name_start(at(i)))
    while (is_name_part(at(i)) && at(i) != '$') ++i;
  if (at(i) != '$') return take(TokenKind::other, position_ + 1);
  const std::string_view tag = text_.substr(position_, i + 1 - position_);
  const std::size_t close = text_.find(tag, i + 1);
  if (close == std::string_view::npos) return fail("dollar-quoted string without its end");
  return take(TokenKind::text, close + tag.size());
}

Token Scanner::next() {
  while (position_ < text_.size() && is_space(text_[position_])) ++position_;
  if (position_ >= text_.size()) return {TokenKind::end, text_.substr(text_.size())};
  const char c = text_[position_];
  const char following = at(position_ + 1);
  if (c == '-' && following == '-') {
    const std::size_t end = text_.find('\n', position_);
    return take(TokenKind::comment, end == std::string_view::npos ? text_.size() : end);
  }
  if (c == '/' && following == '*') return block_comment();
  if (c == ';') return take(TokenKind::semicolon, position_ + 1);
  if (c == '\'' || c == '"') return quoted(position_, false);
  if (c == '$') return dollar();
  if (c == '\\') return take(TokenKind::meta_command, position_ + 1);
  if (is_name_start(c)) {
    if (following == '\'') return quoted(position_ + 1, c == 'e' || c == 'E');
    if ((c == 'u' || c == 'U') && following == '&' &&
        (at(position_ + 2) == '\'' || at(position_ + 2) == '"'))
      return quoted(position_ + 2, false);
    std::size_t end = position_;
    while (is_name_part(at(end)) && end < text_.size()) ++end;
    return take(TokenKind::word, end);
  }
  if (is_digit(c) || (c == '.' && is_digit(following))) {
    std::size_t end = position_;
    while (is_digit(at(end)) || at(end) == '.' || is_name_start(at(end))) ++end;
    return take(TokenKind::other, end);
  }
  if (is_operator(c)) {
    std::size_t end = position_ + 1;
    while (is_operator(at(end)) && !(at(end) == '-' && at(end + 1) == '-') &&
           !(at(end) == '/' && at(end + 1) == '*'))
      ++end;
    return take(TokenKind::other, end);
  }
  return take(TokenKind::other, position_ + 1);
}

// Where a statement ends: at a `;` outside of parentheses and outside of a routine's BEGIN ATOMIC …
// END, in which CASE … END nests.
class StatementEnd {
 public:
  void see(const Token& token) {
    if (token.text == "(") ++parens_;
    if (token.text == ")" && parens_ > 0) --parens_;
    if (token.kind != TokenKind::word) return;
    const std::string word = lower(token.text);
    if (words_.size() < 4) words_.push_back(word);
    if (parens_ > 0 || !makes_routine()) return;
    if (word == "begin" || (word == "case" && blocks_ > 0)) ++blocks_;
    if (word == "end" && blocks_ > 0) --blocks_;
  }
  bool inside() const { return parens_ > 0 || blocks_ > 0; }
  StatementRole role() const {
    if (words_.empty()) return StatementRole::ordinary;
    const std::string& first = words_[0];
    const std::string second = words_.size() > 1 ? words_[1] : "";
    if (first == "begin" || (first == "start" && second == "transaction"))
      return StatementRole::begin;
    if (first == "commit" || first == "end") return StatementRole::commit;
    const bool savepoint =
        words_.size() > 1 && (second == "to" || (words_.size() > 2 && words_[2] == "to"));
    if ((first == "rollback" && !savepoint) || first == "abort") return StatementRole::rollback;
    return StatementRole::ordinary;
  }

 private:
  bool makes_routine() const {
    if (words_.size() < 2 || words_[0] != "create") return false;
    const std::size_t kind = words_[1] == "or" ? 3 : 1;
    return words_.size() > kind && (words_[kind] == "function" || words_[kind] == "procedure");
  }

  std::vector<std::string> words_;  // the first few
  int parens_ = 0;
  int blocks_ = 0;
};

}  // namespace

int line_of(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  return 1 +
         static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(offset), '\n'));
}

Script read_script(std::string_view text) {
  Script script;
  Scanner scanner(text);
  std::optional<ScriptStatement> statement;
  std::vector<std::string_view> comments;
  StatementEnd state;
  std::size_t counted = 0;  // bytes whose line ends are in `line`
  int line = 1;
  const auto finish = [&](std::size_t end) {
    if (!statement) return;
    statement->text = text.substr(statement->begin, end - statement->begin);
    statement->role = state.role();
    statement->comments = std::move(comments);
    comments.clear();
    script.statements.push_back(std::move(*statement));
    statement.reset();
    state = {};
  };
  std::size_t last_end = 0;
  for (Token token = scanner.next(); token.kind != TokenKind::end; token = scanner.next()) {
    const std::size_t offset = scanner.offset_of(token);
    if (token.kind == TokenKind::comment) {
      comments.push_back(token.text);
    } else if (token.kind == TokenKind::meta_command) {
      script.error = ScriptError{"psql's backslash commands are not SQL", offset};
      return script;
    } else if (token.kind == TokenKind::semicolon && !state.inside()) {
      finish(last_end);
    } else {
      if (!statement) {
        line += static_cast<int>(std::count(text.begin() + static_cast<long>(counted),
                                            text.begin() + static_cast<long>(offset), '\n'));
        counted = offset;
        statement.emplace();
        statement->begin = offset;
        statement->line = line;
      }
      state.see(token);
      last_end = offset + token.text.size();
    }
  }
  script.error = scanner.error();
  finish(last_end);
  script.comments_at_end = std::move(comments);
  return script;
}

ScriptSegments split_segments(const Script& script) {
  ScriptSegments result;
  bool in_transaction = false;
  const auto fail = [&](const ScriptStatement& statement, std::string message) {
    result.error = ScriptError{std::move(message), statement.begin};
  };
  std::size_t begun = 0;
  for (std::size_t i = 0; i < script.statements.size(); ++i) {
    const ScriptStatement& statement = script.statements[i];
    switch (statement.role) {
      case StatementRole::begin:
        if (in_transaction) {
          fail(statement, "a transaction begins inside another one");
          return result;
        }
        in_transaction = true;
        begun = i;
        result.segments.push_back({true, i, {}});
        break;
      case StatementRole::commit:
        if (!in_transaction) {
          fail(statement, "a transaction ends that never began");
          return result;
        }
        in_transaction = false;
        if (result.segments.back().statements.empty()) result.segments.pop_back();
        break;
      case StatementRole::rollback:
        fail(statement, "the file rolls back what it did");
        return result;
      case StatementRole::ordinary:
        if (!in_transaction) result.segments.push_back({false, 0, {}});
        result.segments.back().statements.push_back(i);
        break;
    }
  }
  if (in_transaction) fail(script.statements[begun], "a transaction begins and never ends");
  return result;
}

std::string script_digest(std::string_view text) {
  constexpr std::size_t kPieceBytes = 1 << 14;
  Sha256 hash;
  std::string piece;
  Scanner scanner(text);
  for (Token token = scanner.next(); token.kind != TokenKind::end; token = scanner.next()) {
    if (token.kind == TokenKind::comment) continue;
    piece += std::to_string(token.text.size());
    piece += ':';
    piece += token.text;
    if (piece.size() < kPieceBytes) continue;
    hash.add(piece);
    piece.clear();
  }
  hash.add(piece);
  // What cannot be scanned counts byte for byte.
  if (const auto& error = scanner.error()) hash.add(text.substr(error->offset));
  return hash.hex();
}

}  // namespace schemac
