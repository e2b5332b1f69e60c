#include "runner/ledger.h"

#include <chrono>
#include <sstream>
#include <thread>

#include "introspect/postgres/connection.h"
#include "runner/interrupt.h"

namespace schemac {
namespace {

// `schemac` in ASCII.
constexpr const char* kLockKey = "32478922351141219";
constexpr std::chrono::milliseconds kLockPollInterval{200};
constexpr std::chrono::seconds kLockWaitMax{60};

constexpr const char* kCreateTable = R"(
CREATE TABLE schemac.revision (
  number bigint GENERATED ALWAYS AS IDENTITY,
  id text PRIMARY KEY,
  checksum text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('up', 'down')),
  segments_done integer NOT NULL,
  segments_total integer NOT NULL,
  done_digest text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
))";

constexpr const char* kColumns =
    "SELECT id, checksum, direction, segments_done, segments_total, done_digest, "
    "to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
    "FROM schemac.revision";

LedgerRow read_row(const pqxx::row& row) {
  LedgerRow result;
  result.revision.id = row[0].c_str();
  result.revision.checksum = row[1].c_str();
  result.revision.direction =
      std::string_view(row[2].c_str()) == "down" ? Direction::down : Direction::up;
  result.revision.segments_done = row[3].as<int>();
  result.revision.segments_total = row[4].as<int>();
  result.done_digest = row[5].c_str();
  result.revision.applied_at = row[6].c_str();
  return result;
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  text.erase(0, text.find_first_not_of(" \n"));
  return text;
}

}  // namespace

ServerMessage parse_server_message(const std::string& text) {
  ServerMessage result;
  std::string* current = &result.message;
  bool position = false;  // the excerpt of the statement and its caret
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto take = [&](std::string_view mark, std::string* into) {
      if (!line.starts_with(mark)) return false;
      current = into;
      line.erase(0, mark.size());
      position = false;
      return true;
    };
    // The server speaks its own language: whatever word comes first is the severity.
    if (current == &result.message && current->empty())
      line.erase(0, line.find(":  ") == std::string::npos ? 0 : line.find(":  ") + 3);
    take("DETAIL:", &result.detail) || take("HINT:", &result.hint) ||
        take("CONTEXT:", &result.detail);
    if (line.starts_with("LINE ")) position = true;
    if (position) continue;
    *current += (current->empty() ? "" : "\n") + trimmed(line);
  }
  for (std::string* part : {&result.message, &result.detail, &result.hint}) *part = trimmed(*part);
  return result;
}

void guard(const std::function<void()>& action) {
  try {
    action();
  } catch (const pqxx::sql_error& error) {
    const ServerMessage said = parse_server_message(error.what());
    throw DatabaseError(said.message + (said.detail.empty() ? "" : "\n" + said.detail) +
                            (said.hint.empty() ? "" : "\n" + said.hint),
                        error.sqlstate());
  } catch (const pqxx::failure& error) {
    throw DatabaseError(trimmed(error.what()));
  }
}

bool Ledger::exists() {
  pqxx::nontransaction query(connection_);
  return !query.exec("SELECT to_regclass('schemac.revision')")[0][0].is_null();
}

void Ledger::create() {
  if (exists()) return;
  pqxx::work work(connection_);
  work.exec("CREATE SCHEMA IF NOT EXISTS schemac");
  work.exec(kCreateTable);
  work.exec("COMMENT ON TABLE schemac.revision IS 'Revisions of the schema that schemac applied'");
  work.commit();
}

std::vector<LedgerRow> Ledger::rows() {
  std::vector<LedgerRow> rows;
  if (!exists()) return rows;
  pqxx::nontransaction query(connection_);
  for (const pqxx::row& row : query.exec(std::string(kColumns) + " ORDER BY number"))
    rows.push_back(read_row(row));
  return rows;
}

std::optional<LedgerRow> Ledger::row(const std::string& id) {
  pqxx::nontransaction query(connection_);
  const pqxx::result found = query.exec(std::string(kColumns) + " WHERE id = " + query.quote(id));
  if (found.empty()) return std::nullopt;
  return read_row(found[0]);
}

void Ledger::write(pqxx::transaction_base& transaction, const LedgerRow& row) {
  const AppliedRevision& revision = row.revision;
  transaction.exec(
      "INSERT INTO schemac.revision (id, checksum, direction, segments_done, segments_total, "
      "done_digest) VALUES (" +
      transaction.quote(revision.id) + ", " + transaction.quote(revision.checksum) + ", " +
      (revision.direction == Direction::up ? "'up'" : "'down'") + ", " +
      std::to_string(revision.segments_done) + ", " + std::to_string(revision.segments_total) +
      ", " + transaction.quote(row.done_digest) +
      ") ON CONFLICT (id) DO UPDATE SET checksum = excluded.checksum, "
      "direction = excluded.direction, segments_done = excluded.segments_done, "
      "segments_total = excluded.segments_total, done_digest = excluded.done_digest, "
      "applied_at = clock_timestamp()");
}

void Ledger::remove(pqxx::transaction_base& transaction, const std::string& id) {
  transaction.exec("DELETE FROM schemac.revision WHERE id = " + transaction.quote(id));
}

RunnerLock::RunnerLock(const std::string& url, const RunOptions& options)
    : connection_(postgres::connect(url)) {
  const auto deadline = std::chrono::steady_clock::now() + kLockWaitMax;
  std::string holder;
  guard([&] {
    while (true) {
      pqxx::nontransaction query(*connection_);
      const std::string key = kLockKey;
      if (query.exec("SELECT pg_try_advisory_lock(" + key + ")")[0][0].as<bool>()) return;
      const pqxx::result seen = query.exec(
          "SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
          "WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted "
          "AND l.objsubid = 1 AND (l.classid::bigint << 32) + l.objid::bigint = " +
          key);
      const std::string pid = seen.empty() ? "" : seen[0][0].c_str();
      if (!pid.empty() && pid != holder && options.progress)
        options.progress("waiting for the run of schemac with server process " + pid);
      holder = pid;
      throw_if_interrupted();
      if (std::chrono::steady_clock::now() > deadline)
        throw DatabaseError("another run of schemac works on this database (server process " +
                            holder + ")");
      std::this_thread::sleep_for(kLockPollInterval);
    }
  });
}

}  // namespace schemac
