#pragma once
// Hazards of SQL that people wrote: statement by statement, against what all statements before it
// made of the database.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"
#include "compiler/safety/catalogue.h"
#include "lint/newer.h"

namespace schemac::sqltext {
struct Ahead;
}

namespace schemac::lint {

// How a file is sent to the server.
enum class Sending : std::uint8_t {
  apart,    // each statement by itself, as psql does; transactions are the file's own
  wrapped,  // in a transaction that the runner begins and commits
  at_once,  // as one message, which is a transaction where the file has no other
};

// A statement, parsed. Statements are parsed by themselves, on whatever threads, and judged in
// their order.
struct Statement {
  explicit Statement(std::string_view text);

  std::string_view text;
  std::shared_ptr<const std::string> rewritten;  // what `text` is of, where the parser is older
  Newer newer = Newer::nothing;
  std::shared_ptr<const sqltext::Ahead> ahead;  // nullptr: it is parsed when it is judged
};

// One way of a migration: a file, or the part of one that stands under a directive.
struct Part {
  Sending sending = Sending::apart;
  bool resumable = false;      // the runner records each statement, and goes on behind the last one
  bool sets_timeouts = false;  // so does the runner, for each statement
  std::vector<Statement> statements;
};

struct Migration {
  Part up, down;
  bool judged = true;  // false: it only tells what the database looks like
};

struct Options {
  int server_version = 0;  // major
};

// What a statement does to a relation.
struct Effect {
  std::string relation;
  Lock lock = Lock::none;
  bool rewrites = false;  // its rows are written anew
  bool scans = false;     // its rows are read, while the lock is held
  bool builds = false;    // an index of it is built
  bool existing = true;   // it was there before the migration
};

struct Finding {
  const Hazard* hazard;
  std::size_t statement;
  std::string object;  // what it is about, as it would be written
  std::string detail;  // what the hazard's own words do not say, or ""
};

// A statement that the parser cannot read.
struct Unread {
  std::size_t statement;
  std::string message;
  std::size_t offset;  // byte in it
};

// Of one part, in the order of its statements.
struct Judgement {
  std::vector<Finding> findings;
  std::vector<std::vector<Effect>> effects;  // of each statement
  std::vector<Unread> unread;
};

struct Judgements {
  Judgement up, down;
};

// The major version of PostgreSQL whose parser reads the statements.
int parser_version();

// Takes migrations in the order in which they run, and remembers what they make.
class Linter {
 public:
  explicit Linter(const Options& options);
  ~Linter();
  Linter(const Linter&) = delete;
  Linter& operator=(const Linter&) = delete;

  Judgements judge(const Migration& migration);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace schemac::lint
