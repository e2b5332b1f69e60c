// lint: hazards of SQL files, whoever wrote them.

#include "lint/lint.h"

#include <algorithm>
#include <set>

#include "cli/acknowledgement.h"
#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/parallel.h"
#include "cli/sql_files.h"
#include "compiler/safety/hazards.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

struct Counts {
  std::size_t statements = 0;
  std::size_t errors = 0, warnings = 0;
  std::size_t notes = 0;  // those that are not shown included
};

class Reporter {
 public:
  Reporter(const Session& session, const SqlMigrations& all, Severity mildest)
      : session_(session), all_(all), mildest_(mildest) {}

  void report(const SqlPart& part, const lint::Judgement& judgement) {
    for (const lint::Finding& finding : judgement.findings) report(part, finding);
    report_unread(part, judgement);
    counts.statements += part.places.size();
  }
  void report_missing_down(const SqlMigration& migration);
  // Acknowledgements that are none, and those that nothing needs any more.
  void report_acknowledgements(std::size_t file, bool ours);

  Counts counts;

 private:
  void report(const SqlPart& part, const lint::Finding& finding);
  void report(const Hazard& hazard, std::size_t file, std::size_t statement, std::string object,
              const std::string& detail);
  void report_unread(const SqlPart& part, const lint::Judgement& judgement);
  bool accepts(const Hazard& hazard, const std::string& object, std::size_t file,
               std::size_t statement);
  SourceSpan span(std::size_t file, std::size_t statement) const {
    const ScriptStatement& at = all_.files[file].script.statements[statement];
    return {all_.files[file].file, static_cast<std::uint32_t>(at.begin),
            static_cast<std::uint32_t>(at.begin + at.text.size())};
  }

  const Session& session_;
  const SqlMigrations& all_;
  Severity mildest_;
  std::set<std::pair<std::size_t, std::string>> used_;  // by file and code
  std::set<std::size_t> unread_;                        // files that were said to be unreadable
};

bool Reporter::accepts(const Hazard& hazard, const std::string& object, std::size_t file,
                       std::size_t statement) {
  if (session_.settings.allow.accepts(hazard.code, object)) return true;
  if (!acknowledged(all_.files[file].script, statement, hazard.code)) return false;
  used_.emplace(file, hazard.code);
  return true;
}

void Reporter::report(const Hazard& hazard, std::size_t file, std::size_t statement,
                      std::string object, const std::string& detail) {
  if (accepts(hazard, object, file, statement)) return;
  if (hazard.severity < mildest_) {
    ++counts.notes;
    return;
  }
  session_.sink
      .report(
          {hazard.code, hazard.severity,
           object + ": " + std::string(hazard.title) + (detail.empty() ? "" : " (" + detail + ")")},
          span(file, statement))
      .about(std::move(object))
      .hint(std::string(hazard.way_out));
}

void Reporter::report(const SqlPart& part, const lint::Finding& finding) {
  const auto [file, statement] = part.places[finding.statement];
  report(*finding.hazard, file, statement, finding.object, finding.detail);
}

void Reporter::report_unread(const SqlPart& part, const lint::Judgement& judgement) {
  for (const lint::Unread& unread : judgement.unread) {
    const auto [file, statement] = part.places[unread.statement];
    if (!unread_.insert(file).second) continue;
    SourceSpan at = span(file, statement);
    at.begin += static_cast<std::uint32_t>(unread.offset);
    at.end = at.begin;
    session_.sink.report(diags::sql_unread(unread.message), at)
        .hint("the parser is that of PostgreSQL " + std::to_string(lint::parser_version()) +
              "; all other statements are judged");
  }
}

void Reporter::report_missing_down(const SqlMigration& migration) {
  if (!migration.lacks_down || migration.up.places.empty()) return;
  const auto [file, statement] = migration.up.places.front();
  report(*hazard_of("IR108"), file, statement, all_.files[file].file->path(), "");
}

void Reporter::report_acknowledgements(std::size_t file, bool ours) {
  // In schemac's own files, `check` knows what a plan's hazards need.
  const auto is_judged = [&](std::string_view code) { return !ours || !found_in_plans(code); };
  std::set<std::string> used;
  for (const auto& [where, code] : used_)
    if (where == file) used.insert(code);
  schemac::report_acknowledgements(all_.files[file].script, all_.files[file].file, used, is_judged,
                                   session_.sink);
}

