#include <SchemaLexer.h>
#include <SchemaParser.h>

#include "compiler/parse/byte_stream.h"
#include "compiler/parse/parse_diags.h"
#include "compiler/parse/recovery.h"
#include "compiler/parse/splitter.h"
#include "compiler/parse/statement.h"
#include "compiler/parse/tree.h"

namespace schemac {
namespace {

// Small chunks are parsed together, because starting the parser costs as much as a statement; few
// enough at a time that its tree stays small.
constexpr std::size_t kBatchBytes = 64 * 1024;

// One lexer and one parser for all chunks of a file. Nothing of ANTLR outlives a chunk.
class ChunkParser {
 public:
  ChunkParser(std::shared_ptr<const SourceFile> file, Sink& sink)
      : recovery_(std::make_shared<Recovery>(file, sink)),
        stream_(file->text()),
        lexer_(&stream_),
        tokens_(&lexer_),
        parser_(&tokens_),
        builder_(std::move(file), tokens_, *recovery_) {
    lexer_.removeErrorListeners();
    parser_.removeErrorListeners();
    parser_.setErrorHandler(recovery_);
    // A tree of ANTLR's would hold an object for each token; the contexts of statements suffice.
    parser_.setBuildParseTree(false);
  }

  void parse(std::size_t begin, std::size_t end, ParsedFile& result) {
    lexer_.setInputStream(&stream_);
    stream_.select(begin, end);
    lexer_.start(false);
    tokens_.setTokenSource(&lexer_);
    parser_.setTokenStream(&tokens_);
    recovery_->start();
    tokens_.fill();
    builder_.build(parser_.chunk(), begin, result);
    parser_.getTreeTracker().reset();
  }

 private:
  std::shared_ptr<Recovery> recovery_;
  ByteStream stream_;
  SchemaLexer lexer_;
  antlr4::CommonTokenStream tokens_;
  SchemaParser parser_;
  TreeBuilder builder_;
};

}  // namespace

ParsedFile parse_file(std::shared_ptr<const SourceFile> file, Sink& sink) {
  ParsedFile result;
  result.file = file;
  if (!check_encoding(file, sink)) return result;
  Splitter splitter(file, sink);
  ChunkParser parser(file, sink);
  std::size_t begin = 0, end = 0;  // of the chunks to parse together
  const auto parse_batch = [&] {
    if (begin < end) parser.parse(begin, end, result);
  };
  const std::size_t errors_before = sink.error_count();
  const auto exhausted = [&] { return sink.error_count() - errors_before > kErrorsMax; };
  for (Chunk chunk; !exhausted() && splitter.next(chunk);) {
    if (chunk.broken || end != chunk.begin || end - begin > kBatchBytes) {
      parse_batch();
      begin = chunk.begin;
    }
    if (chunk.broken) begin = chunk.end;
    end = chunk.end;
    if (!chunk.whole && !chunk.broken) {
      parse_batch();
      begin = end;
    }
  }
  if (!exhausted()) parse_batch();
  if (exhausted())
    sink.report(too_many_errors(std::to_string(kErrorsMax)),
                {file, static_cast<std::uint32_t>(end), static_cast<std::uint32_t>(end)});
  return result;
}

}  // namespace schemac
