#include "runner/interrupt.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace schemac {
namespace {

constexpr int kExitInterrupted = 130;
constexpr std::chrono::seconds kGrace{2};

std::atomic<bool> g_interrupted{false};
int g_pipe[2] = {-1, -1};

std::mutex g_mutex;
std::map<std::size_t, std::function<void()>> g_actions;
std::size_t g_last_number = 0;

extern "C" void note_signal(int) {
  const int saved = errno;
  if (g_interrupted.exchange(true)) _exit(kExitInterrupted);
  const char byte = 0;
  // The pipe is empty, so one byte always fits.
  if (write(g_pipe[1], &byte, 1) != 1) _exit(kExitInterrupted);
  errno = saved;
}

void watch() {
  char byte = 0;
  while (read(g_pipe[0], &byte, 1) != 1) {
  }
  {
    const std::lock_guard lock(g_mutex);
    for (const auto& [number, action] : g_actions) action();
  }
  std::this_thread::sleep_for(kGrace);
  _exit(kExitInterrupted);
}

}  // namespace

void watch_interrupts() {
  if (pipe2(g_pipe, O_CLOEXEC) != 0)
    throw std::runtime_error("cannot make a pipe to watch for signals");
  std::thread(watch).detach();
  struct sigaction action = {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() {
  return g_interrupted;
}

void throw_if_interrupted() {
  if (interrupted()) throw Interrupted{};
}

OnInterrupt::OnInterrupt(std::function<void()> action) {
  const std::lock_guard lock(g_mutex);
  number_ = ++g_last_number;
  g_actions.emplace(number_, std::move(action));
}

OnInterrupt::~OnInterrupt() {
  const std::lock_guard lock(g_mutex);
  g_actions.erase(number_);
}

}  // namespace schemac
