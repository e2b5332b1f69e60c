#pragma once
// Other programs, started without a shell.

#include <string>
#include <string_view>
#include <vector>

namespace schemac {

struct ProcessResult {
  int exit_code = 0;
  std::string output, errors;
};

// Runs `arguments[0]` from PATH with `input` on its stdin and `variables` (`NAME=value`) beside our
// own environment. A signal that stops us stops it too. Throws std::runtime_error where it cannot
// be started.
ProcessResult run_process(const std::vector<std::string>& arguments, std::string_view input = {},
                          const std::vector<std::string>& variables = {});

}  // namespace schemac
