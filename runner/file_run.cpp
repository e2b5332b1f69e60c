#include "runner/file_run.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "compiler/sqltext/lone_statement.h"
#include "runner/digest.h"
#include "runner/interrupt.h"
#include "runner/step_check.h"

namespace schemac {
namespace {

constexpr std::string_view kLockNotAvailable = "55P03";
constexpr std::string_view kDeadlock = "40P01";
constexpr std::string_view kSerializationFailure = "40001";
constexpr std::string_view kNotInTransaction = "25001";
constexpr std::string_view kNoCommitHere = "2D000";
constexpr int kRetryPauseMs = 500;  // and twice that the next time
constexpr int kRetryPauseMaxMs = 8000;

// The transaction failed for what others did meanwhile: it may well succeed in a moment.
struct Contended {
  pqxx::sql_error error;
  std::size_t offset;
};
// The statement can only run outside of a transaction. Nothing of it was done.
struct RunsAlone {};

bool is_contention(const std::string& state) {
  return state == kLockNotAvailable || state == kDeadlock || state == kSerializationFailure;
}

// Words behind BEGIN that the file's author gave: an isolation level, for one.
std::string transaction_modes(std::string_view begin) {
  std::string modes(begin);
  for (std::string_view word : {"begin", "start", "transaction", "work"}) {
    const std::size_t start = modes.find_first_not_of(" \t\r\n");
    if (start == std::string::npos) return {};
    const bool match =
        modes.size() - start >= word.size() &&
        std::equal(word.begin(), word.end(), modes.begin() + static_cast<long>(start),
                   [](char a, char b) { return a == (b | 0x20); });
    if (match) modes.erase(0, start + word.size());
  }
  return modes.find_first_not_of(" \t\r\n") == std::string::npos ? std::string() : modes;
}

// Whether `word`, in lower case, stands anywhere in a text.
bool mentions(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
         }) != text.end();
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

bool is_resumable(const ScriptStatement& statement) {
  return std::any_of(statement.comments.begin(), statement.comments.end(),
                     [](std::string_view comment) {
                       return comment.find(kResumableMark) != std::string_view::npos;
                     });
}

}  // namespace

FileRun::FileRun(RunnerSessions sessions, Ledger& ledger, Monitor& monitor,
                 const RunOptions& options, const RevisionFiles& revision, Direction direction,
                 const std::optional<OpenRun>& open, const CatalogSum& catalog)
    : sessions_(sessions),
      options_(options),
      ledger_(ledger),
      monitor_(monitor),
      run_{revision, direction == Direction::up ? "up" : "down", {}, catalog, catalog, 0, {}, {}, 0,
           {}},
      direction_(direction),
      path_(direction == Direction::up ? revision.up_path : revision.down_path),
      sql_(direction == Direction::up ? revision.up_sql : revision.down_sql),
      script_(read_script(sql_)) {
  run_.after.add(revision.change);
  ScriptSegments split = split_segments(script_);
  const auto& error = script_.error ? script_.error : split.error;
  if (error) fail(error->offset, error->message, "", "nothing of the file was run");
  steps_ = std::move(split.segments);
  done_digests_.push_back(sha256(""));
  for (const ScriptSegment& step : steps_) {
    std::string digests;
    for (std::size_t number : step.statements) digests += script_digest(statement(number).text);
    digests_.push_back(sha256(digests));
    done_digests_.push_back(sha256(done_digests_.back() + digests_.back()));
  }
  run_.steps_total = static_cast<int>(steps_.size());
  run_.done_digest = done_digests_.front();
  changes_user_ = mentions(sql_, "authorization");
  changes_role_ = mentions(sql_, "role") || !options.role.empty();
  changes_path_ = mentions(sql_, "search_path");
  changes_timeout_ = mentions(sql_, "lock_timeout");
  if (open) resume(*open);
}

void FileRun::resume(const OpenRun& open) {
  if (open.direction != direction_) {
    const std::string other_way = direction_ == Direction::up ? "rollback" : "apply";
    fail(0, "revision `" + run_.revision.id + "` stands half-way through a " + other_way, "",
         "finish that first: schemac " + other_way);
  }
  const auto done = static_cast<std::size_t>(open.steps_done);
  if (done > steps_.size() || done_digests_[done] != open.done_digest)
    fail(0, "the part of the file that is applied already was edited", "",
         "restore it from version control; what comes behind it may change");
  first_ = done;
  begun_ = open.begun;
  state_before_ = open.state_before;
  run_.continues = open.number;
  run_.steps_done = open.steps_done;
  run_.done_digest = open.done_digest;
}

