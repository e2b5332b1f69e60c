#pragma once
// Other programs, and our own code in a process of its own.

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace schemac::test {

struct Finished {
  int status = 0;      // exit status, or 128 + the signal
  std::string output;  // standard output and, unless kept apart, standard error
  bool timed_out = false;
};

// Runs a program without a shell and waits for it; one that takes longer is killed.
Finished run_program(const std::vector<std::string>& arguments,
                     std::chrono::seconds limit = std::chrono::seconds(120));

// Runs `work` in a child process, so that a crash or an endless loop of the code under test is a
// result like any other. `output` is what `work` returned, or what the child said on standard error
// before it died.
Finished run_guarded(const std::function<std::string()>& work, std::chrono::seconds limit);

}  // namespace schemac::test
