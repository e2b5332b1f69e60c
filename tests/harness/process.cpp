#include "tests/harness/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace schemac::test {

namespace {

using Clock = std::chrono::steady_clock;

// Reads until the other end closes; false where the time is up first.
bool read_all(int fd, Clock::time_point end, std::string& text) {
  char buffer[1 << 16];
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    pollfd waited{fd, POLLIN, 0};
    const int ready = left.count() <= 0 ? 0 : poll(&waited, 1, static_cast<int>(left.count()));
    if (ready == 0) return false;
    if (ready < 0 && errno != EINTR) return false;
    const ssize_t count = ready < 0 ? 0 : read(fd, buffer, sizeof buffer);
    if (ready > 0 && count <= 0) return true;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

// Forks; the child calls `body` with the writing end of the pipe and never returns.
Finished run_child(const std::function<void(int)>& body, std::chrono::seconds limit) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error(std::string("pipe: ") + strerror(errno));
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error(std::string("fork: ") + strerror(errno));
  if (child == 0) {
    close(ends[0]);
    setpgid(0, 0);
    body(ends[1]);
    _exit(127);
  }
  close(ends[1]);
  Finished result;
  result.timed_out = !read_all(ends[0], Clock::now() + limit, result.output);
  close(ends[0]);
  if (result.timed_out) kill(-child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace

Finished run_program(const std::vector<std::string>& arguments, std::chrono::seconds limit) {
  return run_child(
      [&](int out) {
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        close(out);
        const int nothing = open("/dev/null", O_RDONLY);
        if (nothing >= 0) dup2(nothing, STDIN_FILENO);
        std::vector<char*> argv;
        for (const std::string& argument : arguments)
          argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        execvp(argv[0], argv.data());
        std::perror(argv[0]);
      },
      limit);
}

Finished run_guarded(const std::function<std::string()>& work, std::chrono::seconds limit) {
  // Notices of libraries on standard error count only where the child dies.
  const int said = memfd_create("said", 0);
  Finished result = run_child(
      [&](int out) {
        dup2(said, STDERR_FILENO);
        // A crash is told by how the process ended, not by a test framework's handler.
        for (const int crash : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) signal(crash, SIG_DFL);
        int status = 0;
        std::string text;
        try {
          text = work();
        } catch (const std::exception& error) {
          text = std::string("exception: ") + error.what() + "\n";
          status = 1;
        }
        for (std::size_t done = 0; done < text.size();) {
          const ssize_t count = write(out, text.data() + done, text.size() - done);
          if (count <= 0) _exit(126);
          done += static_cast<std::size_t>(count);
        }
        // Objects of the parent are not this process's to destroy.
        _exit(status);
      },
      limit);
  if (result.status >= 126) {
    char buffer[4096];
    lseek(said, 0, SEEK_SET);
    for (ssize_t count; (count = read(said, buffer, sizeof buffer)) > 0;)
      result.output.append(buffer, static_cast<std::size_t>(count));
  }
  close(said);
  return result;
}

}  // namespace schemac::test
