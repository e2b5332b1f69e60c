#pragma once
// What a statement that takes long is at, and for whom it waits.

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "runner/runner.h"
#include "runner/session.h"

namespace schemac {

// Asks the server, from a thread and in a session of its own, what another session's statement is
// at, as soon as that takes over a second, and then ever more rarely.
class Monitor {
 public:
  // Statements of `worker` are watched from `control`, which nobody else may use between watch()
  // and rest().
  Monitor(RunnerSession& control, const RunnerSession& worker, const RunOptions& options);
  ~Monitor();
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;

  void watch(const RunEvent& step);
  void rest();

  // Watches as long as it lives.
  class Watch {
   public:
    Watch(Monitor& monitor, const RunEvent& step) : monitor_(monitor) { monitor_.watch(step); }
    ~Watch() { monitor_.rest(); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Monitor& monitor_;
  };

 private:
  void look_on();
  void look(const RunEvent& step, long seconds);
  std::string progress();
  std::string blockers();

  RunnerSession& control_;
  const int worker_;
  const RunOptions& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool watching_ = false, ended_ = false;
  RunEvent step_;
  std::string said_;  // of the statement that is watched, last
  std::thread thread_;
};

}  // namespace schemac
