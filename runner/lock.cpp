#include "runner/lock.h"

#include <random>
#include <thread>

#include "runner/interrupt.h"

namespace schemac {
namespace {

// `schm` in ASCII, and the number behind.
constexpr int kControlClass = 1935894637;
constexpr int kWorkerClass = kControlClass + 1;
constexpr int kPollMinMs = 100;
constexpr int kPollMaxMs = 300;

// FNV-1a, as the server's integer.
int key_of(const std::string& ledger) {
  std::uint32_t hash = 2166136261U;
  for (const unsigned char c : ledger) hash = (hash ^ c) * 16777619U;
  return static_cast<int>(hash);
}

std::string key_text(int lock_class, const std::string& ledger) {
  return std::to_string(lock_class) + ", " + std::to_string(key_of(ledger));
}

// Who holds a lock, for people: `server process 123 of schemac from 10.0.0.7, connected 12 s ago`.
std::string holder_of(RunnerSession& session, int lock_class, const std::string& ledger) {
  const pqxx::result seen = session.run(
      "SELECT a.pid, a.application_name, a.client_addr, "
      "extract(epoch FROM clock_timestamp() - a.backend_start)::bigint AS age FROM "
      "pg_catalog.pg_locks l "
      "JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid JOIN pg_catalog.pg_database d ON "
      "d.oid = l.database WHERE d.datname = pg_catalog.current_database() AND "
      "l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = " +
      std::to_string(lock_class) + "::oid AND l.objid = (" + std::to_string(key_of(ledger)) +
      "::bigint & 4294967295)::oid");
  if (seen.empty()) return {};
  std::string text = std::string("server process ") + seen[0]["pid"].c_str();
  if (!seen[0]["application_name"].is_null() && seen[0]["application_name"].c_str()[0] != '\0')
    text += std::string(" of ") + seen[0]["application_name"].c_str();
  if (!seen[0]["client_addr"].is_null())
    text += std::string(" from ") + seen[0]["client_addr"].c_str();
  if (!seen[0]["age"].is_null())
    text += std::string(", connected ") + seen[0]["age"].c_str() + " s ago";
  return text;
}

void report_waiting(const std::string& text, const RunOptions& options) {
  RunEvent event;
  event.kind = "waiting";
  event.text = event.line = text;
  options.report(event);
}

void take(RunnerSession& session, int lock_class, const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> pause_ms(kPollMinMs, kPollMaxMs);
  std::string holder;
  while (!session
              .run("SELECT pg_catalog.pg_try_advisory_lock(" +
                   key_text(lock_class, options.ledger) + ")")[0][0]
              .as<bool>()) {
    const std::string seen = holder_of(session, lock_class, options.ledger);
    if (!seen.empty() && holder.empty())
      report_waiting(lock_class == kControlClass
                         ? "waiting for another run of schemac: " + seen
                         : "waiting for what the server still does for a run that is gone: " + seen,
                     options);
    if (!seen.empty()) holder = seen;
    throw_if_interrupted();
    const auto waited = std::chrono::steady_clock::now() - start;
    if (waited >= options.lock_wait)
      throw DatabaseError(
          "another run of schemac works on this database" +
          (holder.empty() ? std::string() : " (" + holder + ")") + "; waited " +
          std::to_string(std::chrono::duration_cast<std::chrono::seconds>(waited).count()) + " s");
    std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms(random)));
  }
}

int answering_backend(RunnerSession& session) {
  return session.run("SELECT pg_catalog.pg_backend_pid()")[0][0].as<int>();
}

// A pooler answers for a backend of its own naming. Where two sessions that are both open are
// served by one process of the server, or one by two, locks and settings are nobody's.
void refuse_shared_sessions(RunnerSession& control, RunnerSession& worker) {
  const int first = answering_backend(control);
  if (first == control.backend()) return;
  const int second = answering_backend(worker);
  if (first != second && answering_backend(control) == first) return;
  throw DatabaseError(
      "a connection pooler shares the server's sessions between transactions, so that no lock "
      "holds; connect to the server itself, or to a pool in session mode");
}

}  // namespace

void take_locks(RunnerSession& control, RunnerSession& worker, const RunOptions& options) {
  refuse_shared_sessions(control, worker);
  take(control, kControlClass, options);
  take(worker, kWorkerClass, options);
}

}  // namespace schemac
