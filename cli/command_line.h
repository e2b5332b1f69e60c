#pragma once
// The command line: what may be written there, its help, and what was written.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"

namespace schemac {

struct CommandLine {
  std::string command;  // "" where there is nothing to run: help or version was asked for
  std::optional<std::string> config;
  Flags flags;
  std::string url;
  bool reads_database_url = true;  // whether $DATABASE_URL stands in for --url
  bool makes_page = false;         // whether a page can be its format
  bool needs_project = true;       // whether schemac.toml counts
  std::function<Outcome(const Session&)> run;
};

// Reads the arguments behind the program's name. Help and version go into `text`; what cannot be
// understood is reported, with the nearest thing that can.
CommandLine parse_command_line(const std::vector<std::string>& arguments, std::string& text,
                               Sink& sink);

// Flags that count even where the rest of the command line does not parse: how to report that.
Flags output_flags(const std::vector<std::string>& arguments);

}  // namespace schemac