StepRecord FileRun::record_of(std::size_t step) const {
  return {static_cast<int>(step) + 1, digests_[step], done_digests_[step + 1],
          step + 1 == steps_.size()};
}

void FileRun::fail(std::size_t offset, const std::string& message, std::string detail,
                   std::string advice, std::string state) const {
  StatementError error(message, std::move(state));
  error.path = path_;
  error.offset = offset;
  error.detail = std::move(detail);
  error.advice = std::move(advice);
  throw error;
}

// What stands when a step fails.
std::string FileRun::standing() const {
  std::string text = left_nothing_ ? "nothing of this transaction is applied"
                                   : "the statement runs outside of a transaction";
  if (run_.steps_done > 0)
    text += "; " + std::to_string(run_.steps_done) + " of " + std::to_string(steps_.size()) +
            " steps of the file are applied and recorded, and the next run goes on behind them";
  return text;
}

void FileRun::fail_statement(std::size_t offset, const pqxx::sql_error& error) {
  if (interrupted()) throw Interrupted{};
  const ServerMessage said = parse_server_message(error.what());
  std::string advice = said.hint;
  if (error.sqlstate() == kLockNotAvailable)
    advice = "another session holds the lock; run it again, or set a longer lock_timeout";
  fail(offset, said.message, said.detail + (said.detail.empty() ? "" : "\n") + standing(), advice,
       error.sqlstate());
}

void FileRun::exec(const std::function<void(const std::string& sql)>& run, std::size_t step,
                   const ScriptStatement& statement) {
  throw_if_interrupted();
  try {
    run(std::string(statement.text));
  } catch (const pqxx::sql_error& error) {
    if (interrupted()) throw Interrupted{};
    const bool in_transaction = left_nothing_;
    if (in_transaction && is_contention(error.sqlstate())) throw Contended{error, statement.begin};
    if (in_transaction && !steps_[step].transactional &&
        (error.sqlstate() == kNotInTransaction || error.sqlstate() == kNoCommitHere))
      throw RunsAlone{};
    fail_statement(statement.begin, error);
  } catch (const pqxx::failure& error) {
    if (interrupted()) throw Interrupted{};
    fail(statement.begin, error.what(), standing(), "");
  }
}

// Makes the session what a file finds, whatever the one before has set.
std::string FileRun::fresh_session() const {
  // Whoever holds a lock that a statement outside of transactions needs is waited for: a build that
  // is given up leaves an invalid index behind.
  std::string sql =
      "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; SET lock_timeout = 0; "
      "SET statement_timeout = 0; ";
  if (!options_.role.empty())
    sql += "SET ROLE " + sessions_.worker.connection().quote_name(options_.role) + "; ";
  return sql;
}

// The same, with what the steps that are done already have set in it.
void FileRun::begin_session() {
  if (first_ == 0) return;  // comes with the first step
  sessions_.worker.run(fresh_session());
  for (std::size_t step = 0; step < first_; ++step)
    for (std::size_t number : steps_[step].statements)
      if (sets_session(statement(number).text))
        sessions_.worker.run(std::string(statement(number).text));
}

// Makes the transaction fit for the ledger's row: kept by whoever connected, and by names that no
// setting of the file bends. What is deferred runs before, under the file's own settings, as it
// would at the end.
std::string FileRun::as_runner() const {
  std::string sql = "SET CONSTRAINTS ALL IMMEDIATE; ";
  // Not without need: the role is lost with it.
  if (changes_user_) sql += "SET LOCAL SESSION AUTHORIZATION DEFAULT; ";
  if (changes_role_ || changes_user_) sql += "SET LOCAL ROLE NONE; ";
  if (changes_path_) sql += "SET LOCAL search_path = pg_catalog; ";
  return sql;
}

