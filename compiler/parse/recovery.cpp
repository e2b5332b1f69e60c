#include "compiler/parse/recovery.h"

#include <SchemaParser.h>

#include "compiler/parse/parse_diags.h"

namespace schemac {
namespace {

using antlr4::Token;

// Passes over the rest of a statement: through its `;` or its block, up to the `}` around it.
void skip_statement(antlr4::TokenStream& tokens) {
  int depth = 0;
  for (;;) {
    switch (tokens.LA(1)) {
      case Token::EOF:
        return;
      case SchemaParser::SEMI:
        tokens.consume();
        if (depth == 0) return;
        continue;
      case SchemaParser::LBRACE:
        ++depth;
        break;
      case SchemaParser::RBRACE:
        if (depth == 0) return;
        if (--depth == 0) {
          tokens.consume();
          return;
        }
        break;
      default:
        break;
    }
    tokens.consume();
  }
}

bool begins_statement(std::size_t type) {
  switch (type) {
    case SchemaParser::WORD:
    case SchemaParser::QUOTED:
    case SchemaParser::STRING:
    case SchemaParser::NUMBER:
    case SchemaParser::BODY:
    case SchemaParser::SYMBOL:
    case SchemaParser::LPAREN:
      return true;
    default:
      return false;
  }
}

std::string shown(std::string_view text) {
  constexpr std::size_t bytes_max = 40;
  if (text.size() <= bytes_max) return std::string(text);
  std::size_t end = bytes_max;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string shown_character(char c) {
  constexpr char digits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (byte > 0x20 && byte < 0x7F) return "`" + std::string(1, c) + "`";
  return "0x" + std::string{digits[byte >> 4], digits[byte & 15]};
}

}  // namespace

void Recovery::report(const Message& message, std::size_t begin, std::size_t end,
                      std::string hint) {
  if (++errors_ > kErrorsMax + 1) return;
  sink_.report(message, {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)})
      .hint(std::move(hint));
}

bool Recovery::mark(antlr4::RuleContext* context) {
  auto* at = context;
  while (at != nullptr && at->getRuleIndex() != SchemaParser::RuleStatement)
    at = dynamic_cast<antlr4::RuleContext*>(at->parent);
  return broken_.insert(at).second;
}

// What is wrong with a token that no statement can have where it stands.
void Recovery::report_token(Token* token) {
  const std::size_t begin = token->getStartIndex(), end = token->getStopIndex() + 1;
  const std::string_view text = file_->text().substr(begin, end - begin);
  switch (token->getType()) {
    case SchemaParser::RPAREN:
    case SchemaParser::RBRACE:
      return report(stray_closer(text), begin, end);
    case SchemaParser::SEMI:
    case SchemaParser::LBRACE:
      return report(missing_declaration(text), begin, end,
                    token->getType() == SchemaParser::SEMI
                        ? "leave the `;` out: what ends in a block needs none"
                        : "");
    default:
      return report(unexpected_character(shown_character(text.front())), begin, end);
  }
}

// Called before each turn of a loop: everything that cannot stand there is dealt with here, so that
// the parser sees nothing but what it expects.
void Recovery::sync(antlr4::Parser* parser) {
  switch (parser->getContext()->getRuleIndex()) {
    case SchemaParser::RuleGroup:
      return sync_group(parser);
    case SchemaParser::RuleBlock:
      return sync_statements(parser, true);
    case SchemaParser::RuleChunk:
      return sync_statements(parser, false);
    default:
      return;
  }
}

void Recovery::sync_group(antlr4::Parser* parser) {
  antlr4::TokenStream& tokens = *parser->getTokenStream();
  while (tokens.LA(1) == SchemaParser::STRAY) {
    if (mark(parser->getContext())) report_token(tokens.LT(1));
    tokens.consume();
  }
  const std::size_t next = tokens.LA(1);
  if (next == SchemaParser::RPAREN || begins_statement(next)) return;
  const std::size_t opening = parser->getContext()->start->getStartIndex();
  if (mark(parser->getContext())) report(unclosed_group(), opening, opening + 1);
}

void Recovery::sync_statements(antlr4::Parser* parser, bool in_block) {
  antlr4::TokenStream& tokens = *parser->getTokenStream();
  for (;;) {
    const std::size_t next = tokens.LA(1);
    if (begins_statement(next) || next == Token::EOF) return;
    if (in_block && next == SchemaParser::RBRACE) return;
    report_token(tokens.LT(1));
    if (next == SchemaParser::SEMI || next == SchemaParser::RBRACE)
      while (tokens.LA(1) == next) tokens.consume();
    else
      skip_statement(tokens);
  }
}

// The closing token of a group or block is missing. It counts as found, so that what is around goes
// on with the token that stands there.
Token* Recovery::recoverInline(antlr4::Parser* parser) {
  antlr4::ParserRuleContext* context = parser->getContext();
  if (context->getRuleIndex() == SchemaParser::RuleBlock && mark(context)) {
    const std::size_t opening = context->start->getStartIndex();
    report(unclosed_block(), opening, opening + 1);
  }
  return parser->getCurrentToken();
}

// A statement goes on with what is neither an item nor its end.
void Recovery::reportError(antlr4::Parser* parser, const antlr4::RecognitionException&) {
  antlr4::ParserRuleContext* context = parser->getContext();
  Token* token = parser->getCurrentToken();
  auto* around = dynamic_cast<antlr4::ParserRuleContext*>(context->parent);
  const bool in_block = around != nullptr && around->getRuleIndex() == SchemaParser::RuleBlock;
  // At the end of the file the block that is still open is what is wrong; it will say so itself.
  if (!mark(context) || (token->getType() == Token::EOF && in_block)) return;
  if (token->getType() != Token::EOF) return report_token(token);
  const Token* before = parser->getTokenStream()->LT(-1);
  const std::size_t end = before->getStopIndex() + 1;
  const std::size_t begin = before->getStartIndex();
  report(missing_semicolon(shown(file_->text().substr(begin, end - begin))), end, end,
         "a declaration ends in `;` or in a block `{ … }`");
}

void Recovery::recover(antlr4::Parser* parser, std::exception_ptr) {
  skip_statement(*parser->getTokenStream());
}

}  // namespace schemac
