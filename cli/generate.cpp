// generate NAME: the revision that leads from the last one to the schema.

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/new_revision.h"
#include "cli/planning.h"
#include "cli/revisions.h"
#include "cli/source.h"
#include "codegen/postgres/postgres.h"

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

void describe_written(const std::string& folder, const Planned& planned, Outcome& outcome) {
  outcome.text = folder + "/\n  up.sql         " +
                 counted(statement_count(planned.up), "statement") + "\n  down.sql       " +
                 counted(statement_count(planned.down), "statement") + "\n  revision.json\n";
}

Json result_of(const NewRevision& revision, const Planned& planned,
               const std::map<std::string, std::string>& files, bool written) {
  Json lost = Json::array();
  for (const ObjectId& id : planned.up.lost) lost.push_back(to_string(id));
  return {{"revision", revision.id},  {"parents", revision.parents},
          {"written", written},       {"destroys", std::move(lost)},
          {"up", files.at("up.sql")}, {"down", files.at("down.sql")}};
}

// What the way up destroys and what stands in its way, at the lines of the file.
void report_revision(const Planned& planned, const std::string& path, const std::string& up_sql,
                     const Session& session) {
  report_doubts(planned, session.sink);
  report_hazards(facts_of(planned.up, postgres::dialect()),
                 std::make_shared<const SourceFile>(path, up_sql), session.settings.allow,
                 Severity::warning, true, session.sink);
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
  const History history = read_history(folder, sink);
  if (sink.has_errors()) return outcome;
  const std::string head = single_head(history, sink);
  Catalog declared = load_schema(session.settings.schema, sink);
  if (sink.has_errors()) return outcome;

  Shadow shadow(session.settings.shadow, session.output);
  const Planned planned =
      plan_between({"@head", SourceForm::recorded, catalog_after(history, head), {}},
                   {session.settings.schema, SourceForm::declared, std::move(declared), {}},
                   session.settings, shadow);
  outcome.exit_code = kExitDone;
  if (planned.up.empty()) {
    report_doubts(planned, sink);
    outcome.text = "nothing to do: " + session.settings.schema + " is what " +
                   (head.empty() ? "an empty database" : head) + " made\n";
    outcome.result = {{"revision", nullptr}};
    return outcome;
  }
  NewRevision revision{new_revision_id(options.name, history), options.name, {}, false};
  if (!head.empty()) revision.parents.push_back(head);
  const auto files = revision_files(revision, planned);
  const std::string path = folder + "/" + revision.id;
  report_revision(planned, path + "/up.sql", files.at("up.sql"), session);
  outcome.result = result_of(revision, planned, files, !options.dry_run);
  if (options.dry_run) {
    outcome.text = files.at("up.sql") + "\n" + files.at("down.sql");
    return outcome;
  }
  write_revision(folder, history, revision.id, files);
  describe_written(path, planned, outcome);
  return outcome;
}

}  // namespace schemac