bool FileRun::try_transaction(std::size_t step) {
  const ScriptSegment& segment = steps_[step];
  const StepRecord record = record_of(step);
  std::string begin = (step == 0 ? fresh_session() : "") + "BEGIN; ";
  if (segment.transactional)
    if (const std::string modes = transaction_modes(statement(segment.begin).text); !modes.empty())
      begin += "SET TRANSACTION " + modes + "; ";
  const std::string timeout = sessions_.worker.connection().quote(options_.lock_timeout);
  // A file that says itself how long it waits has the last word.
  begin += changes_timeout_ ? "SELECT pg_catalog.set_config('lock_timeout', " + timeout +
                                  ", true) WHERE pg_catalog.current_setting('lock_timeout') = '0'"
                            : "SET LOCAL lock_timeout = " + timeout;
  SessionTransaction transaction(sessions_.worker, begin);
  try {
    const Monitor::Watch watch(monitor_, event_of("step-started", step));
    for (std::size_t number : segment.statements)
      exec([&](const std::string& sql) { transaction.run(sql); }, step, statement(number));
  } catch (const RunsAlone&) {
    return false;
  }
  throw_if_interrupted();
  const std::size_t end = statement(segment.statements.back()).begin;
  try {
    transaction.end(as_runner() + ledger_.step_done(run_, record) + "COMMIT");
  } catch (const pqxx::sql_error& error) {
    if (is_contention(error.sqlstate())) throw Contended{error, end};
    fail_statement(end, error);
  } catch (const pqxx::failure& error) {
    fail(end, error.what(),
         "whether this transaction is applied is not known; the next run sees it", "run it again");
  }
  ledger_.noted(run_, record);
  return true;
}

bool FileRun::run_in_transaction(std::size_t step) {
  int pause_ms = kRetryPauseMs;
  for (int attempt = 0;; ++attempt) {
    try {
      return try_transaction(step);
    } catch (const Contended& contended) {
      if (attempt >= options_.lock_retries) {
        fail_statement(contended.offset, contended.error);
      }
      std::minstd_rand random{std::random_device{}()};
      std::uniform_int_distribution<int> jitter_ms(pause_ms / 2, pause_ms);
      report("retry", step,
             parse_server_message(contended.error.what()).message + "; trying again (" +
                 std::to_string(attempt + 1) + " of " + std::to_string(options_.lock_retries) + ")",
             contended.error.sqlstate());
      std::this_thread::sleep_for(std::chrono::milliseconds(jitter_ms(random)));
      throw_if_interrupted();
      pause_ms = std::min(2 * pause_ms, kRetryPauseMaxMs);
    }
  }
}

// Whether a statement that a run before has begun has done its work; clears what is left of it
// where it has not.
bool FileRun::was_done(std::size_t step) {
  const ScriptStatement& begun = statement(steps_[step].statements.front());
  const auto lone = lone_statement(begun.text);
  if (!lone) {
    if (is_resumable(begun)) return false;
    fail(begun.begin,
         "a run before was cut short in this statement, and nothing tells how far it came",
         "the statement runs outside of transactions",
         "look, and say how it is: `schemac resolve " + run_.revision.id +
             " --applied` or `--rolled-back`; a statement that may run again from its beginning "
             "says so: `-- " +
             std::string(kResumableMark) + "` before it");
  }
  RunnerSession& session = sessions_.worker;
  StepState state = step_state(session, *lone);
  if (state == StepState::broken) {
    report("cleanup", step,
           "taking away what a run before left of step " + std::to_string(step + 1));
    clean_up(session, *lone);
    state = step_state(session, *lone);
  }
  // It was so before the step began: the statement shall find it, as it would have.
  return state == StepState::done && step_state_of(state_before_) != StepState::done;
}

// Takes away what is left of a statement that failed; whether the database is as before it. A
// server that does not answer leaves that to the next run.
bool FileRun::left_nothing(const std::optional<LoneStatement>& lone, StepState before) {
  if (!lone) return false;
  try {
    StepState state = step_state(sessions_.worker, *lone);
    if (state == StepState::broken && before != StepState::broken) {
      clean_up(sessions_.worker, *lone);
      state = step_state(sessions_.worker, *lone);
    }
    return state == before;
  } catch (const pqxx::failure&) {
    return false;
  }
}

