#include "runner/monitor.h"

#include <chrono>

namespace schemac {
namespace {

using Seconds = std::chrono::seconds;
constexpr Seconds kFirstLook{1};
constexpr Seconds kRarest{30};

}  // namespace

Monitor::Monitor(RunnerSession& control, const RunnerSession& worker, const RunOptions& options)
    : control_(control),
      worker_(worker.backend()),
      options_(options),
      thread_([this] { look_on(); }) {}

Monitor::~Monitor() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Monitor::watch(const RunEvent& step) {
  const std::lock_guard lock(mutex_);
  watching_ = true;
  step_ = step;
  said_.clear();
  changed_.notify_one();
}

void Monitor::rest() {
  const std::lock_guard lock(mutex_);
  watching_ = false;
}

// The mutex is held while the server is asked, so that rest() returns only when the session is
// free.
void Monitor::look_on() {
  std::unique_lock lock(mutex_);
  while (!ended_) {
    changed_.wait(lock, [this] { return ended_ || watching_; });
    const std::string revision = step_.revision;
    const int number = step_.step;
    const auto start = std::chrono::steady_clock::now();
    const auto same = [&] {
      return !ended_ && watching_ && step_.revision == revision && step_.step == number;
    };
    for (Seconds pause = kFirstLook; same(); pause = std::min(2 * pause, kRarest)) {
      changed_.wait_for(lock, pause, [&] { return !same(); });
      if (!same()) break;
      const auto passed = std::chrono::steady_clock::now() - start;
      look(step_, std::chrono::duration_cast<Seconds>(passed).count());
    }
  }
}

void Monitor::look(const RunEvent& step, long seconds) {
  try {
    std::string text = progress();
    const std::string waits = blockers();
    if (!waits.empty()) text += (text.empty() ? "" : "; ") + waits;
    if (text.empty()) text = "at work";
    if (text == said_) return;
    said_ = text;
    RunEvent event = step;
    event.kind = "progress";
    event.text = text;
    event.line = "  " + text + " (" + std::to_string(seconds) + " s)";
    event.seconds = static_cast<double>(seconds);
    options_.report(event);
  } catch (const pqxx::failure&) {
    // Whoever runs the statement will notice by himself that the server is gone.
  }
}

// `building index: scanning table, 40 %`; "" where the statement tells nothing of itself.
std::string Monitor::progress() {
  const pqxx::result rows = control_.run(
      "SELECT phase, CASE WHEN blocks_total > 0 THEN 100 * blocks_done / blocks_total "
      "WHEN tuples_total > 0 THEN 100 * tuples_done / tuples_total "
      "WHEN lockers_total > 0 THEN 100 * lockers_done / lockers_total END AS percent "
      "FROM pg_catalog.pg_stat_progress_create_index WHERE pid = " +
      std::to_string(worker_));
  if (rows.empty()) return {};
  std::string text = std::string("index build: ") + rows[0]["phase"].c_str();
  if (!rows[0]["percent"].is_null()) text += std::string(", ") + rows[0]["percent"].c_str() + " %";
  return text;
}

// Statements of others are not shown: they may hold what nobody should read.
std::string Monitor::blockers() {
  const pqxx::result rows = control_.run(
      "SELECT a.pid, a.application_name, a.state, pg_catalog.date_part('epoch', "
      "pg_catalog.clock_timestamp() - a.xact_start)::bigint AS age FROM "
      "pg_catalog.unnest(pg_catalog.pg_blocking_pids(" +
      std::to_string(worker_) +
      ")) b JOIN pg_catalog.pg_stat_activity a ON a.pid = b ORDER BY a.xact_start LIMIT 3");
  std::string text;
  for (const pqxx::row& row : rows) {
    text += (text.empty() ? "waiting for server process " : ", ") + std::string(row["pid"].c_str());
    const std::string program =
        row["application_name"].is_null() ? "" : row["application_name"].c_str();
    const std::string state = row["state"].is_null() ? "" : row["state"].c_str();
    std::string about = program;
    if (!state.empty()) about += (about.empty() ? "" : ", ") + state;
    if (!row["age"].is_null())
      about += (about.empty() ? "" : ", ") + std::string("transaction open for ") +
               row["age"].c_str() + " s";
    if (!about.empty()) text += " (" + about + ")";
  }
  return text;
}

}  // namespace schemac
