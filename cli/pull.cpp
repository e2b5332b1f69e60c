// pull URL: a live database as .schema files.

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/pulled_files.h"
#include "cli/source.h"
#include "compiler/ir/json.h"
#include "compiler/print/print.h"
#include "introspect/postgres/connection.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

void pull_into_folder(const Session& session, const std::string& folder, bool force,
                      const Catalog& catalog, Outcome& outcome) {
  const auto files = print_files(catalog);
  const FileChanges changes = compare_files(folder, files, force, session.sink);
  if (session.sink.has_errors()) {
    outcome.exit_code = kExitFailed;
    return;
  }
  write_files(changes, folder, files);
  for (const std::string& path : changes.written) outcome.text += "wrote " + path + "\n";
  for (const std::string& path : changes.removed) outcome.text += "removed " + path + "\n";
  if (changes.unchanged > 0) outcome.text += std::to_string(changes.unchanged) + " unchanged\n";
  if (files.empty()) outcome.text += "the database is empty\n";
  outcome.result = {
      {"written", changes.written}, {"removed", changes.removed}, {"unchanged", changes.unchanged}};
}

}  // namespace

Outcome run_pull(const Session& session, const PullOptions& options) {
  Outcome outcome;
  const std::string url = options.from.empty() ? session.url : options.from;
  if (url.empty())
    session.sink.report(diags::url_missing())
        .hint("for example: schemac pull postgres://localhost/shop");
  else if (!is_database_url(url))
    session.sink.report(diags::url_unknown(postgres::display_url(url)))
        .hint("write `postgres://…`");
  if (session.sink.has_errors()) {
    outcome.exit_code = kExitFailed;
    return outcome;
  }
  const Source source = load_database(url, session.settings.ledger);
  report_unmanaged(source.unmanaged, session.sink);
  if (options.output == "-") {
    outcome.text = print_text(source.catalog);
    outcome.result = {{"schema", outcome.text}};
    return outcome;
  }
  if (options.output.ends_with(".json")) {
    const std::string path = session.settings.user_path(options.output);
    write_atomically(path, to_json(source.catalog).dump(1) + "\n");
    outcome.text = "wrote " + path + "\n";
    outcome.result = {{"written", {path}}, {"removed", Json::array()}, {"unchanged", 0}};
    return outcome;
  }
  const std::string folder =
      options.output.empty() ? session.settings.schema : session.settings.user_path(options.output);
  pull_into_folder(session, folder, options.force, source.catalog, outcome);
  return outcome;
}

}  // namespace schemac
