// history: every run that the ledger of a database knows.

#include <algorithm>
#include <cstdio>

#include "cli/commands.h"
#include "cli/runs.h"

namespace schemac {
namespace {

std::string duration(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
  return text;
}

std::string operation_of(const RunRecord& run) {
  return run.operation == "up"     ? "applied"
         : run.operation == "down" ? "rolled back"
                                   : run.operation;
}

// What came of it, in a few words.
std::string ending_of(const RunRecord& run) {
  const std::string steps =
      std::to_string(run.steps_done) + " of " + std::to_string(run.steps_total) + " steps";
  if (run.state == "done") return "done";
  if (run.state == "failed") return "failed, nothing of it stayed";
  return run.state + " after " + steps;
}

void show(const RunRecord& run, std::string& text) {
  text += run.started_at + "  " + operation_of(run) + " " + run.revision + ": " + ending_of(run);
  if (run.seconds) text += ", " + duration(*run.seconds);
  text += "\n  by " + run.user + (run.role.empty() ? "" : " as " + run.role) + " from " +
          run.client + ", " + run.tool + "\n";
  if (!run.message.empty())
    text += "  " + run.message + (run.sqlstate.empty() ? "" : " (SQLSTATE " + run.sqlstate + ")") +
            "\n";
  if (!run.reason.empty()) text += "  reason: " + run.reason + "\n";
}

}  // namespace

Outcome run_history(const Session& session, const HistoryOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  const std::string url = database_url(session);
  if (session.sink.has_errors()) return outcome;
  std::vector<RunRecord> runs = recorded_runs(url, session.settings.ledger);
  if (options.last && runs.size() > static_cast<std::size_t>(*options.last))
    runs.erase(runs.begin(), runs.end() - *options.last);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const RunRecord& run : runs) {
    show(run, outcome.text);
    list.push_back({{"number", run.number},
                    {"revision", run.revision},
                    {"operation", run.operation},
                    {"state", run.state},
                    {"steps_done", run.steps_done},
                    {"steps_total", run.steps_total},
                    {"started_at", run.started_at},
                    {"seconds", run.seconds ? nlohmann::ordered_json(*run.seconds) : nullptr},
                    {"user", run.user},
                    {"role", or_null(run.role)},
                    {"client", run.client},
                    {"tool", run.tool},
                    {"catalog_before", run.catalog_before},
                    {"catalog_after", or_null(run.catalog_after)},
                    {"sqlstate", or_null(run.sqlstate)},
                    {"message", or_null(run.message)},
                    {"reason", or_null(run.reason)}});
  }
  if (runs.empty()) outcome.text = "nothing was ever run\n";
  outcome.exit_code = kExitDone;
  outcome.result = {{"runs", std::move(list)}};
  return outcome;
}

}  // namespace schemac
