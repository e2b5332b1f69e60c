#include "runner/ledger.h"

#include <unistd.h>

#include <array>

namespace schemac {
namespace {

constexpr int kFormat = 1;

constexpr const char* kTables = R"(
CREATE TABLE @.meta (
  format integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
CREATE UNIQUE INDEX meta_one_row ON @.meta ((true));
CREATE TABLE @.run (
  number bigint PRIMARY KEY,
  revision text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('up', 'down', 'baseline', 'resolve', 'squash')),
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed', 'stopped', 'continued')),
  steps_total integer NOT NULL,
  steps_done integer NOT NULL,
  done_digest text NOT NULL,
  continues bigint,
  sqlstate text,
  message text,
  reason text,
  catalog_before text NOT NULL,
  catalog_after text,
  tool text NOT NULL,
  user_name text NOT NULL DEFAULT session_user,
  role_name text,
  client text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  finished_at timestamptz
);
CREATE INDEX run_open ON @.run (revision) WHERE state IN ('running', 'stopped');
CREATE TABLE @.step (
  run bigint NOT NULL,
  ordinal integer NOT NULL,
  digest text NOT NULL,
  state text NOT NULL CHECK (state IN ('begun', 'done')),
  state_before text,
  started_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  finished_at timestamptz,
  PRIMARY KEY (run, ordinal)
);
CREATE TABLE @.revision (
  number bigint NOT NULL,
  id text PRIMARY KEY,
  parents text[] NOT NULL,
  checksum text NOT NULL,
  catalog_change text NOT NULL,
  run bigint NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
COMMENT ON TABLE @.revision IS 'Revisions of the schema that schemac applied';
COMMENT ON TABLE @.run IS 'Every run of a revision, and every decision on one';
COMMENT ON TABLE @.step IS 'What became of each step of a run';
)";

std::string with_schema(std::string text, const std::string& schema) {
  for (std::size_t at = 0; (at = text.find('@', at)) != std::string::npos; at += schema.size())
    text.replace(at, 1, schema);
  return text;
}

std::string iso(const std::string& column) {
  return "pg_catalog.to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
}

// The machine that the program runs on.
std::string client() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string text_of(const pqxx::field& field) {
  return field.is_null() ? "" : field.c_str();
}

OpenRun open_run(const pqxx::row& row) {
  OpenRun open;
  open.number = row["number"].as<long>();
  open.direction =
      std::string_view(row["operation"].c_str()) == "down" ? Direction::down : Direction::up;
  open.steps_done = row["steps_done"].as<int>();
  open.steps_total = row["steps_total"].as<int>();
  open.done_digest = row["done_digest"].c_str();
  open.begun = row["begun"].as<bool>();
  open.state_before = text_of(row["state_before"]);
  return open;
}

}  // namespace

Ledger::Ledger(RunnerSession& session, const RunOptions& options)
    : session_(session), options_(options) {}

std::string Ledger::table(const char* name) const {
  return session_.connection().quote_name(options_.ledger) + "." + name;
}

std::string Ledger::quote(const std::string& text) const {
  return session_.connection().quote(text);
}

bool Ledger::exists() {
  const pqxx::result found =
      session_.run("SELECT pg_catalog.to_regclass(" + quote(table("meta")) +
                   "), pg_catalog.to_regclass(" + quote(table("revision")) + ")");
  if (found[0][0].is_null()) {
    if (found[0][1].is_null()) return false;
    throw DatabaseError("the table " + table("revision") +
                        " is there, and is no ledger that this version knows");
  }
  const int format = session_.run("SELECT format FROM " + table("meta"))[0][0].as<int>();
  if (format != kFormat)
    throw DatabaseError("the ledger in " + table("meta") + " has format " + std::to_string(format) +
                        "; this version of schemac knows " + std::to_string(kFormat));
  return true;
}

void Ledger::create() {
  if (exists()) return;
  const std::string schema = session_.connection().quote_name(options_.ledger);
  session_.run("CREATE SCHEMA IF NOT EXISTS " + schema + ";" + with_schema(kTables, schema) +
               "INSERT INTO " + table("meta") + " (format) VALUES (" + std::to_string(kFormat) +
               ")");
}

std::vector<AppliedRevision> Ledger::revisions() {
  std::vector<AppliedRevision> found;
  if (!exists()) return found;
  // Not sequences: numbers without gaps survive a copy of the tables alone.
  const pqxx::result taken =
      session_.run("SELECT (SELECT coalesce(max(number), 0) FROM " + table("run") +
                   "), (SELECT coalesce(max(number), 0) FROM " + table("revision") + ")");
  runs_ = taken[0][0].as<long>();
  revisions_ = taken[0][1].as<long>();
  const pqxx::result rows = session_.run(
      "SELECT coalesce(a.id, o.revision) AS id, a.checksum, a.catalog_change, a.id IS NOT NULL AS "
      "applied, " +
      iso("a.applied_at") +
      " AS applied_at, o.number, o.operation, o.steps_done, o.steps_total, o.done_digest, "
      "s.run IS NOT NULL AS begun, s.state_before FROM " +
      table("revision") + " a FULL JOIN (SELECT * FROM " + table("run") +
      " WHERE state IN ('running', 'stopped')) o ON o.revision = a.id LEFT JOIN " + table("step") +
      " s ON s.run = o.number AND s.ordinal = o.steps_done + 1 AND s.state = 'begun' "
      "ORDER BY a.number NULLS LAST, o.number");
  for (const pqxx::row& row : rows) {
    AppliedRevision revision;
    revision.id = row["id"].c_str();
    revision.checksum = text_of(row["checksum"]);
    revision.change = CatalogSum::read(text_of(row["catalog_change"]));
    revision.applied = row["applied"].as<bool>();
    revision.applied_at = text_of(row["applied_at"]);
    if (!row["number"].is_null()) revision.open = open_run(row);
    found.push_back(std::move(revision));
  }
  return found;
}

std::vector<RunRecord> Ledger::runs() {
  std::vector<RunRecord> found;
  if (!exists()) return found;
  const pqxx::result rows = session_.run(
      "SELECT number, revision, operation, state, steps_done, steps_total, " + iso("started_at") +
      " AS started_at, extract(epoch FROM finished_at - started_at) AS seconds, user_name, "
      "role_name, client, tool, catalog_before, catalog_after, sqlstate, message, reason FROM " +
      table("run") + " ORDER BY number");
  for (const pqxx::row& row : rows) {
    RunRecord record;
    record.number = row["number"].as<long>();
    record.revision = row["revision"].c_str();
    record.operation = row["operation"].c_str();
    record.state = row["state"].c_str();
    record.steps_done = row["steps_done"].as<int>();
    record.steps_total = row["steps_total"].as<int>();
    record.started_at = row["started_at"].c_str();
    if (!row["seconds"].is_null()) record.seconds = row["seconds"].as<double>();
    record.user = row["user_name"].c_str();
    record.role = text_of(row["role_name"]);
    record.client = row["client"].c_str();
    record.tool = row["tool"].c_str();
    record.catalog_before = row["catalog_before"].c_str();
    record.catalog_after = text_of(row["catalog_after"]);
    record.sqlstate = text_of(row["sqlstate"]);
    record.message = text_of(row["message"]);
    record.reason = text_of(row["reason"]);
    found.push_back(std::move(record));
  }
  return found;
}

// A row for the run, or the news for the one that it has. With the first that is known of a run,
// the one that it takes up is over.
std::string Ledger::run_row(const LedgerRun& run, const std::string& state, int steps_done,
                            const std::string& done_digest, const std::string& sqlstate,
                            const std::string& message) const {
  const std::string ended = state == "running" ? "NULL" : "pg_catalog.clock_timestamp()";
  const std::string after = state == "done" ? quote(run.after.text()) : "NULL";
  if (run.number)
    return "UPDATE " + table("run") + " SET state = " + quote(state) +
           ", steps_done = " + std::to_string(steps_done) +
           ", done_digest = " + quote(done_digest) + ", sqlstate = " + or_null(sqlstate) +
           ", message = " + or_null(message) + ", catalog_after = " + after +
           ", finished_at = " + ended + " WHERE number = " + std::to_string(*run.number) + "; ";
  std::string former;
  if (run.continues)
    former = "UPDATE " + table("run") +
             " SET state = 'continued', finished_at = coalesce(finished_at, "
             "pg_catalog.clock_timestamp()) WHERE number = " +
             std::to_string(*run.continues) + "; ";
  return former + "INSERT INTO " + table("run") +
         " (number, revision, operation, state, steps_total, steps_done, done_digest, continues, "
         "sqlstate, message, reason, catalog_before, catalog_after, tool, role_name, client, "
         "finished_at) VALUES (" +
         std::to_string(number_of(run)) + ", " + quote(run.revision.id) + ", " +
         quote(run.operation) + ", " + quote(state) + ", " + std::to_string(run.steps_total) +
         ", " + std::to_string(steps_done) + ", " + quote(done_digest) + ", " +
         (run.continues ? std::to_string(*run.continues) : "NULL") + ", " + or_null(sqlstate) +
         ", " + or_null(message) + ", " + or_null(run.reason) + ", " + quote(run.before.text()) +
         ", " + after + ", " + quote(options_.tool) + ", " + or_null(options_.role) + ", " +
         quote(client()) + ", " + ended + "); ";
}

std::string Ledger::revision_row(const LedgerRun& run) const {
  std::string parents;
  for (const std::string& parent : run.revision.parents)
    parents += (parents.empty() ? "" : ", ") + quote(parent);
  return "INSERT INTO " + table("revision") +
         " (number, id, parents, checksum, catalog_change, run) VALUES (" +
         std::to_string(revisions_ + 1) + ", " + quote(run.revision.id) + ", ARRAY[" + parents +
         "]::text[], " + quote(run.revision.checksum) + ", " + quote(run.revision.change.text()) +
         ", " + std::to_string(number_of(run)) + ")";
}

std::string Ledger::no_revision_row(const LedgerRun& run) const {
  return "DELETE FROM " + table("revision") + " WHERE id = " + quote(run.revision.id);
}

std::string Ledger::step_done(const LedgerRun& run, const StepRecord& step) const {
  std::string sql = run_row(run, step.last ? "done" : "running", step.ordinal, step.done_digest);
  if (!step.digest.empty())
    sql += "INSERT INTO " + table("step") + " (run, ordinal, digest, state, finished_at) VALUES (" +
           std::to_string(number_of(run)) + ", " + std::to_string(step.ordinal) + ", " +
           quote(step.digest) +
           ", 'done', pg_catalog.clock_timestamp()) ON CONFLICT (run, ordinal) DO UPDATE SET state "
           "= 'done', finished_at = excluded.finished_at; ";
  if (step.last) sql += (run.operation == "down" ? no_revision_row(run) : revision_row(run)) + "; ";
  return sql;
}

void Ledger::keep_number(LedgerRun& run) {
  if (!run.number) run.number = ++runs_;
}

void Ledger::noted(LedgerRun& run, const StepRecord& step) {
  keep_number(run);
  run.steps_done = step.ordinal;
  run.done_digest = step.done_digest;
  if (step.last && run.operation != "down") ++revisions_;
}

void Ledger::begin_step(LedgerRun& run, const StepRecord& step, std::string_view state_before) {
  session_.run(run_row(run, "running", run.steps_done, run.done_digest) + "INSERT INTO " +
               table("step") + " (run, ordinal, digest, state, state_before) VALUES (" +
               std::to_string(number_of(run)) + ", " + std::to_string(step.ordinal) + ", " +
               quote(step.digest) + ", 'begun', " + quote(std::string(state_before)) + ")");
  keep_number(run);
}

void Ledger::end_step(LedgerRun& run, const StepRecord& step) {
  session_.run(step_done(run, step));
  noted(run, step);
}

void Ledger::fail(LedgerRun& run, const std::string& sqlstate, const std::string& message,
                  bool nothing_left) {
  const bool over = nothing_left && run.steps_done == 0;
  session_.run(run_row(run, over ? "failed" : "stopped", run.steps_done, run.done_digest, sqlstate,
                       message));
  keep_number(run);
}

std::string Ledger::decided(const LedgerRun& run, bool applied) {
  std::string sql =
      "UPDATE " + table("run") +
      " SET state = 'continued', finished_at = coalesce(finished_at, "
      "pg_catalog.clock_timestamp()) WHERE revision = " +
      quote(run.revision.id) + " AND state IN ('running', 'stopped'); " +
      run_row(run, "done", run.steps_total, run.done_digest) +
      (applied ? revision_row(run) + " ON CONFLICT (id) DO NOTHING" : no_revision_row(run)) + "; ";
  ++runs_;
  ++revisions_;
  return sql;
}

}  // namespace schemac
