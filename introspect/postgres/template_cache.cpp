#include "introspect/postgres/template_cache.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "introspect/database.h"
#include "introspect/postgres/run_as.h"

namespace schemac::postgres {
namespace {

namespace fs = std::filesystem;

// Goes up when data folders are made in another way.
constexpr const char* kFormat = "1";

// A folder that nobody else can write to, or "" where there is none.
fs::path cache_folder() {
  fs::path folder;
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  std::error_code error;
  if (cache != nullptr && *cache == '/')
    folder = fs::path(cache) / "schemac";
  else if (home != nullptr && *home == '/' && access(home, W_OK) == 0)
    folder = fs::path(home) / ".cache" / "schemac";
  if (!folder.empty()) {
    fs::create_directories(folder, error);
    if (!error && access(folder.c_str(), W_OK) == 0) return folder;
  }
  folder = "/tmp/schemac-cache-" + std::to_string(geteuid());
  mkdir(folder.c_str(), 0700);
  struct stat status {};
  const bool ours = lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
                    status.st_uid == geteuid() && (status.st_mode & 077) == 0;
  return ours ? folder : fs::path();
}

// One name for each build of the server.
std::string template_name(const fs::path& programs) {
  struct stat status {};
  stat((programs / "postgres").c_str(), &status);
  std::string name = "postgres-" + std::string(kFormat);
  for (char c : programs.string()) name += c == '/' ? '-' : c;
  return name + "-" + std::to_string(status.st_size) + "-" + std::to_string(status.st_mtime);
}

void copy_tree(const fs::path& from, const fs::path& to) {
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  fs::permissions(to, fs::perms::owner_all);
}

void copy_template(const fs::path& kept, const fs::path& data) {
  try {
    copy_tree(kept, data);
  } catch (const fs::filesystem_error& error) {
    // What the library says of a full disk is hardly more than that something went wrong.
    const fs::path folder = data.parent_path().parent_path();
    std::error_code unknown;
    const auto free_mb = fs::space(folder, unknown).available >> 20;
    throw DatabaseError("cannot make the data folder of a throwaway server in " + folder.string() +
                        ": " + error.code().message() +
                        (unknown ? "" : "; " + std::to_string(free_mb) + " MB are left there"));
  }
}

// Complete or not there at all: others may look for it at this very moment.
void keep_copy(const fs::path& data, const fs::path& kept) {
  std::error_code error;
  const fs::path half = kept.string() + ".new-" + std::to_string(getpid());
  try {
    copy_tree(data, half);
    fs::rename(half, kept, error);
  } catch (const fs::filesystem_error&) {
    // A full disk: the next run makes its own again.
  }
  fs::remove_all(half, error);
}

}  // namespace

void make_data_folder(const fs::path& data, const fs::path& programs) {
  const fs::path cache = cache_folder();
  const fs::path kept = cache.empty() ? fs::path() : cache / template_name(programs);
  std::error_code error;
  if (!kept.empty() && fs::exists(kept / "PG_VERSION", error)) {
    copy_template(kept, data);
    give_to_server_user(data);
    return;
  }
  const fs::path log = data.parent_path() / "initdb.log";
  if (!run_program({(programs / "initdb").string(), "-D", data.string(), "-U", "postgres", "-A",
                    "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--wal-segsize=1"},
                   log)) {
    std::ifstream file(log);
    std::string text, line;
    while (std::getline(file, line))
      if (line.rfind("initdb: ", 0) == 0) text += (text.empty() ? "" : "; ") + line;
    throw DatabaseError("cannot make a throwaway server with " + (programs / "initdb").string() +
                        (text.empty() ? "" : ": " + text));
  }
  if (!kept.empty()) keep_copy(data, kept);
}

}  // namespace schemac::postgres
