#include "introspect/postgres/run_as.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace schemac::postgres {
namespace {

namespace fs = std::filesystem;

// nullptr where we are no root and stay who we are.
const passwd* server_user() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  return user != nullptr ? user : getpwnam("nobody");
}

}  // namespace

void give_to_server_user(const fs::path& path) {
  const passwd* user = server_user();
  if (user == nullptr) return;
  const uid_t uid = user->pw_uid;
  const gid_t gid = user->pw_gid;
  [[maybe_unused]] int ignored = lchown(path.c_str(), uid, gid);
  if (!fs::is_directory(fs::symlink_status(path))) return;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    ignored = lchown(entry.path().c_str(), uid, gid);
}

void become_server_user() {
  const passwd* user = server_user();
  if (user == nullptr) return;
  if (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)
    _exit(126);
}

void close_others(std::initializer_list<int> kept) {
  std::vector<int> sorted(kept);
  std::sort(sorted.begin(), sorted.end());
  unsigned from = 3;
  for (int file : sorted) {
    if (static_cast<unsigned>(file) > from) close_range(from, static_cast<unsigned>(file) - 1, 0);
    from = static_cast<unsigned>(file) + 1;
  }
  close_range(from, ~0U, 0);
}

void execute(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

bool run_program(const std::vector<std::string>& command, const fs::path& log) {
  const pid_t child = fork();
  if (child == 0) {
    const int out = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, 0);
    dup2(out, 1);
    dup2(out, 2);
    close_others({});
    become_server_user();
    // The programs look at their working folder, which may be out of the new user's reach.
    if (chdir("/") != 0) _exit(126);
    execute(command);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
         WEXITSTATUS(status) == 0;
}

}  // namespace schemac::postgres
