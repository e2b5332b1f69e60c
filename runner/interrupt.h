#pragma once
// Ctrl-C. Nothing is torn down inside a signal handler: the handler only notes the signal, a
// watcher thread cancels what is under way, and the main thread unwinds.

#include <cstddef>
#include <functional>

namespace schemac {

// Thrown where work stops because of SIGINT or SIGTERM.
struct Interrupted {};

// Starts to watch for SIGINT and SIGTERM. Call it once, before any other thread exists. A second
// signal, or a first one that nothing answers for some seconds, ends the process at once: files are
// written so that this loses nothing.
void watch_interrupts();

bool interrupted();
// Throws Interrupted where a signal has come.
void throw_if_interrupted();

// Calls `action` from the watcher thread when a signal comes while this object lives.
class OnInterrupt {
 public:
  explicit OnInterrupt(std::function<void()> action);
  ~OnInterrupt();
  OnInterrupt(const OnInterrupt&) = delete;
  OnInterrupt& operator=(const OnInterrupt&) = delete;

 private:
  std::size_t number_;
};

}  // namespace schemac