void FileRun::exec_alone(std::size_t step) {
  const ScriptStatement& alone = statement(steps_[step].statements.front());
  const auto lone = lone_statement(alone.text);
  const StepState before = lone ? step_state(sessions_.worker, *lone) : StepState::unknown;
  ledger_.begin_step(run_, record_of(step), name_of(before));
  left_nothing_ = false;
  try {
    const Monitor::Watch watch(monitor_, event_of("step-started", step));
    exec([&](const std::string& sql) { sessions_.worker.run(sql); }, step, alone);
  } catch (StatementError& error) {
    left_nothing_ = left_nothing(lone, before);
    error.detail += left_nothing_ ? "; nothing of it is left"
                                  : "; what it left, the next run takes away or finishes";
    throw;
  }
  if (!lone || lone->kind == LoneKind::reindexes || lone->kind == LoneKind::repeatable) return;
  if (step_state(sessions_.worker, *lone) != StepState::done)
    fail(alone.begin, "the statement ran, and the catalogs do not show what it should have done",
         standing(), "an index of that name that is not valid stands in the way: drop it");
}

void FileRun::run_alone(std::size_t step) {
  const bool goes_on = begun_ && step == first_;
  if (!goes_on || !was_done(step)) exec_alone(step);
  ledger_.end_step(run_, record_of(step));
}

void FileRun::run_step(std::size_t step) {
  throw_if_interrupted();
  left_nothing_ = true;
  const ScriptStatement& first = statement(steps_[step].statements.front());
  const bool alone = (begun_ && step == first_) ||
                     (!steps_[step].transactional &&
                      (is_resumable(first) || lone_statement(first.text).has_value()));
  if (!alone && run_in_transaction(step)) return;
  if (step == 0) sessions_.worker.run(fresh_session());
  run_alone(step);
}

// What the ledger shall say of a run that ended before its time. A server that is gone says
// nothing: then the next run sees what is done.
void FileRun::note_failure(const std::string& sqlstate, const std::string& message) {
  try {
    ledger_.fail(run_, sqlstate, message, left_nothing_);
  } catch (const pqxx::failure&) {
    // The failure itself is what the user must see.
  }
}

RunEvent FileRun::event_of(std::string kind, std::optional<std::size_t> step) const {
  RunEvent event;
  event.kind = std::move(kind);
  event.revision = run_.revision.id;
  event.steps = static_cast<int>(steps_.size());
  if (step) event.step = static_cast<int>(*step) + 1;
  return event;
}

// For people too.
void FileRun::report(std::string kind, std::size_t step, const std::string& text,
                     const std::string& sqlstate) const {
  RunEvent event = event_of(std::move(kind), step);
  event.text = text;
  event.line = "  " + text;
  event.sqlstate = sqlstate;
  options_.report(event);
}

void FileRun::run_all_steps() {
  begin_session();
  for (std::size_t step = first_; step < steps_.size(); ++step) {
    options_.report(event_of("step-started", step));
    const auto start = std::chrono::steady_clock::now();
    run_step(step);
    RunEvent done = event_of("step-done", step);
    done.seconds = seconds_since(start);
    options_.report(done);
  }
  // A file of comments, or one that ends with what is done.
  if (first_ == steps_.size())
    ledger_.end_step(run_, {run_.steps_total, "", done_digests_.back(), true});
}

void FileRun::run() {
  RunEvent started = event_of("revision-started", std::nullopt);
  started.text = direction_ == Direction::up ? "up" : "down";
  started.line = (direction_ == Direction::up ? "applying " : "rolling back ") + run_.revision.id +
                 (run_.continues ? ", going on at step " + std::to_string(first_ + 1) : "");
  options_.report(started);
  const auto start = std::chrono::steady_clock::now();
  const auto ended = [&](const char* kind, const std::string& sqlstate, const std::string& text) {
    RunEvent event = event_of(kind, std::nullopt);
    event.sqlstate = sqlstate;
    event.text = text;
    event.seconds = seconds_since(start);
    options_.report(event);
  };
  try {
    run_all_steps();
    ended("revision-done", "", started.text);
  } catch (const StatementError& error) {
    // Without an answer of the server, what was under way may yet be done.
    if (!error.sqlstate.empty()) note_failure(error.sqlstate, error.what());
    ended("revision-failed", error.sqlstate, error.what());
    throw;
  } catch (const Interrupted&) {
    note_failure("", "interrupted");
    ended("revision-failed", "", "interrupted");
    throw;
  }
}

}  // namespace schemac
