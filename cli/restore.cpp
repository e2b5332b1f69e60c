// restore FOLDER: what is in a backup in the place of a database.

#include "cli/backups.h"
#include "cli/commands.h"
#include "cli/runs.h"

namespace schemac {

Outcome run_restore(const Session& session, const RestoreOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  const std::string url = database_url(session);
  if (session.sink.has_errors()) return outcome;
  const auto backup = read_backup(session.settings.user_path(options.folder), session.sink);
  if (!backup) return outcome;
  const auto restored = restore_backup(session, *backup, url, options.over, options.jobs);
  if (!restored) return outcome;
  outcome.text = "restored " + restored->database + " as it was at " + backup->started_at + "\n";
  if (!restored->kept.empty())
    outcome.text += "what was there before is database " + restored->kept +
                    "; drop that once nobody needs it\n";
  outcome.result = {{"database", restored->database},
                    {"backup", backup->folder},
                    {"kept", or_null(restored->kept)}};
  outcome.exit_code = kExitDone;
  return outcome;
}

}  // namespace schemac
