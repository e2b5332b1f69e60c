#pragma once
// What parsing yields: statements as trees of items, in the author's order, with the comments that
// the formatter keeps. No word has a meaning yet except its class; the field tables give it one.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/rare.h"
#include "base/source.h"

namespace schemac {

enum class ItemKind : std::uint8_t {
  word,    // unquoted name or keyword; `text` is folded to lower case
  quoted,  // "Name"; `text` is unescaped
  string,  // 'literal', with any prefix (E, B, X, N, U&); `text` is the source text
  number,  // `text` is the source text
  body,    // $tag$ … $tag$; `text` is what stands between
  group,   // ( … ); `items` are its contents, span includes the parentheses; `text` is empty but
           // for made ones, where it is verbatim SQL that stands for the contents
  symbol,  // one operator or punctuation: , . = ? :: …
};

// A comment (`// …`, `-- …` or `/* … */`) with its marks, as written.
struct CommentLine {
  std::string text;
  bool blank_before = false;  // whether an empty line precedes it
  bool line_before = false;   // inside a statement: whether it starts a line of its own
};

struct Item {
  ItemKind kind;
  bool line_before = false;  // whether its author began a new line with it
  bool tight = false;        // whether it stands directly behind the item before it: `numeric(12)`
  std::string text;
  SourceSpan span;
  RareList<Item> items;            // of a group
  RareList<CommentLine> comments;  // between the item before it and itself
};

struct Statement {
  std::vector<Item> items;
  std::vector<Statement> block;  // of `{ … }`
  bool has_block = false;
  std::string doc;  // text of the `///` lines above, joined by newlines
  bool has_doc = false;
  SourceSpan doc_span;
  SourceSpan span;  // from the first item to the `;` or `}`, or to the last item without either

  // For the formatter only.
  RareList<CommentLine> comments_before;
  std::string comment_open;               // on the line of the block's `{`, behind it
  std::string comment_behind;             // on the same line, behind the `;` or `}`
  RareList<CommentLine> comments_at_end;  // inside the block, behind its last statement
  bool blank_before = false;  // whether an empty line precedes the statement, or its doc
  bool one_line = false;      // whether its block stands on the line of its `{`
};

struct ParsedFile {
  std::shared_ptr<const SourceFile> file;
  std::vector<Statement> statements;
  RareList<CommentLine> comments_at_end;
};

// Parses one file. Every broken statement is reported once and left out; the rest is complete.
// Time and memory are linear in the file; nesting deeper than 256 is an error, not a crash.
ParsedFile parse_file(std::shared_ptr<const SourceFile> file, Sink& sink);

// The canonical text of a file: what `fmt` writes. Comments are kept where they stand.
// format(parse(format(x))) == format(x).
std::string format(const ParsedFile& file);

}  // namespace schemac