Json to_json(const SqlMigrations& all, const SqlPart& part, const lint::Judgement& judgement,
             std::string_view direction) {
  Json statements = Json::array();
  for (std::size_t i = 0; i < part.places.size(); ++i) {
    const auto [file, statement] = part.places[i];
    Json effects = Json::array();
    for (const lint::Effect& effect : judgement.effects[i])
      effects.push_back({{"relation", effect.relation},
                         {"lock", to_string(effect.lock)},
                         {"rewrites", effect.rewrites},
                         {"scans", effect.scans},
                         {"builds", effect.builds},
                         {"existing", effect.existing}});
    statements.push_back({{"file", all.files[file].file->path()},
                          {"line", all.files[file].script.statements[statement].line},
                          {"direction", direction},
                          {"effects", std::move(effects)}});
  }
  return statements;
}

std::string counted(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

}  // namespace

Outcome run_lint(const Session& session, const LintOptions& options) {
  Outcome outcome;
  outcome.findings_are_result = true;
  const Settings& settings = session.settings;
  std::vector<std::string> paths;
  for (const std::string& path : options.paths) paths.push_back(settings.user_path(path));
  if (paths.empty()) paths.push_back(settings.migrations);
  SqlMigrations all = read_migrations(paths, options.wrapped);
  for (const SqlFile& file : all.files)
    if (file.script.error) {
      const auto at = static_cast<std::uint32_t>(file.script.error->offset);
      session.sink.report(diags::sql_broken(file.script.error->message), {file.file, at, at});
    }
  const int version =
      settings.server_version != 0 ? settings.server_version : lint::parser_version();
  lint::Linter linter({version});
  Reporter reporter(session, all, options.notes ? Severity::note : Severity::warning);
  Json statements = Json::array();
  std::size_t files = 0;
  const auto judge = [&](SqlMigration& migration) {
    const lint::Judgements judged =
        linter.judge({migration.up.part, migration.down.part, migration.wanted});
    if (!migration.wanted) return;
    reporter.report(migration.up, judged.up);
    reporter.report(migration.down, judged.down);
    reporter.report_missing_down(migration);
    for (const std::size_t file : migration.files)
      reporter.report_acknowledgements(file, migration.up.part.resumable);
    files += migration.files.size();
    if (settings.format != Format::json) return;
    for (Json& each : to_json(all, migration.up, judged.up, "up")) statements.push_back(each);
    for (Json& each : to_json(all, migration.down, judged.down, "down")) statements.push_back(each);
  };
  // Trees are large, so there are never more of them than a few files have.
  constexpr std::size_t kAtOnce = 100;
  for (std::size_t begin = 0; begin < all.migrations.size(); begin += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, all.migrations.size() - begin);
    SqlMigration* some = &all.migrations[begin];
    for_each_in_parallel(count, [&](std::size_t i) { parse_statements(all, some[i]); });
    for (std::size_t i = 0; i < count; ++i) {
      judge(some[i]);
      some[i].up.part.statements = some[i].down.part.statements = {};
    }
  }
  Counts& counts = reporter.counts;
  for (const Diagnostic& diagnostic : session.sink.diagnostics())
    ++(diagnostic.severity == Severity::error     ? counts.errors
       : diagnostic.severity == Severity::warning ? counts.warnings
                                                  : counts.notes);
  outcome.text = counted(files, "file") + ", " + counted(counts.statements, "statement") +
                 ", judged for PostgreSQL " + std::to_string(version) + ": " +
                 counted(counts.errors, "error") + ", " + counted(counts.warnings, "warning") +
                 ", " + counted(counts.notes, "note") +
                 (counts.notes > 0 && !options.notes ? " (--notes shows them)" : "") + "\n";
  outcome.exit_code = session.sink.has_errors() ? kExitFindings : kExitDone;
  outcome.result = {{"server_version", version}, {"files", files},
                    {"errors", counts.errors},   {"warnings", counts.warnings},
                    {"notes", counts.notes},     {"statements", std::move(statements)}};
  return outcome;
}

}  // namespace schemac
