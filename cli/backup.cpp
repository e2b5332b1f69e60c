// backup [-o FOLDER]: all of a database in a folder.

#include "cli/backup_diags.h"
#include "cli/backups.h"
#include "cli/commands.h"
#include "cli/runs.h"
#include "cli/source.h"
#include "proof/archive.h"

namespace schemac {
namespace {

// Brings a backup back on a throwaway server.
std::optional<ArchiveSample> try_backup(const Session& session, const std::string& url,
                                        const Backup& backup, int jobs) {
  session.output.progress("restoring it into a throwaway database");
  const int version = std::atoi(backup.server_version.c_str());
  try {
    const auto throwaway = postgres::Throwaway::open(session.settings.shadow, version);
    // Policies and the like name roles.
    throwaway->provide_for(load_database(url, session.settings.ledger).catalog);
    return try_archive(
        client_for("pg_restore", std::max(version, std::atoi(backup.client_version.c_str()))),
        backup.folder, *throwaway, jobs);
  } catch (const DatabaseError& error) {
    session.sink.report(diags::backup_sample_failed(backup.folder, error.what()));
    return std::nullopt;
  }
}

}  // namespace

Outcome run_backup(const Session& session, const BackupOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  const std::string url = database_url(session);
  if (session.sink.has_errors()) return outcome;
  const Backup backup =
      make_backup(session, url, session.settings.user_path(options.output), options.jobs);
  std::string sample;
  outcome.result = {{"folder", backup.folder},
                    {"database", backup.database.name},
                    {"server_version", backup.server_version},
                    {"client_version", backup.client_version},
                    {"tables", backup.tables},
                    {"bytes", backup.bytes()},
                    {"sample", nullptr}};
  if (options.sample) {
    const auto tried = try_backup(session, url, backup, options.jobs);
    if (!tried) return outcome;
    outcome.result["sample"] = {{"tables", tried->tables}, {"rows", tried->rows}};
    sample = "restored as a sample: " + std::to_string(tried->tables) + " tables, " +
             std::to_string(tried->rows) + " rows\n";
  }
  outcome.text = "wrote " + backup.folder + " (" + std::to_string(backup.tables) +
                 (backup.tables == 1 ? " table, " : " tables, ") + size_text(backup.bytes()) +
                 ")\n" + sample;
  outcome.exit_code = kExitDone;
  return outcome;
}

}  // namespace schemac
