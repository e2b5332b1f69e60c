#include "proof/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "runner/interrupt.h"

extern char** environ;

namespace schemac {
namespace {

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() {
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  }
  ~Pipe() {
    shut(0);
    shut(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void shut(int end) {
    if (ends[end] >= 0) close(ends[end]);
    ends[end] = -1;
  }
};

// Takes what has come; closes the pipe at its end.
void drain(Pipe& pipe, std::string& into) {
  char buffer[65536];
  const ssize_t got = read(pipe.ends[0], buffer, sizeof buffer);
  if (got > 0)
    into.append(buffer, static_cast<std::size_t>(got));
  else if (got == 0 || errno != EINTR)
    pipe.shut(0);
}

void feed(Pipe& pipe, std::string_view& input) {
  const ssize_t written = write(pipe.ends[1], input.data(), input.size());
  if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
  // A child that closed its stdin wants no more.
  if (input.empty() || (written < 0 && errno != EINTR && errno != EAGAIN)) pipe.shut(1);
}

void exchange(Pipe& in, Pipe& out, Pipe& err, std::string_view input, ProcessResult& result) {
  fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
  if (input.empty()) in.shut(1);
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    pollfd waits[] = {{in.ends[1], POLLOUT, 0}, {out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}};
    if (poll(waits, 3, -1) < 0 && errno != EINTR)
      throw std::runtime_error("cannot wait for a child");
    if (waits[0].revents != 0 && in.ends[1] >= 0) feed(in, input);
    if (waits[1].revents != 0) drain(out, result.output);
    if (waits[2].revents != 0) drain(err, result.errors);
  }
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& arguments, std::string_view input,
                          const std::vector<std::string>& variables) {
  Pipe in, out, err;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.ends[0], 0);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, err.ends[1], 2);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  // The first of several variables with one name counts.
  std::vector<char*> environment;
  for (const std::string& variable : variables)
    environment.push_back(const_cast<char*>(variable.c_str()));
  for (char** variable = environ; *variable != nullptr; ++variable)
    environment.push_back(*variable);
  environment.push_back(nullptr);
  pid_t child = -1;
  const int error =
      posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    throw std::runtime_error("cannot run `" + arguments[0] + "`: " + std::strerror(error));
  in.shut(0);
  out.shut(1);
  err.shut(1);
  ProcessResult result;
  {
    // Ctrl-C reaches it by itself, a signal to us alone does not.
    const OnInterrupt stop([child] { kill(child, SIGTERM); });
    exchange(in, out, err, input, result);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace schemac
