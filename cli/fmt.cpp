// fmt [--check | --prune] [PATHS]: the canonical form of .schema files, or the files without what
// has nothing left to do.

#include <algorithm>
#include <optional>

#include "cli/command_diags.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/head_plan.h"
#include "cli/idle_intents.h"
#include "cli/source_diags.h"
#include "compiler/parse/statement.h"

namespace schemac {
namespace {

struct Formatted {
  std::string path;
  std::string text;
};

std::vector<std::string> paths_to_format(const Session& session, const FmtOptions& options) {
  std::vector<std::string> paths;
  for (const std::string& path : options.paths) paths.push_back(session.settings.user_path(path));
  if (paths.empty()) paths.push_back(session.settings.schema);
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!path_exists(path)) {
      session.sink.report(diags::schema_missing(path));
    } else if (is_folder(path)) {
      for (std::string& file : files_under(path, ".schema")) files.push_back(std::move(file));
    } else {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

// Files whose canonical form is another one. A file with errors has none.
std::vector<Formatted> find_unformatted(const std::vector<std::string>& paths, Sink& sink) {
  std::vector<Formatted> changed;
  for (const std::string& path : paths) {
    const auto file = std::make_shared<const SourceFile>(path, read_text(path));
    const std::size_t errors = sink.error_count();
    const ParsedFile parsed = parse_file(file, sink);
    if (sink.error_count() > errors) continue;
    std::string text = format(parsed);
    if (text != file->text()) changed.push_back({path, std::move(text)});
  }
  return changed;
}

// Those of the files that say how to get where the head revision is already.
std::optional<std::vector<Formatted>> find_unpruned(const Session& session,
                                                    const std::vector<std::string>& paths) {
  HeadPlan comparison(session);
  if (session.sink.has_errors()) return std::nullopt;
  Shadow shadow(session.settings.shadow, session.output);
  const std::optional<Planned> planned = comparison.plan(shadow, true);
  if (!planned) return std::nullopt;
  std::vector<Formatted> changed;
  for (auto& [path, text] : pruned_files(*planned))
    if (std::binary_search(paths.begin(), paths.end(), path))
      changed.push_back({path, std::move(text)});
  return changed;
}

Outcome prune(const Session& session, const std::vector<std::string>& paths) {
  Outcome outcome;
  const auto changed = find_unpruned(session, paths);
  outcome.exit_code = changed ? kExitDone : kExitFailed;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  if (changed)
    for (const Formatted& file : *changed) {
      write_atomically(file.path, file.text);
      list.push_back(file.path);
      outcome.text += "pruned " + file.path + "\n";
    }
  outcome.result = {{"files", paths.size()}, {"changed", std::move(list)}};
  return outcome;
}

}  // namespace

Outcome run_fmt(const Session& session, const FmtOptions& options) {
  Outcome outcome;
  const std::vector<std::string> paths = paths_to_format(session, options);
  if (options.prune && !session.sink.has_errors()) return prune(session, paths);
  const std::vector<Formatted> changed = find_unformatted(paths, session.sink);
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Formatted& file : changed) {
    list.push_back(file.path);
    if (options.check) {
      session.sink.report(diags::not_formatted(file.path))
          .about(file.path)
          .hint("`schemac fmt " + file.path + "` writes it");
      continue;
    }
    write_atomically(file.path, file.text);
    outcome.text += "formatted " + file.path + "\n";
  }
  const bool only_unformatted = session.sink.error_count() == (options.check ? changed.size() : 0);
  if (!only_unformatted)
    outcome.exit_code = kExitFailed;
  else if (options.check && !changed.empty())
    outcome.exit_code = kExitFindings;
  outcome.result = {{"files", paths.size()}, {"changed", std::move(list)}};
  outcome.findings_are_result = options.check && only_unformatted;
  return outcome;
}

}  // namespace schemac
