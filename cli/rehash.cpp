// rehash: schemac.sum anew, after revisions were edited or merged and reviewed.

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/revisions.h"

namespace schemac {

Outcome run_rehash(const Session& session) {
  Outcome outcome;
  const std::string& folder = session.settings.migrations;
  make_folders(folder);
  const FolderLock lock(folder);
  const History history = read_revisions(folder, session.sink);
  if (session.sink.has_errors()) {
    outcome.exit_code = kExitFailed;
    return outcome;
  }
  // What is recorded once is not doubted again.
  for (const Revision& revision : history.revisions) {
    revision.each_delta([](const Delta&) {});
    revision.up();
    revision.down();
  }
  const std::string path = folder + "/" + std::string(kSumFile);
  const std::string text = sum_text(compute_sum(history));
  const bool changed = !path_exists(path) || read_text(path) != text;
  if (changed) write_atomically(path, text);
  outcome.text = changed ? path + "\n" : path + " is up to date\n";
  outcome.result = {{"revisions", history.revisions.size()}, {"changed", changed}};
  return outcome;
}

}  // namespace schemac
