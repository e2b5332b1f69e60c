// generate NAME: the revision that leads from the last one to the schema.

#include "cli/branching.h"
#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/head_plan.h"
#include "cli/idle_intents.h"
#include "cli/new_revision.h"
#include "cli/planning.h"
#include "cli/proven_revision.h"
#include "cli/rename_questions.h"

namespace schemac {
namespace {

constexpr std::string_view kLatestTime = "99991231235959";

// `90s`, `30min`, `12h`, `30d`, `8w`.
std::optional<std::chrono::seconds> seconds_of(const std::string& age) {
  constexpr std::size_t kDigitsMax = 6;
  const std::size_t unit = age.find_first_not_of("0123456789");
  if (unit == 0 || unit == std::string::npos || unit > kDigitsMax) return std::nullopt;
  const long count = std::stol(age);
  const std::string name = age.substr(unit);
  if (name == "s") return std::chrono::seconds(count);
  if (name == "min") return std::chrono::minutes(count);
  if (name == "h") return std::chrono::hours(count);
  if (name == "d") return std::chrono::days(count);
  if (name == "w") return std::chrono::weeks(count);
  return std::nullopt;
}

}  // namespace

Outcome run_generate(const Session& session, const GenerateOptions& options) {
  const std::string& folder = session.settings.migrations;
  Sink& sink = session.sink;
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  if (slug(options.name).empty()) {
    sink.report(diags::name_empty(options.name))
        .hint("for example: schemac generate \"add email\"");
    return outcome;
  }
  std::optional<FolderLock> lock;
  if (!options.dry_run || path_exists(folder)) {
    make_folders(folder);
    lock.emplace(folder);
  }
  HeadPlan comparison(session, options.branch.heads);
  if (sink.has_errors()) return outcome;
  const Ties ties = ties_of(options.branch, comparison.history(), sink);
  if (sink.has_errors()) return outcome;
  if (options.purge) {
    const auto age = seconds_of(*options.purge);
    if (!age) {
      sink.report(diags::usage("--purge takes an age such as 12h, 30d or 8w, and not `" +
                               *options.purge + "`"));
      return outcome;
    }
    // Whatever the clock says, all is older than nothing.
    comparison.keep_since(age->count() == 0 ? std::string(kLatestTime) : time_before(*age));
  }
  Shadow shadow(session.settings.shadow, session.output);
  const bool proves = !options.dry_run && !options.no_prove && session.settings.shadow != "none";
  // No file says what is kept aside.
  std::optional<Planned> planned = comparison.plan(shadow, options.purge.has_value());
  // A proof holds all of the two catalogs against what it builds.
  if (planned && !planned->up.empty() && proves && comparison.sliced())
    planned = comparison.plan(shadow, true);
  if (!planned) return outcome;
  report_idle_intents(*planned, sink);
  if (!planned->unretained.empty()) {
    report_doubts(*planned, sink);
    return outcome;
  }
  outcome.exit_code = kExitDone;
  const std::string& head = comparison.head();
  if (planned->up.empty()) {
    report_doubts(*planned, sink);
    if (!options.dry_run) comparison.remember(*planned, nullptr);
    outcome.text = "nothing to do: " + session.settings.schema + " is what " +
                   (head.empty() ? "an empty database" : head) + " made\n";
    outcome.result = {{"revision", nullptr}};
    return outcome;
  }
  if (!settle_renames(session, options.not_renamed, *planned, outcome)) return outcome;
  NewRevision revision{new_revision_id(comparison.time(), options.name), options.name,
                       comparison.parents(), false};
  revision.ties = ties;
  if (!stands_by_itself(revision, *planned, comparison.history(), sink)) {
    outcome.exit_code = kExitFailed;
    return outcome;
  }
  return write_proven(
      {session, comparison.history(), *planned, shadow, options.dry_run, options.no_prove},
      std::move(revision),
      [&](const WrittenRevision& written) { comparison.remember(*planned, &written); });
}

}  // namespace schemac
