// generate NAME: the revision that leads from the last one to the schema.

#include "cli/branching.h"
#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/head_plan.h"
#include "cli/idle_intents.h"
#include "cli/new_revision.h"
#include "cli/planning.h"
#include "cli/proving.h"
#include "cli/rename_questions.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

std::size_t statement_count(const Plan& plan) {
  std::size_t count = 0;
  for (const Segment& segment : plan.segments) count += segment.steps.size();
  return count;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

void describe_written(const std::string& folder, const Planned& planned, const Evidence& proof,
                      Outcome& outcome) {
  outcome.text = folder + "/\n  up.sql         " +
                 counted(statement_count(planned.up), "statement") + "\n  down.sql       " +
                 counted(statement_count(planned.down), "statement") + "\n  revision.json\n" +
                 summary(proof) + "\n";
}

// Why a revision is not proven, if it is not going to be.
std::optional<Evidence> no_proof(const GenerateOptions& options, Shadow& shadow) {
  Evidence evidence;
  evidence.skipped = options.no_prove;
  evidence.reason = "--no-prove";
  if (options.no_prove) return evidence;
  if (shadow.get() != nullptr) return std::nullopt;
  evidence.reason = shadow.reason();
  return evidence;
}

// Runs the files before they are written.
Evidence prove_files(const Session& session, const Planned& planned, const std::string& path,
                     const std::string& id, const RevisionParts& parts, Shadow& shadow) {
  const RevisionSql& sql = parts.sql.get();
  return prove_planned(
      planned, parts.facts.get(),
      {id, path + "/up.sql", sql.up, path + "/down.sql", sql.down, script_digest(sql.up)},
      *shadow.get(), session.sink);
}

// What programs are told, people's texts aside.
Json result_of(const NewRevision& revision, const Planned& planned, const RevisionSql& sql,
               bool written) {
  Json lost = Json::array();
  for (const ObjectId& id : planned.up.lost) lost.push_back(to_string(id));
  Json result{{"revision", revision.id},
              {"parents", revision.parents},
              {"written", written},
              {"destroys", std::move(lost)},
              {"up", sql.up},
              {"down", sql.down}};
  if (written) result["proof"] = evidence_to_json(*revision.proof);
  return result;
}

// What the way up destroys and what stands in its way, at the lines of the file.
void report_revision(const Planned& planned, const std::shared_ptr<const SourceFile>& up_sql,
                     const PlanFacts& up, const Session& session) {
  report_doubts(planned, session.sink);
  report_hazards(up, up_sql, session.settings.allow, Severity::warning, true, session.sink);
}

// The revision's files, once they are proven; with `--dry-run` their texts alone.
void write_proven(const Session& session, const GenerateOptions& options,
                  const HeadPlan& comparison, const Planned& planned, NewRevision revision,
                  Shadow& shadow, Outcome& outcome) {
  const std::string path = session.settings.migrations + "/" + revision.id;
  if (!options.dry_run) revision.proof = no_proof(options, shadow);
  RevisionParts parts = make_parts(revision, planned);
  const bool proves = !options.dry_run && !revision.proof;
  if (proves) revision.proof = prove_files(session, planned, path, revision.id, parts, shadow);
  const bool writes = !options.dry_run && !session.sink.has_errors();
  // With what was proven in their headers.
  if (proves && writes) parts.sql = make_sql(revision, planned);
  if (writes) {
    const WrittenRevision written = write_revision(comparison.history(), revision, planned, parts);
    comparison.remember(planned, &written);
    describe_written(path, planned, *revision.proof, outcome);
  }
  const RevisionSql& sql = parts.sql.get();
  const std::string up_path = path + "/up.sql";
  // Most often nobody looks into it.
  const auto up_sql = writes ? std::make_shared<const SourceFile>(up_path, read_text)
                             : std::make_shared<const SourceFile>(up_path, sql.up);
  report_revision(planned, up_sql, parts.facts.get().up, session);
  if (options.dry_run) outcome.text = sql.up + "\n" + sql.down;
  if (session.settings.format == Format::json)
    outcome.result = result_of(revision, planned, sql, writes);
  outcome.exit_code = writes || options.dry_run ? kExitDone : kExitFailed;
}

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
  write_proven(session, options, comparison, *planned, std::move(revision), shadow, outcome);
  return outcome;
}

}  // namespace schemac
