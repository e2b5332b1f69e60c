#pragma once
// From ANTLR's tree of a chunk to Statements, with the comments between their tokens.

#include <SchemaParser.h>

#include <vector>

#include "compiler/parse/recovery.h"
#include "compiler/parse/statement.h"

namespace schemac {

class TreeBuilder {
 public:
  TreeBuilder(std::shared_ptr<const SourceFile> file, antlr4::CommonTokenStream& tokens,
              Recovery& recovery)
      : file_(std::move(file)), text_(file_->text()), tokens_(tokens), recovery_(recovery) {}

  // Appends the statements of a chunk that begins at byte `begin`, and the comments behind the last
  // one to `comments_at_end`.
  void build(SchemaParser::ChunkContext* chunk, std::size_t begin, ParsedFile& result);

 private:
  struct Gap;  // what stands between two tokens

  void build_statements(const std::vector<SchemaParser::StatementContext*>& contexts,
                        std::vector<Statement>& out, std::string* opening);
  void build_statement(SchemaParser::StatementContext* context, Statement& statement);
  void build_block(SchemaParser::BlockContext* context, Statement& statement);
  void add_item(Item&& item, antlr4::Token* first, std::vector<Item>& items, bool in_group);
  Item item(const antlr4::Token* token);
  Item group(std::size_t& index);
  Item made(ItemKind kind, std::size_t begin, std::size_t end) const;

  Gap gap_before(antlr4::Token* token);
  std::vector<std::string_view> take_same_line(Gap& gap, const antlr4::Token* next);
  std::vector<std::string_view> comments_before(antlr4::Token* token);
  void take_comments(const Gap& gap, RareList<CommentLine>& out);
  void take_head(const Gap& gap, Statement& statement);
  CommentLine comment_line(const antlr4::Token* comment, std::size_t before);
  void refuse_doc(const antlr4::Token* doc);

  std::size_t newlines(std::size_t begin, std::size_t end) const;
  std::string_view text_of(const antlr4::Token* token) const;
  SourceSpan span(std::size_t begin, std::size_t end) const;

  std::shared_ptr<const SourceFile> file_;
  std::string_view text_;
  antlr4::CommonTokenStream& tokens_;
  Recovery& recovery_;
  std::size_t begin_ = 0;  // of the chunk
  bool failed_ = false;    // an error was found in the statement under way
};

}  // namespace schemac
