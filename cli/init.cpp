// init [--from URL]: a project in the current folder.

#include <unordered_map>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/head_plan.h"
#include "cli/new_revision.h"
#include "cli/planning.h"
#include "cli/pulled_files.h"
#include "cli/runs.h"
#include "cli/source.h"
#include "compiler/print/print.h"
#include "introspect/postgres/connection.h"

namespace schemac {
namespace {

struct Baseline {
  std::string id;
  int server_version = 0;  // of the database; 0: there is none
  std::map<std::string, std::string> schema_files;
  Planned planned;  // whose catalog after is what the files declare
};

// What a database is today: its schema, and the revision that would make it.
Baseline read_baseline(const Session& session, const std::string& url) {
  Baseline baseline;
  Source live = load_database(url, session.settings.ledger);
  report_unmanaged(live.unmanaged, session.sink);
  PrintedSchema printed = print_schema(live.catalog);
  baseline.schema_files = std::move(printed.files);
  baseline.server_version = live.catalog.server_version;
  Settings settings = session.settings;
  settings.server_version = baseline.server_version;
  Shadow nowhere("none", session.output);
  baseline.planned =
      plan_between({"empty", SourceForm::recorded, {}, {}}, std::move(live), settings, nowhere);
  if (baseline.planned.up.empty()) return baseline;
  baseline.id = new_revision_id(new_revision_time({}), "baseline");
  std::unordered_map<std::string, std::shared_ptr<const SourceFile>> files;
  for (Object& object : baseline.planned.to.objects()) {
    const auto place = printed.places.find(object.id);
    if (place == printed.places.end()) continue;
    std::shared_ptr<const SourceFile>& file = files[place->second];
    const std::string path = settings.schema + "/" + place->second;
    if (file == nullptr) file = std::make_shared<SourceFile>(path, read_text);
    object.declared_at = {file, 0, 0};
  }
  return baseline;
}

// For the next run, which reads the settings that were just written.
void remember_baseline(Settings settings, const Baseline& baseline,
                       const WrittenRevision& written) {
  settings.server_version = baseline.server_version;
  std::map<std::string, std::string> files;
  for (const auto& [name, text] : baseline.schema_files)
    files.emplace(settings.schema + "/" + name, text);
  remember_first(settings, files, baseline.planned.to, written);
}

// Everything is known before anything is written, and schemac.toml comes last: until it is there,
// `init` can be run again.
void write_project(const Session& session, const Baseline& baseline, const FileChanges& changes,
                   Outcome& outcome) {
  const Settings& settings = session.settings;
  write_files(changes, settings.schema, baseline.schema_files);
  make_folders(settings.migrations);
  const FolderLock lock(settings.migrations);
  History history = read_history(settings.migrations, session.sink);
  if (session.sink.has_errors() || !history.revisions.empty()) {
    if (!session.sink.has_errors())
      session.sink.report(
          diags::exists_already(settings.migrations + "/" + history.revisions.front().id));
    outcome.exit_code = kExitFailed;
    return;
  }
  WrittenRevision written;
  if (baseline.id.empty()) {
    write_atomically(settings.migrations + "/" + std::string(kSumFile), sum_text({}));
  } else {
    const NewRevision revision{baseline.id, "baseline", {}, true};
    written =
        write_revision(history, revision, baseline.planned, make_parts(revision, baseline.planned));
  }
  write_atomically(std::string(kConfigFile), new_config(baseline.server_version));
  if (!baseline.id.empty()) remember_baseline(settings, baseline, written);
  outcome.text =
      std::string(kConfigFile) + "\n" + settings.schema + "/\n" + settings.migrations + "/\n";
}

}  // namespace

Outcome run_init(const Session& session, const InitOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  Sink& sink = session.sink;
  const std::string config(kConfigFile);
  if (path_exists(config)) {
    sink.report(diags::exists_already(config))
        .about(config)
        .hint("the folder is a project already; `schemac generate NAME` is the next step");
    return outcome;
  }
  if (!options.from.empty() && !is_database_url(options.from)) {
    sink.report(diags::url_unknown(postgres::display_url(options.from)))
        .hint("write `postgres://…`");
    return outcome;
  }
  Baseline baseline;
  FileChanges changes;
  if (!options.from.empty()) {
    baseline = read_baseline(session, options.from);
    changes = compare_files(session.settings.schema, baseline.schema_files, false, sink);
    if (sink.has_errors()) return outcome;
  }
  outcome.exit_code = kExitDone;
  write_project(session, baseline, changes, outcome);
  if (outcome.exit_code != kExitDone) return outcome;
  outcome.result = {{"baseline", baseline.id.empty() ? nlohmann::ordered_json(nullptr)
                                                     : nlohmann::ordered_json(baseline.id)},
                    {"marked_applied", false}};
  if (baseline.id.empty()) {
    if (options.from.empty())
      outcome.text += "describe the database in " + session.settings.schema +
                      "/*.schema, then run `schemac generate NAME`\n";
  } else if (options.mark_applied) {
    record_as_applied(session, options.from, baseline.id);
    outcome.result["marked_applied"] = true;
    outcome.text +=
        "recorded in " + postgres::display_url(options.from) + " as applied: " + baseline.id + "\n";
  } else {
    outcome.text += "tell the database that it has this already: schemac baseline --url URL\n";
  }
  return outcome;
}

}  // namespace schemac
