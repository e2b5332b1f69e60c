#include "compiler/parse/tree.h"

#include <algorithm>

#include "compiler/parse/characters.h"
#include "compiler/parse/parse_diags.h"

namespace schemac {
namespace {

using antlr4::Token;

std::size_t end_of(const Token* token) {
  return token->getStopIndex() + 1;
}

// Whether the lexer put the `;` in, where a block's last statement has none.
bool is_omitted(const Token* semi) {
  return semi->getType() == SchemaParser::SEMI && end_of(semi) == semi->getStartIndex();
}

std::string folded(std::string_view word) {
  std::string text(word);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string unquoted(std::string_view quoted) {
  std::string text;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    text += quoted[i];
    if (quoted[i] == '"') ++i;
  }
  return text;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && byte_class(text.back()) == ByteClass::blank) text.remove_suffix(1);
  return text;
}

// The text of a `///` line: one blank behind the mark is not part of it.
std::string_view doc_text(std::string_view line) {
  line.remove_prefix(3);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return line;
}

// Adds comments to those that stand on one line. Block comments go before line comments, in which
// they would be lost.
void append_comments(std::string& line, const std::vector<std::string_view>& more) {
  if (more.empty()) return;
  std::vector<std::string_view> all;
  std::size_t at = 0;
  while (at < line.size() && line.compare(at, 2, "/*") == 0) {
    const std::size_t end = block_comment_end(line, at);
    all.push_back(std::string_view(line).substr(at, end - at));
    at = std::min(end + 1, line.size());
  }
  if (at < line.size()) all.push_back(std::string_view(line).substr(at));
  all.insert(all.end(), more.begin(), more.end());
  std::stable_partition(all.begin(), all.end(),
                        [](std::string_view comment) { return comment.starts_with("/*"); });
  std::string joined;
  for (std::string_view comment : all) (joined += joined.empty() ? "" : " ") += comment;
  line = std::move(joined);
}

}  // namespace

// The comments between a token and the one before it, and where both ends are.
struct TreeBuilder::Gap {
  std::size_t begin;
  std::size_t end;
  std::vector<Token*> comments;
};

SourceSpan TreeBuilder::span(std::size_t begin, std::size_t end) const {
  return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::string_view TreeBuilder::text_of(const Token* token) const {
  return text_.substr(token->getStartIndex(), end_of(token) - token->getStartIndex());
}

// Line ends in blanks: `\n`, `\r\n` or `\r`, since each of them ends a line comment.
std::size_t TreeBuilder::newlines(std::size_t begin, std::size_t end) const {
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i)
    count += text_[i] == '\n' || (text_[i] == '\r' && (i + 1 == end || text_[i + 1] != '\n'));
  return count;
}

TreeBuilder::Gap TreeBuilder::gap_before(Token* token) {
  Gap gap{begin_, token->getStartIndex(), {}};
  for (std::size_t i = token->getTokenIndex(); i-- > 0;) {
    Token* before = tokens_.get(i);
    if (is_omitted(before)) continue;
    if (before->getChannel() == Token::DEFAULT_CHANNEL) {
      gap.begin = end_of(before);
      break;
    }
    gap.comments.push_back(before);
  }
  std::reverse(gap.comments.begin(), gap.comments.end());
  return gap;
}

// Refuses a comment that is documentation, where there is nothing to document.
void TreeBuilder::refuse_doc(const Token* doc) {
  if (doc->getType() != SchemaParser::DOC) return;
  recovery_.report(misplaced_doc(), doc->getStartIndex(), end_of(doc),
                   "move it above, or write `//` for a comment of your own");
}

CommentLine TreeBuilder::comment_line(const Token* comment, std::size_t before) {
  const std::size_t lines = newlines(before, comment->getStartIndex());
  return {std::string(trimmed(text_of(comment))), lines > 1, lines > 0};
}

