// The hand-written members of the generated lexer.

#include <SchemaLexer.h>

#include <mutex>

#include "compiler/parse/byte_stream.h"
#include "compiler/parse/characters.h"

namespace {

// The lexer is only ever given this kind of stream.
std::string_view input_text(antlr4::CharStream* input) {
  return static_cast<schemac::ByteStream*>(input)->text();
}

}  // namespace

void SchemaLexer::start(bool ends_with_input) {
  endsWithInput = ends_with_input;
  held.reset();
  last = 0;
}

// A blank stands between almost any two tokens: to match each would double the work.
void SchemaLexer::skipBlanks() {
  const std::string_view text = input_text(_input);
  std::size_t at = _input->index();
  while (at < text.size() && schemac::byte_class(text[at]) == schemac::ByteClass::blank) ++at;
  _input->seek(at);
}

std::unique_ptr<antlr4::Token> SchemaLexer::tokenUpTo(size_t end, size_t type, size_t channel) {
  const size_t begin = _input->index();
  _input->seek(end);
  return std::make_unique<antlr4::CommonToken>(
      std::pair<antlr4::TokenSource*, antlr4::CharStream*>{this, _input}, type, channel, begin,
      end - 1);
}

// Stepping through the lexer's automaton costs many times what these looks do, and goes on one
// thread of the program alone.
std::unique_ptr<antlr4::Token> SchemaLexer::plainToken() {
  const std::string_view text = input_text(_input);
  const std::size_t at = _input->index();
  if (at >= text.size()) return nullptr;
  const auto byte = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  const auto token = [&](std::size_t end, std::size_t type) {
    return tokenUpTo(end, type, antlr4::Token::DEFAULT_CHANNEL);
  };
  std::size_t end = at + 1;
  switch (schemac::byte_class(text[at])) {
    case schemac::ByteClass::word:
      while (end < text.size() && schemac::is_word_part(text[end])) ++end;
      if (byte(end) == '\'' || byte(end) == '&') return nullptr;  // the prefix of a string, perhaps
      return token(end, WORD);
    case schemac::ByteClass::digit:
      while (schemac::byte_class(byte(end)) == schemac::ByteClass::digit) ++end;
      return schemac::is_number_part(byte(end)) ? nullptr : token(end, NUMBER);
    case schemac::ByteClass::op:
      if (!schemac::begins_comment(text, at)) return token(schemac::operator_end(text, at), SYMBOL);
      if (text.substr(at, 3) != "///" || byte(at + 3) == '/') return nullptr;
      return tokenUpTo(schemac::line_end(text, at), DOC, COMMENTS);
    case schemac::ByteClass::blank:
    case schemac::ByteClass::other:
      break;
  }
  switch (text[at]) {
    case '(':
      return token(end, LPAREN);
    case ')':
      return token(end, RPAREN);
    case '{':
      return token(end, LBRACE);
    case '}':
      return token(end, RBRACE);
    case ';':
      return token(end, SEMI);
    case ',':
      return token(end, SYMBOL);
    case '\'':
    case '"':
      end = schemac::quoted_end(text, at, false);
      if (end == std::string_view::npos) return nullptr;
      return token(end, text[at] == '"' ? QUOTED : STRING);
    default:
      return nullptr;
  }
}

// Puts in the `;` that the last statement of a block may omit, before the `}`.
std::unique_ptr<antlr4::Token> SchemaLexer::nextToken() {
  if (!held) skipBlanks();
  std::unique_ptr<antlr4::Token> token = held ? std::move(held) : plainToken();
  if (!token) {
    // What the automaton has seen before is kept where all lexers of the program find it.
    static std::mutex automaton;
    const std::lock_guard lock(automaton);
    token = antlr4::Lexer::nextToken();
  }
  if (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) return token;
  const bool closes = token->getType() == RBRACE || (endsWithInput && token->getType() == EOF);
  const bool open = last != 0 && last != SEMI && last != LBRACE && last != RBRACE;
  if (closes && open) {
    const size_t at = token->getStartIndex();
    auto semi = std::make_unique<antlr4::CommonToken>(
        std::pair<antlr4::TokenSource*, antlr4::CharStream*>{this, _input}, SEMI,
        antlr4::Token::DEFAULT_CHANNEL, at, at - 1);
    held = std::move(token);
    last = SEMI;
    return semi;
  }
  last = token->getType();
  return token;
}

void SchemaLexer::takeBody() {
  const std::string_view text = input_text(_input);
  const std::size_t begin = tokenStartCharIndex;
  const std::size_t end =
      schemac::body_end(text, begin, text.substr(begin, _input->index() - begin));
  // The splitter has refused a body without an end.
  if (end != std::string_view::npos) _input->seek(end);
}

void SchemaLexer::takeBlockComment() {
  const std::size_t end = schemac::block_comment_end(input_text(_input), tokenStartCharIndex);
  if (end != std::string_view::npos) _input->seek(end);
}

void SchemaLexer::takeOperator() {
  _input->seek(schemac::operator_end(input_text(_input), tokenStartCharIndex));
}
