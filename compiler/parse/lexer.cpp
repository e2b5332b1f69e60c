// The hand-written members of the generated lexer.

#include <SchemaLexer.h>

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

// Puts in the `;` that the last statement of a block may omit, before the `}`.
std::unique_ptr<antlr4::Token> SchemaLexer::nextToken() {
  if (!held) skipBlanks();
  std::unique_ptr<antlr4::Token> token = held ? std::move(held) : antlr4::Lexer::nextToken();
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