// Takes the comments that end the line on which `gap` begins out of it. A comment before something
// else on that line belongs to that.
std::vector<std::string_view> TreeBuilder::take_same_line(Gap& gap, const Token* next) {
  std::size_t count = 0, at = gap.begin;
  for (; count < gap.comments.size(); ++count) {
    if (newlines(at, gap.comments[count]->getStartIndex()) > 0) break;
    at = end_of(gap.comments[count]);
  }
  const bool ends = next->getType() == Token::EOF || next->getType() == SchemaParser::RBRACE;
  if (!ends && count == gap.comments.size() && newlines(at, gap.end) == 0) return {};
  std::vector<std::string_view> taken;
  for (std::size_t i = 0; i < count; ++i) {
    taken.push_back(trimmed(text_of(gap.comments[i])));
    refuse_doc(gap.comments[i]);
  }
  gap.comments.erase(gap.comments.begin(),
                     gap.comments.begin() + static_cast<std::ptrdiff_t>(count));
  gap.begin = at;
  return taken;
}

std::vector<std::string_view> TreeBuilder::comments_before(Token* token) {
  std::vector<std::string_view> comments;
  for (const Token* comment : gap_before(token).comments) {
    refuse_doc(comment);
    comments.push_back(trimmed(text_of(comment)));
  }
  return comments;
}

void TreeBuilder::take_comments(const Gap& gap, RareList<CommentLine>& out) {
  std::size_t at = gap.begin;
  for (const Token* comment : gap.comments) {
    refuse_doc(comment);
    out.push_back(comment_line(comment, at));
    at = end_of(comment);
  }
}

// Gives a statement the comments and the documentation above it.
void TreeBuilder::take_head(const Gap& gap, Statement& statement) {
  std::size_t at = gap.begin;
  for (const Token* comment : gap.comments) {
    const std::size_t begin = comment->getStartIndex();
    if (comment->getType() != SchemaParser::DOC) {
      statement.comments_before.push_back(comment_line(comment, at));
    } else if (newlines(at, begin) == 0 && at > begin_) {
      refuse_doc(comment);
    } else {
      if (statement.has_doc)
        statement.doc += '\n';
      else
        statement.blank_before = newlines(at, begin) > 1;
      statement.doc += doc_text(text_of(comment));
      statement.doc_span = statement.has_doc ? span(statement.doc_span.begin, end_of(comment))
                                             : span(begin, end_of(comment));
      statement.has_doc = true;
    }
    at = end_of(comment);
  }
  if (!statement.has_doc) statement.blank_before = newlines(at, gap.end) > 1;
}

Item TreeBuilder::made(ItemKind kind, std::size_t begin, std::size_t end) const {
  Item item{};
  item.kind = kind;
  item.span = span(begin, end);
  return item;
}

Item TreeBuilder::item(const Token* token) {
  const std::string_view text = text_of(token);
  Item result = made(ItemKind::symbol, token->getStartIndex(), end_of(token));
  switch (token->getType()) {
    case SchemaParser::WORD:
      result.kind = ItemKind::word;
      result.text = folded(text);
      return result;
    case SchemaParser::QUOTED:
      result.kind = ItemKind::quoted;
      result.text = unquoted(text);
      if (result.text.empty()) {
        recovery_.report(empty_identifier(), result.span.begin, result.span.end);
        failed_ = true;
      }
      return result;
    case SchemaParser::BODY: {
      result.kind = ItemKind::body;
      const std::size_t delimiter = text.find('$', 1) + 1;
      result.text = text.substr(delimiter, text.size() - 2 * delimiter);
      return result;
    }
    case SchemaParser::STRING:
      result.kind = ItemKind::string;
      break;
    case SchemaParser::NUMBER:
      result.kind = ItemKind::number;
      break;
    default:
      break;
  }
  result.text = text;
  return result;
}

// The group whose parenthesis stands at `index`, which then is that of the closing one. The parser
// has made sure that there is one.
Item TreeBuilder::group(std::size_t& index) {
  const Token* opening = tokens_.get(index);
  Item result = made(ItemKind::group, opening->getStartIndex(), end_of(opening));
  std::vector<Item> items;
  for (++index;; ++index) {
    Token* token = tokens_.get(index);
    if (token->getChannel() != Token::DEFAULT_CHANNEL) continue;
    if (token->getType() == SchemaParser::RPAREN) break;
    if (token->getType() == SchemaParser::LPAREN)
      add_item(group(index), token, items, true);
    else
      add_item(item(token), token, items, true);
  }
  items.shrink_to_fit();
  result.items = std::move(items);
  result.span.end = static_cast<std::uint32_t>(end_of(tokens_.get(index)));
  return result;
}

