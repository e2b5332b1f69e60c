#pragma once
// How parsing goes on behind an error, and what is said about it: one diagnostic for each broken
// statement, in the words of the language.

#include <antlr4-runtime.h>

#include <unordered_set>

#include "base/diagnostic.h"

namespace schemac {

// More errors than this say nothing new about a file.
inline constexpr std::size_t kErrorsMax = 100;

class Recovery : public antlr4::DefaultErrorStrategy {
 public:
  Recovery(std::shared_ptr<const SourceFile> file, Sink& sink)
      : file_(std::move(file)), sink_(sink) {}

  // Whether a statement's own items are broken; what stands in its block may still be good.
  bool is_broken(const antlr4::ParserRuleContext* statement) const {
    return broken_.contains(statement);
  }
  // Reports, unless this chunk alone has too many errors already.
  void report(const Message& message, std::size_t begin, std::size_t end, std::string hint = {});
  void start() {
    broken_.clear();
    errors_ = 0;
  }

  void sync(antlr4::Parser* parser) override;
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& e) override;
  void recover(antlr4::Parser* parser, std::exception_ptr e) override;
  void reportMatch(antlr4::Parser*) override {}

 private:
  void sync_group(antlr4::Parser* parser);
  void sync_statements(antlr4::Parser* parser, bool in_block);
  void report_token(antlr4::Token* token);
  // Marks the statement around `context` as broken; false where it was already.
  bool mark(antlr4::RuleContext* context);

  std::shared_ptr<const SourceFile> file_;
  Sink& sink_;
  std::unordered_set<const antlr4::RuleContext*> broken_;
  std::size_t errors_ = 0;
};

}  // namespace schemac
