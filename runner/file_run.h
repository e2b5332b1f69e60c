#pragma once
// One file of a revision on its way into the database.

#include <optional>
#include <string>
#include <vector>

#include "runner/ledger.h"
#include "runner/monitor.h"
#include "runner/runner.h"
#include "runner/script.h"
#include "runner/session.h"
#include "runner/step_check.h"

namespace schemac {

// A comment with this text before a statement says that it may be run again from its beginning when
// it was cut short.
inline constexpr std::string_view kResumableMark = "schemac:resumable";

// The sessions that run files: statements run in `worker`; `control`, which waits for nothing,
// keeps the ledger of what cannot share a transaction with it.
struct RunnerSessions {
  RunnerSession& control;
  RunnerSession& worker;
};

class FileRun {
 public:
  // `catalog`: the database by what the ledger says. Throws StatementError where the file cannot be
  // run, or not from where `open`, a run of it, stopped.
  FileRun(RunnerSessions sessions, Ledger& ledger, Monitor& monitor, const RunOptions& options,
          const RevisionFiles& revision, Direction direction, const std::optional<OpenRun>& open,
          const CatalogSum& catalog);

  // From where it stopped to its end. Throws StatementError, DatabaseError, Interrupted.
  void run();

 private:
  const ScriptStatement& statement(std::size_t number) const { return script_.statements[number]; }
  StepRecord record_of(std::size_t step) const;
  std::string standing() const;
  [[noreturn]] void fail(std::size_t offset, const std::string& message, std::string detail,
                         std::string advice, std::string state = {}) const;
  [[noreturn]] void fail_statement(std::size_t offset, const pqxx::sql_error& error);

  void resume(const OpenRun& open);
  std::string fresh_session() const;
  void begin_session();
  RunEvent event_of(std::string kind, std::optional<std::size_t> step) const;
  void report(std::string kind, std::size_t step, const std::string& text,
              const std::string& sqlstate = {}) const;
  void run_all_steps();
  void run_step(std::size_t step);
  // Whether the statements could run in a transaction; they have then.
  bool run_in_transaction(std::size_t step);
  bool try_transaction(std::size_t step);
  std::string as_runner() const;
  void run_alone(std::size_t step);
  void exec_alone(std::size_t step);
  bool was_done(std::size_t step);
  bool left_nothing(const std::optional<LoneStatement>& lone, StepState before);
  void note_failure(const std::string& sqlstate, const std::string& message);
  void exec(const std::function<void(const std::string& sql)>& run, std::size_t step,
            const ScriptStatement& statement);

  RunnerSessions sessions_;
  const RunOptions& options_;
  Ledger& ledger_;
  Monitor& monitor_;
  LedgerRun run_;
  Direction direction_;
  std::string_view path_, sql_;
  Script script_;
  std::vector<ScriptSegment> steps_;
  std::vector<std::string> digests_;       // a step each
  std::vector<std::string> done_digests_;  // of the steps before each, and of all
  std::size_t first_ = 0;                  // the step to go on with
  bool begun_ = false;                     // that one was begun by a run before
  std::string state_before_;
  // What of the session the file may change, by the words that are in it.
  bool changes_user_ = false, changes_role_ = false, changes_path_ = false;
  bool changes_timeout_ = false;
  bool left_nothing_ = true;  // the step that failed
};

}  // namespace schemac
