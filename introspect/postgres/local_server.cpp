#include "introspect/postgres/local_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>
#include <vector>

#include "introspect/database.h"
#include "introspect/postgres/run_as.h"
#include "introspect/postgres/template_cache.h"

namespace schemac::postgres {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "schemac-pg-";
// A schema of 10,000 tables takes about 150 MB.
constexpr std::uint64_t kRoomInMemory = std::uint64_t{1} << 30;
constexpr auto kStartTimeout = std::chrono::seconds(60);

bool is_program(const fs::path& path) {
  return access(path.c_str(), X_OK) == 0 && !fs::is_directory(path);
}

bool has_programs(const fs::path& folder) {
  return is_program(folder / "initdb") && is_program(folder / "postgres");
}

std::string output_of(const char* command) {
  std::string out;
  FILE* pipe = popen(command, "r");
  if (pipe == nullptr) return out;
  char buffer[256];
  while (fgets(buffer, sizeof buffer, pipe) != nullptr) out += buffer;
  pclose(pipe);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

// Memory where there is enough of it: the server then never waits for a disk.
fs::path base_folder() {
  struct statvfs room {};
  if (access("/dev/shm", W_OK | X_OK) == 0 && statvfs("/dev/shm", &room) == 0 &&
      std::uint64_t{room.f_bavail} * room.f_frsize >= kRoomInMemory)
    return "/dev/shm";
  std::error_code none;
  const fs::path temporary = fs::temp_directory_path(none);
  // The name of a socket has at most 107 bytes, and another user must be able to get there.
  const bool usable = !none && temporary.string().size() <= 60 && geteuid() != 0;
  return usable ? temporary : fs::path("/tmp");
}

// Folders whose owners died without tidying up: nobody holds their lock.
void sweep(const fs::path& base) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(base, error)) {
    if (entry.path().filename().string().rfind(kPrefix, 0) != 0) continue;
    const int lock = open((entry.path() / "lock").c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0) continue;
    if (flock(lock, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry.path(), error);
    close(lock);
  }
}

// A new folder that is locked from the moment in which its lock can be seen.
fs::path make_locked_folder(const fs::path& base, int& lock) {
  std::string pattern = (base / (std::string(kPrefix) + "XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw DatabaseError("cannot make a folder for a throwaway server in " + base.string() + ": " +
                        std::strerror(errno));
  const fs::path folder = pattern;
  const fs::path unlocked = folder / "lock.new";
  lock = open(unlocked.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (lock < 0 || flock(lock, LOCK_EX) != 0)
    throw DatabaseError("cannot lock " + folder.string() + ": " + std::strerror(errno));
  fs::rename(unlocked, folder / "lock");
  give_to_server_user(folder);
  return folder;
}

std::vector<std::string> server_command(const fs::path& programs, const fs::path& folder) {
  std::vector<std::string> command{(programs / "postgres").string(), "-D",
                                   (folder / "data").string(), "-k", folder.string()};
  // Nothing in it outlives the process, so nothing waits for a disk. Building a large schema in one
  // transaction takes a lock for each of its relations.
  for (const char* setting : {"port=5432",
                              "listen_addresses=",
                              "fsync=off",
                              "synchronous_commit=off",
                              "full_page_writes=off",
                              "wal_level=minimal",
                              "max_wal_senders=0",
                              "max_wal_size=256MB",
                              "autovacuum=off",
                              "shared_buffers=128MB",
                              "max_connections=40",
                              "max_locks_per_transaction=8192",
                              "jit=off",
                              "logging_collector=off",
                              "checkpoint_timeout=1h",
                              "bgwriter_delay=10s",
                              "lc_messages=C",
                              "timezone=UTC",
                              "unix_socket_permissions=0777",
                              "max_prepared_transactions=10"}) {
    command.emplace_back("-c");
    command.emplace_back(setting);
  }
  return command;
}

// Stops the server at once, and for good.
void stop(pid_t server) {
  kill(server, SIGQUIT);
  for (int tries = 0; tries < 2500; ++tries) {
    if (waitpid(server, nullptr, WNOHANG) == server) return;
    usleep(2000);
  }
  kill(server, SIGKILL);
  waitpid(server, nullptr, 0);
}

// The keeper: waits until its owner closes the pipe or dies, then stops the server and removes the
// folder. It has a session of its own, so that Ctrl-C in a terminal reaches neither of them first.
[[noreturn]] void keep(const std::vector<std::string>& command, const fs::path& folder,
                       int lifeline) {
  setsid();
  signal(SIGPIPE, SIG_IGN);
  const int log = open((folder / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, 0);
  dup2(log, 1);
  dup2(log, 2);
  const pid_t keeper = getpid();
  const pid_t server = fork();
  if (server == 0) {
    become_server_user();
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != keeper) _exit(1);
    execute(command);
  }
  struct pollfd poll_for {
    lifeline, POLLIN, 0
  };
  char ignored = 0;
  while (waitpid(server, nullptr, WNOHANG) != server) {
    if (poll(&poll_for, 1, 100) > 0 && read(lifeline, &ignored, 1) <= 0) {
      stop(server);
      std::error_code error;
      fs::remove_all(folder, error);
      _exit(0);
    }
  }
  _exit(1);  // the server ended by itself; the owner reads its log and removes the folder
}

std::vector<fs::path> folders_in(const char* variable) {
  const char* given = std::getenv(variable);
  std::istringstream text(given == nullptr ? "" : given);
  std::vector<fs::path> folders;
  for (std::string folder; std::getline(text, folder, ':');)
    if (!folder.empty()) folders.emplace_back(folder);
  return folders;
}

// Folders of programs by major version, those that will do: as Debian lays them out, `17/bin`. Of
// two of one version, that of the folder named first.
template <class WillDo>
std::map<int, fs::path> installed(const WillDo& will_do) {
  std::vector<fs::path> roots = folders_in("SCHEMAC_SERVERS");
  roots.emplace_back("/usr/lib/postgresql");
  std::map<int, fs::path> found;
  std::error_code error;
  for (const fs::path& root : roots)
    for (const auto& entry : fs::directory_iterator(root, error)) {
      const fs::path programs = entry.path() / "bin";
      if (will_do(programs)) found.emplace(std::atoi(entry.path().filename().c_str()), programs);
    }
  return found;
}

// The folder of that version, else of the next newer one, else the newest; 0 asks for the newest.
fs::path of_version(const std::map<int, fs::path>& folders, int version) {
  if (folders.empty()) return {};
  const auto found = version > 0 ? folders.lower_bound(version) : folders.end();
  return found != folders.end() ? found->second : folders.rbegin()->second;
}

}  // namespace

fs::path find_server_programs(int version) {
  if (const fs::path found = of_version(installed(has_programs), version); !found.empty())
    return found;
  for (const fs::path& folder : folders_in("PATH"))
    if (has_programs(folder)) return folder;
  const fs::path configured = output_of("pg_config --bindir 2>/dev/null");
  return !configured.empty() && has_programs(configured) ? configured : fs::path();
}

fs::path find_client_program(const std::string& name, int version) {
  const auto clients = installed([&](const fs::path& folder) { return is_program(folder / name); });
  if (const fs::path folder = of_version(clients, version); !folder.empty()) return folder / name;
  for (const fs::path& folder : folders_in("PATH"))
    if (is_program(folder / name)) return folder / name;
  return {};
}

LocalServer::LocalServer(const fs::path& programs) {
  const fs::path base = base_folder();
  sweep(base);
  folder_ = make_locked_folder(base, lock_);
  try {
    make_data_folder(folder_ / "data", programs);
    start(programs);
    wait_until_ready();
  } catch (...) {
    shut_down();
    throw;
  }
}

LocalServer::~LocalServer() {
  shut_down();
}

void LocalServer::shut_down() {
  if (lifeline_ >= 0) close(lifeline_);
  if (keeper_ > 0) waitpid(keeper_, nullptr, 0);
  std::error_code error;
  fs::remove_all(folder_, error);
  if (lock_ >= 0) close(lock_);
  lifeline_ = keeper_ = lock_ = -1;
}

void LocalServer::start(const fs::path& programs) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    throw DatabaseError(std::string("cannot start a throwaway server: ") + std::strerror(errno));
  const std::vector<std::string> command = server_command(programs, folder_);
  keeper_ = fork();
  if (keeper_ == 0) {
    // Nothing of the owner may stay open through the keeper: pipes that others wait on, above all.
    close_others({ends[0], lock_});
    keep(command, folder_, ends[0]);
  }
  close(ends[0]);
  lifeline_ = ends[1];
  if (keeper_ < 0)
    throw DatabaseError(std::string("cannot start a throwaway server: ") + std::strerror(errno));
}

void LocalServer::wait_until_ready() {
  const auto deadline = std::chrono::steady_clock::now() + kStartTimeout;
  while (std::chrono::steady_clock::now() < deadline) {
    // The server's last line of this file says whether it takes connections.
    std::ifstream file(folder_ / "data" / "postmaster.pid");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.find("\nready") != std::string::npos) return;
    if (waitpid(keeper_, nullptr, WNOHANG) == keeper_) {
      keeper_ = -1;
      throw DatabaseError("the throwaway server did not start: " + log_tail());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  throw DatabaseError("the throwaway server did not start in time: " + log_tail());
}

std::string LocalServer::log_tail() const {
  std::ifstream file(folder_ / "log");
  std::string last, line;
  while (std::getline(file, line))
    if (line.find("FATAL") != std::string::npos || last.empty()) last = line;
  return last.empty() ? "it said nothing" : last;
}

std::string LocalServer::url(const std::string& database) const {
  std::string host;
  for (char c : folder_.string()) host += c == '/' ? std::string("%2F") : std::string(1, c);
  return "postgresql:///" + database + "?host=" + host + "&port=5432&user=postgres";
}

}  // namespace schemac::postgres
