#include "runner/runner.h"

#include <algorithm>

#include "compiler/sqltext/concurrent_index.h"
#include "introspect/postgres/connection.h"
#include "runner/digest.h"
#include "runner/interrupt.h"
#include "runner/ledger.h"
#include "runner/script.h"

namespace schemac {
namespace {

constexpr std::string_view kLockNotAvailable = "55P03";

// One file on its way into the database.
struct Run {
  const RevisionFiles& revision;
  Direction direction;
  std::string_view path;
  std::string_view sql;
  Script script;
  std::vector<ScriptSegment> segments;
};

[[noreturn]] void fail(const Run& run, std::size_t offset, const std::string& message,
                       std::string detail, std::string advice, std::string state = {}) {
  StatementError error(message, std::move(state));
  error.path = run.path;
  error.offset = offset;
  error.detail = std::move(detail);
  error.advice = std::move(advice);
  throw error;
}

Run open_run(const RevisionFiles& revision, Direction direction) {
  const bool up = direction == Direction::up;
  Run run{revision,
          direction,
          up ? revision.up_path : revision.down_path,
          up ? revision.up_sql : revision.down_sql,
          {},
          {}};
  run.script = read_script(run.sql);
  ScriptSegments split = split_segments(run.script);
  const auto& error = run.script.error ? run.script.error : split.error;
  if (error) fail(run, error->offset, error->message, "", "nothing of the file was run");
  run.segments = std::move(split.segments);
  return run;
}

// Hash of the statements of the first `count` segments: what a run that goes on must find
// unchanged.
std::string digest_of_first(const Run& run, std::size_t count) {
  std::string digests;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t statement : run.segments[i].statements)
      digests += script_digest(run.script.statements[statement].text);
  return sha256(digests);
}

// What stands when the segment number `index` (from 0) fails.
std::string standing(const Run& run, std::size_t index) {
  const std::size_t total = run.segments.size();
  std::string text =
      run.segments[index].transactional
          ? "nothing of this transaction is applied"
          : "the statement runs outside of a transaction; of an index nothing is left";
  if (index > 0)
    text += "; " + std::to_string(index) + " of " + std::to_string(total) +
            " steps of the file are applied and recorded, and the next run goes on behind them";
  return text;
}

[[noreturn]] void fail_statement(const Run& run, std::size_t segment,
                                 const ScriptStatement& statement, const pqxx::sql_error& error) {
  if (interrupted()) throw Interrupted{};
  const ServerMessage said = parse_server_message(error.what());
  std::string advice = said.hint;
  if (error.sqlstate() == kLockNotAvailable)
    advice = "another session holds the lock; run it again, or set a longer lock_timeout";
  fail(run, statement.begin, said.message,
       said.detail + (said.detail.empty() ? "" : "\n") + standing(run, segment), advice,
       error.sqlstate());
}

void run_statement(pqxx::transaction_base& transaction, const Run& run, std::size_t segment,
                   const ScriptStatement& statement) {
  throw_if_interrupted();
  try {
    transaction.exec(std::string(statement.text));
  } catch (const pqxx::sql_error& error) {
    fail_statement(run, segment, statement, error);
  } catch (const pqxx::failure& error) {
    if (interrupted()) throw Interrupted{};
    fail(run, statement.begin, error.what(), standing(run, segment), "");
  }
}

void record_progress(Ledger& ledger, pqxx::transaction_base& transaction, const Run& run,
                     std::size_t done) {
  const std::size_t total = run.segments.size();
  if (run.direction == Direction::down && done == total) {
    ledger.remove(transaction, run.revision.id);
    return;
  }
  LedgerRow row;
  row.revision.id = run.revision.id;
  row.revision.checksum = run.revision.checksum;
  row.revision.direction = run.direction;
  row.revision.segments_done = static_cast<int>(done);
  row.revision.segments_total = static_cast<int>(total);
  row.done_digest = digest_of_first(run, done);
  ledger.write(transaction, row);
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
  return modes;
}

void run_transaction(pqxx::connection& connection, Ledger& ledger, const Run& run,
                     std::size_t index, const RunOptions& options) {
  const ScriptSegment& segment = run.segments[index];
  pqxx::work work(connection);
  const std::string modes = transaction_modes(run.script.statements[segment.begin].text);
  if (modes.find_first_not_of(" \t\r\n") != std::string::npos)
    work.exec("SET TRANSACTION " + modes);
  work.exec("SET LOCAL lock_timeout = " + work.quote(options.lock_timeout));
  for (std::size_t statement : segment.statements)
    run_statement(work, run, index, run.script.statements[statement]);
  throw_if_interrupted();
  record_progress(ledger, work, run, index + 1);
  work.commit();
}

// What there is of an index; invalid: of a build or a drop that stopped.
enum class IndexState : std::uint8_t { absent, invalid, valid };

IndexState state_of(pqxx::nontransaction& single, const QName& index) {
  const std::string name =
      (index.schema.empty() ? "" : single.quote_name(index.schema.text) + ".") +
      single.quote_name(index.name.text);
  const pqxx::result found = single.exec(
      "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = "
      "pg_catalog.to_regclass(" +
      single.quote(name) + ")");
  if (found.empty()) return IndexState::absent;
  return found[0][0].as<bool>() ? IndexState::valid : IndexState::invalid;
}

void drop_invalid(pqxx::nontransaction& single, const QName& index) {
  if (state_of(single, index) != IndexState::invalid) return;
  single.exec("DROP INDEX CONCURRENTLY " +
              (index.schema.empty() ? "" : single.quote_name(index.schema.text) + ".") +
              single.quote_name(index.name.text));
}

// Whether a statement that was begun before has done its work; clears what is left where it has
// not.
bool was_done(pqxx::nontransaction& single, const ConcurrentIndex& statement) {
  if (!statement.builds) return state_of(single, statement.index) == IndexState::absent;
  drop_invalid(single, statement.index);
  return state_of(single, statement.index) == IndexState::valid;
}

// Waits for whoever holds a lock: a build that is given up leaves an invalid index behind.
void wait_for_ever(pqxx::nontransaction& single) {
  single.exec("SET lock_timeout = 0");
  single.exec("SET statement_timeout = 0");
}

void set_back(pqxx::nontransaction& single) {
  single.exec("RESET lock_timeout");
  single.exec("RESET statement_timeout");
}

// The ledger says that the statement is begun before it is, so that the next run knows what it
// finds. `begun`: it says so from a run before.
void run_alone(pqxx::connection& connection, Ledger& ledger, const Run& run, std::size_t index,
               bool begun) {
  const ScriptStatement& statement = run.script.statements[run.segments[index].statements.front()];
  const std::optional<ConcurrentIndex> concurrent = concurrent_index(statement.text);
  if (!begun) {
    pqxx::work work(connection);
    record_progress(ledger, work, run, index);
    work.commit();
  }
  {
    pqxx::nontransaction single(connection);
    wait_for_ever(single);
    if (!begun || !concurrent || !was_done(single, *concurrent)) {
      try {
        run_statement(single, run, index, statement);
      } catch (const StatementError&) {
        if (concurrent && concurrent->builds) drop_invalid(single, concurrent->index);
        throw;
      }
    }
    set_back(single);
  }
  pqxx::work work(connection);
  record_progress(ledger, work, run, index + 1);
  work.commit();
}

// Of a revision whose first statement failed and left nothing.
void restore_row(pqxx::connection& connection, Ledger& ledger, const std::string& id,
                 const std::optional<LedgerRow>& row) {
  pqxx::work work(connection);
  if (row)
    ledger.write(work, *row);
  else
    ledger.remove(work, id);
  work.commit();
}

// Where a run that was cut short goes on; 0 for a new one.
std::size_t resume_at(const Run& run, const std::optional<LedgerRow>& row) {
  const bool fresh_up = run.direction == Direction::up && !row;
  const bool fresh_down = run.direction == Direction::down && row && row->revision.complete();
  if (fresh_up || fresh_down || !row) return 0;
  const char* other_way = run.direction == Direction::up ? "rollback" : "apply";
  if (row->revision.direction != run.direction)
    fail(run, 0, "revision `" + run.revision.id + "` stands half-way through a " + other_way, "",
         std::string("finish that first: schemac ") + other_way);
  const auto done = static_cast<std::size_t>(row->revision.segments_done);
  if (done > run.segments.size() || digest_of_first(run, done) != row->done_digest)
    fail(run, 0, "the part of the file that is applied already was edited", "",
         "restore it from version control; what comes behind it may change");
  return done;
}

void run_file(pqxx::connection& connection, const RevisionFiles& revision, Direction direction,
              const RunOptions& options) {
  Ledger ledger(connection);
  const std::optional<LedgerRow> row = ledger.row(revision.id);
  const bool there = row && row->revision.complete();
  if (direction == Direction::up ? there : !row) return;
  const Run run = open_run(revision, direction);
  const std::size_t first = resume_at(run, row);
  if (options.progress)
    options.progress((direction == Direction::up ? "applying " : "rolling back ") + revision.id +
                     (first == 0 ? "" : ", going on at step " + std::to_string(first + 1)));
  const bool goes_on = row && row->revision.direction == direction;
  for (std::size_t i = first; i < run.segments.size(); ++i) {
    throw_if_interrupted();
    if (run.segments[i].transactional) {
      run_transaction(connection, ledger, run, i, options);
      continue;
    }
    try {
      run_alone(connection, ledger, run, i, goes_on && i == first);
    } catch (const StatementError&) {
      if (i == 0) restore_row(connection, ledger, revision.id, row);
      throw;
    }
  }
  if (first == run.segments.size()) {  // a file of comments, or one whose last row was not written
    pqxx::work work(connection);
    record_progress(ledger, work, run, run.segments.size());
    work.commit();
  }
}

void run_all(const std::string& url, const std::vector<RevisionFiles>& revisions,
             Direction direction, const RunOptions& options) {
  const RunnerLock lock(url, options);
  const auto connection = postgres::connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  const OnInterrupt cancel([&] {
    try {
      connection->cancel_query();
    } catch (const std::exception&) {
      // Nothing to cancel, or no way to: the run stops before its next statement.
    }
  });
  guard([&] {
    Ledger(*connection).create();
    for (const RevisionFiles& revision : revisions)
      run_file(*connection, revision, direction, options);
  });
}

}  // namespace

std::vector<AppliedRevision> applied_revisions(const std::string& url) {
  std::vector<AppliedRevision> applied;
  const auto connection = postgres::connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  guard([&] {
    for (LedgerRow& row : Ledger(*connection).rows()) applied.push_back(std::move(row.revision));
  });
  return applied;
}

void apply_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                     const RunOptions& options) {
  run_all(url, revisions, Direction::up, options);
}

void rollback_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                        const RunOptions& options) {
  run_all(url, revisions, Direction::down, options);
}

void record_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                      const RunOptions& options) {
  const RunnerLock lock(url, options);
  const auto connection = postgres::connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  guard([&] {
    Ledger ledger(*connection);
    ledger.create();
    pqxx::work work(*connection);
    for (const RevisionFiles& revision : revisions) {
      const Run run = open_run(revision, Direction::up);
      record_progress(ledger, work, run, run.segments.size());
    }
    work.commit();
  });
}

}  // namespace schemac
