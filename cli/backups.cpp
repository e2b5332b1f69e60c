#include "cli/backups.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <thread>

#include "cli/backup_diags.h"
#include "cli/files.h"
#include "cli/new_revision.h"
#include "cli/version.h"
#include "introspect/postgres/connection.h"
#include "proof/archive.h"
#include "runner/digest.h"

namespace schemac {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr int kManifestFormat = 1;

// 150014 is 15.14.
std::string version_text(int version) {
  return std::to_string(version / 10000) + "." + std::to_string(version % 10000);
}

Json manifest_of(const Backup& backup) {
  Json files = Json::object();
  for (const auto& [name, file] : backup.files)
    files[name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
  const DatabaseTraits& database = backup.database;
  return {{"format", kManifestFormat},
          {"tool", backup.tool},
          {"started_at", backup.started_at},
          {"finished_at", backup.finished_at},
          {"database",
           {{"name", database.name},
            {"encoding", database.encoding},
            {"collate", database.collate},
            {"ctype", database.ctype},
            {"provider", database.provider},
            {"locale", database.locale},
            {"rules", database.rules}}},
          {"server_version", backup.server_version},
          {"client_version", backup.client_version},
          {"tables", backup.tables},
          {"files", std::move(files)}};
}

// Throws nlohmann's exception where something is missing or of another type.
Backup from_manifest(const std::string& folder, const std::string& text) {
  const Json json = Json::parse(text);
  if (json.at("format") != kManifestFormat)
    throw std::runtime_error("its format is that of another version of schemac");
  Backup backup;
  backup.folder = folder;
  const auto read = [](const Json& from, const char* name, std::string& into) {
    from.at(name).get_to(into);
  };
  read(json, "tool", backup.tool);
  read(json, "started_at", backup.started_at);
  read(json, "finished_at", backup.finished_at);
  read(json, "server_version", backup.server_version);
  read(json, "client_version", backup.client_version);
  const Json& database = json.at("database");
  read(database, "name", backup.database.name);
  read(database, "encoding", backup.database.encoding);
  read(database, "collate", backup.database.collate);
  read(database, "ctype", backup.database.ctype);
  read(database, "provider", backup.database.provider);
  read(database, "locale", backup.database.locale);
  read(database, "rules", backup.database.rules);
  json.at("tables").get_to(backup.tables);
  for (const auto& [name, file] : json.at("files").items())
    backup.files[name] = {file.at("bytes").get<std::uint64_t>(),
                          file.at("sha256").get<std::string>()};
  return backup;
}

// What is wrong with a file; "" where nothing is.
std::string fault_of(const std::string& path, const Backup::File& file) {
  if (!path_exists(path)) return "is missing";
  if (fs::file_size(path) != file.bytes) return "has another size than when it was written";
  return sha256_of_file(path) == file.sha256 ? "" : "has other bytes than when it was written";
}

// What a person at a terminal types; nothing where there is nobody.
std::optional<std::string> ask(const Session& session, const std::string& question) {
  const bool somebody = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
  if (!somebody || session.settings.format != Format::text) return std::nullopt;
  std::fputs(question.c_str(), stderr);
  std::string answer;
  std::getline(std::cin, answer);
  return answer;
}

bool is_confirmed(const Session& session, const Backup& backup, const DatabaseBeside& target,
                  const std::string& over) {
  const std::string& name = target.name();
  if (!target.is_filled() || over == name) return true;
  const auto answer =
      over.empty()
          ? ask(session, "database " + name + " holds data; the backup of " + backup.finished_at +
                             " shall take its place. Type its name to go on: ")
          : std::nullopt;
  if (answer == name) return true;
  session.sink.report(diags::replacement_unconfirmed(name))
      .hint(over.empty() ? "`--over " + name + "` says so; what is there now is kept beside it"
                         : "`--over " + over + "` names another one");
  return false;
}

}  // namespace

std::uint64_t Backup::bytes() const {
  std::uint64_t sum = 0;
  for (const auto& [name, file] : files) sum += file.bytes;
  return sum;
}

int default_jobs() {
  constexpr unsigned kJobsMax = 4;
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, kJobsMax));
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array kUnits{"bytes", "kB", "MB", "GB", "TB"};
  constexpr double kStep = 1000;
  double size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= kStep && unit + 1 < kUnits.size()) {
    size /= kStep;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", size, kUnits[unit]);
  return text.data();
}

std::string new_backup_folder(const Settings& settings, const std::string& database) {
  std::string name;
  for (const char c : database) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
    name += plain ? c : '_';
  }
  std::string time = utc_time();
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  const std::string ignore = settings.backups + "/.gitignore";
  if (!path_exists(settings.backups)) write_atomically(ignore, "*\n");
  return settings.backups + "/" + name + "-" + time;
}

Backup make_backup(const Session& session, const std::string& url, std::string folder, int jobs) {
  Backup backup;
  const int server = postgres::full_version(url);
  const Client pg_dump = client_for("pg_dump", server / 10000);
  const Client pg_restore = client_for("pg_restore", pg_dump.major());
  backup.database = traits_of(url);
  if (folder.empty()) folder = new_backup_folder(session.settings, backup.database.name);
  NewFolder written(folder, NewFolder::Access::owner);
  session.output.progress("backing up " + postgres::display_url(url) + " into " + folder);
  backup.folder = folder;
  backup.tool = kTool;
  backup.started_at = utc_time();
  backup.server_version = version_text(server);
  backup.client_version = pg_dump.version;
  write_archive(pg_dump, url, written.filled_at(), jobs);
  backup.tables = tables_in_archive(pg_restore, written.filled_at());
  for (const auto& entry : fs::directory_iterator(written.filled_at()))
    backup.files[entry.path().filename().string()] = {entry.file_size(),
                                                      sha256_of_file(entry.path().string())};
  backup.finished_at = utc_time();
  written.write(std::string(kManifestFile), manifest_of(backup).dump(2) + "\n");
  written.take_place();
  return backup;
}

std::optional<Backup> read_backup(const std::string& folder, Sink& sink) {
  const std::string manifest = folder + "/" + std::string(kManifestFile);
  const auto broken = [&](const std::string& why) {
    sink.report(diags::backup_broken(folder, why));
    return std::nullopt;
  };
  if (!path_exists(manifest)) return broken("it has no " + std::string(kManifestFile));
  Backup backup;
  try {
    backup = from_manifest(folder, read_text(manifest));
  } catch (const std::exception& error) {
    return broken(std::string(kManifestFile) + ": " + error.what());
  }
  for (const auto& [name, file] : backup.files)
    if (const std::string fault = fault_of(folder + "/" + name, file); !fault.empty())
      return broken(name + " " + fault);
  return backup;
}

std::optional<Restored> restore_backup(const Session& session, const Backup& backup,
                                       const std::string& url, const std::string& over, int jobs) {
  DatabaseBeside target(url);
  // An archive is read by what is as new as what wrote it.
  const int version = std::max(target.server_version(), std::atoi(backup.client_version.c_str()));
  const Client pg_restore = client_for("pg_restore", version);
  tables_in_archive(pg_restore, backup.folder);
  if (!is_confirmed(session, backup, target, over)) return std::nullopt;
  session.output.progress("restoring " + backup.folder + " beside " + postgres::display_url(url));
  read_archive(pg_restore, backup.folder, target.make(backup.database), jobs);
  session.output.progress("putting it in its place");
  return Restored{target.name(), target.take_place()};
}

}  // namespace schemac