// Appends `item`, which begins with `first`, with what the author put before it.
void TreeBuilder::add_item(Item&& item, Token* first, std::vector<Item>& items, bool in_group) {
  const Gap gap = gap_before(first);
  std::size_t at = gap.begin;
  for (const Token* comment : gap.comments) {
    // Above a statement documentation is in place, and SQL has none.
    if (!items.empty() && !in_group) refuse_doc(comment);
    item.comments.push_back(comment_line(comment, at));
    at = end_of(comment);
  }
  item.line_before = newlines(at, gap.end) > 0;
  item.tight = gap.begin == gap.end;
  items.push_back(std::move(item));
}

void TreeBuilder::build_block(SchemaParser::BlockContext* context, Statement& statement) {
  const std::size_t begin = context->start->getStartIndex(), end = end_of(context->stop);
  statement.has_block = true;
  statement.one_line = text_.substr(begin, end - begin).find('\n') == std::string_view::npos;
  append_comments(statement.comment_open, comments_before(context->start));
  build_statements(context->statements, statement.block, &statement.comment_open);
  Gap gap = gap_before(context->stop);
  append_comments(
      statement.block.empty() ? statement.comment_open : statement.block.back().comment_behind,
      take_same_line(gap, context->stop));
  take_comments(gap, statement.comments_at_end);
}

// Takes a statement's items, its end and its block.
void TreeBuilder::build_statement(SchemaParser::StatementContext* context, Statement& statement) {
  const std::size_t first = context->start->getTokenIndex();
  for (std::size_t index = first;; ++index) {
    Token* token = tokens_.get(index);
    if (token->getChannel() != Token::DEFAULT_CHANNEL) continue;
    if (token->getType() == SchemaParser::LBRACE) {
      build_block(context->body, statement);
      break;
    }
    if (token->getType() == SchemaParser::SEMI) {
      if (!is_omitted(token)) append_comments(statement.comment_behind, comments_before(token));
      break;
    }
    if (token->getType() == SchemaParser::LPAREN)
      add_item(group(index), token, statement.items, false);
    else
      add_item(item(token), token, statement.items, false);
  }
  statement.items.shrink_to_fit();  // there are very many
  statement.items.front().comments.clear();
  statement.items.front().line_before = false;
  const Token* last = context->stop;
  statement.span = span(context->start->getStartIndex(),
                        is_omitted(last) ? statement.items.back().span.end : end_of(last));
}

// Appends the statements of a block or chunk. A comment behind what precedes the first one goes to
// `opening`, or stands above it where there is none.
void TreeBuilder::build_statements(const std::vector<SchemaParser::StatementContext*>& contexts,
                                   std::vector<Statement>& out, std::string* opening) {
  std::string* behind = opening;
  std::string dropped;
  if (out.empty()) out.reserve(contexts.size());
  for (SchemaParser::StatementContext* context : contexts) {
    Gap gap = gap_before(context->start);
    if (behind != nullptr) append_comments(*behind, take_same_line(gap, context->start));
    behind = &dropped;
    if (recovery_.is_broken(context)) continue;
    Statement statement;
    take_head(gap, statement);
    failed_ = false;
    build_statement(context, statement);
    if (failed_) continue;
    out.push_back(std::move(statement));
    behind = &out.back().comment_behind;
  }
}

void TreeBuilder::build(SchemaParser::ChunkContext* chunk, std::size_t begin, ParsedFile& result) {
  begin_ = begin;
  const std::size_t before = result.statements.size();
  build_statements(chunk->statements, result.statements, nullptr);
  Gap gap = gap_before(chunk->stop);
  if (result.statements.size() > before)
    append_comments(result.statements.back().comment_behind, take_same_line(gap, chunk->stop));
  take_comments(gap, result.comments_at_end);
}

}  // namespace schemac
