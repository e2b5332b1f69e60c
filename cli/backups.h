#pragma once
// Backups: folders that pg_restore reads, with a manifest that says what they should be.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "runner/database_beside.h"

namespace schemac {

inline constexpr std::string_view kManifestFile = "manifest.json";

struct Backup {
  struct File {
    std::uint64_t bytes = 0;
    std::string sha256;
  };

  std::string folder;
  std::string tool;  // that wrote it
  std::string started_at, finished_at;
  DatabaseTraits database;
  std::string server_version, client_version;  // `15.14`
  std::size_t tables = 0;                      // whose rows are in it
  std::map<std::string, File> files;           // by name, without the manifest

  std::uint64_t bytes() const;
};

// `1.4 MB`
std::string size_text(std::uint64_t bytes);

// Where a backup of that database goes if nobody says: a folder of its own in that of the setting
// `backups`, which is kept out of version control.
std::string new_backup_folder(const Settings& settings, const std::string& database);

// Backs up the database at `url` into the new folder `folder`, which appears once the backup is
// whole and pg_restore has read it. `folder` "": new_backup_folder().
Backup make_backup(const Session& session, const std::string& url, std::string folder, int jobs);

// Reads a backup and compares each file with the manifest; what is wrong is reported.
std::optional<Backup> read_backup(const std::string& folder, Sink& sink);

struct Restored {
  std::string database;
  std::string kept;  // the name of what was there before; "" where there was nothing
};

// Puts what is in a backup in the place of the database at `url`, whole or not at all. Where that
// holds data it takes its name, from `over` or typed on a terminal; without, that is reported.
std::optional<Restored> restore_backup(const Session& session, const Backup& backup,
                                       const std::string& url, const std::string& over, int jobs);

}  // namespace schemac
