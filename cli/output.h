#pragma once
// What the user sees: results on stdout, findings and progress on stderr; with `--format json` one
// document on stdout.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "cli/settings.h"

namespace schemac {

// What a command has to say when it is done.
struct Outcome {
  int exit_code = 0;
  std::string text;  // its result for people
  nlohmann::ordered_json result = nlohmann::ordered_json::object();
  // Whether findings are what the command was asked for, and so belong on stdout.
  bool findings_are_result = false;
};

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;    // bad input, no connection, a statement failed
inline constexpr int kExitFindings = 2;  // worked, and found something a person must look at
inline constexpr int kExitInterrupted = 130;

class Output {
 public:
  Output(Format format, Color color);

  // A line on what goes on, for people only.
  void progress(std::string_view line) const;
  // Writes findings and the result, and answers the exit code. Throws where stdout cannot be
  // written.
  int finish(std::string_view command, const Outcome& outcome, Sink& sink) const;

 private:
  Format format_;
  bool color_out_, color_err_;
};

// A finding as the JSON document shows it.
nlohmann::ordered_json finding_to_json(const Diagnostic& diagnostic);

}  // namespace schemac
