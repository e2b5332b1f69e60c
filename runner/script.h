#pragma once
// SQL files as the runner sees them: tokens, statements, transactions. The scanner follows the
// lexical rules of PostgreSQL and psql's rule for where a statement ends, so a file means here what
// it means to `psql -f`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schemac {

// What makes a file unusable, and where.
struct ScriptError {
  std::string message;
  std::size_t offset = 0;
};

enum class StatementRole : std::uint8_t { ordinary, begin, commit, rollback };

// One statement: from its first token to before its `;`.
struct ScriptStatement {
  std::string_view text;
  std::size_t begin = 0;  // byte in the file
  int line = 0;           // from 1
  StatementRole role = StatementRole::ordinary;
  // Comments between the statement before and the end of this one, with their marks.
  std::vector<std::string_view> comments;
};

// A file's statements. Views point into the text that was scanned.
struct Script {
  std::vector<ScriptStatement> statements;
  std::vector<std::string_view> comments_at_end;
  std::optional<ScriptError> error;
};
Script read_script(std::string_view text);

// Statements that share a transaction, or one that stands outside of any. `statements` are indexes
// of ordinary statements; BEGIN and COMMIT themselves are not among them.
struct ScriptSegment {
  bool transactional = true;
  std::size_t begin = 0;  // of a transaction: its BEGIN
  std::vector<std::size_t> statements;
};
struct ScriptSegments {
  std::vector<ScriptSegment> segments;
  std::optional<ScriptError> error;  // BEGIN in BEGIN, COMMIT without one …
};
ScriptSegments split_segments(const Script& script);

// Hash of the tokens: comments and layout do not count. 64 hex digits.
std::string script_digest(std::string_view text);

// Line of a byte, from 1.
int line_of(std::string_view text, std::size_t offset);

}  // namespace schemac
