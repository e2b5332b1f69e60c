#pragma once
// What happens in a run, as lines of JSON for programs that collect logs.

#include <string>

#include "runner/runner.h"

namespace schemac {

class EventLog {
 public:
  // Opens the file at `path`, or makes it, and writes behind what it holds. Throws FileError.
  explicit EventLog(const std::string& path);
  ~EventLog();
  EventLog(const EventLog&) = delete;
  EventLog& operator=(const EventLog&) = delete;

  // One line, whole. A full disk does not stop the run: what is lost is a line of a log.
  void write(const RunEvent& event);

 private:
  int descriptor_;
};

}  // namespace schemac
