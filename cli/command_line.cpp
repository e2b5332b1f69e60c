#include "cli/command_line.h"

#include <algorithm>
#include <memory>

#include "cli/command_diags.h"
#include "cli/command_parser.h"

namespace schemac {

// `help`, `help COMMAND`.
void Parser::explain(const std::vector<std::string>& arguments, std::string& text, Sink& sink) {
  const std::string wanted = arguments.size() < 2 ? "" : arguments[1];
  const auto at = std::find_if(runs_.begin(), runs_.end(), [&](const auto& entry) {
    return entry.first->get_name() == wanted;
  });
  if (at != runs_.end())
    text = at->first->help("schemac");
  else if (wanted.empty() || wanted.starts_with("-"))
    text = app_.help();
  else
    report_unknown("command", wanted, "schemac help", sink);
}

// The nearest command or flag to a word that is none.
std::string Parser::suggestion(const std::string& word) {
  std::vector<std::string> names;
  const auto chosen = app_.get_subcommands();
  if (word.starts_with("-")) {
    for (const CLI::App* app : {static_cast<const CLI::App*>(&app_),
                                chosen.empty() ? nullptr : static_cast<const CLI::App*>(chosen[0])})
      if (app != nullptr)
        for (const CLI::Option* option : app->get_options())
          for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  } else if (chosen.empty()) {
    for (const auto& [command, run] : runs_) names.push_back(command->get_name());
  }
  return nearest(word.substr(0, word.find('=')),
                 std::vector<std::string_view>(names.begin(), names.end()));
}

void Parser::report_unknown(const std::string& what, const std::string& word,
                            const std::string& help, Sink& sink) {
  const std::string near = suggestion(word);
  sink.report(diags::usage("unknown " + what + " `" + word + "`"))
      .hint(near.empty() ? "`" + help + "` lists what there is" : "did you mean `" + near + "`?");
}

void Parser::report_usage(const CLI::ParseError& error, Sink& sink) {
  const std::vector<std::string> unknown = app_.remaining(true);
  const auto chosen = app_.get_subcommands();
  const std::string help = "schemac help" + (chosen.empty() ? "" : " " + chosen[0]->get_name());
  if (unknown.empty()) {
    std::string message = error.what();
    if (message.ends_with('.')) message.pop_back();
    if (chosen.empty() && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
      message = "a command is missing";
    sink.report(diags::usage(message)).hint("`" + help + "` explains");
    return;
  }
  const std::string& word = unknown.front();
  const std::string what = word.starts_with("-") ? "flag" : chosen.empty() ? "command" : "argument";
  report_unknown(what, word, help, sink);
}

CommandLine Parser::parse(const std::vector<std::string>& arguments, std::string& text,
                          Sink& sink) {
  CommandLine line;
  if (!arguments.empty() && arguments[0] == "help") {
    explain(arguments, text, sink);
    return line;
  }
  try {
    app_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    text = app_.help();
    return line;
  } catch (const CLI::CallForVersion& version) {
    text = std::string(version.what()) + "\n";
    return line;
  } catch (const CLI::ParseError& error) {
    report_usage(error, sink);
    return line;
  }
  for (const auto& [command, run] : runs_) {
    if (!command->parsed()) continue;
    line.command = command->get_name();
    line.run = run;
  }
  if (line.command.empty()) {
    text = app_.help();
    sink.report(diags::usage("a command is missing"));
  }
  line.makes_page = line.command == "report";
  line.needs_project = line.command != "init" && line.command != "explain";
  // A gate must not depend on a variable that happens to be set.
  line.reads_database_url = line.command != "check";
  if (!config_.empty()) line.config = config_;
  line.flags = flags_;
  line.url = url_;
  return line;
}

CommandLine parse_command_line(const std::vector<std::string>& arguments, std::string& text,
                               Sink& sink) {
  // Its options are what the chosen command runs with.
  const auto parser = std::make_shared<Parser>();
  CommandLine line = parser->parse(arguments, text, sink);
  if (line.run)
    line.run = [parser, run = line.run](const Session& session) { return run(session); };
  return line;
}

Flags output_flags(const std::vector<std::string>& arguments) {
  Flags flags;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    for (const std::string name : {"format", "color"}) {
      const std::string flag = "--" + name;
      if (arguments[i] == flag && i + 1 < arguments.size()) flags[name] = arguments[i + 1];
      if (arguments[i].starts_with(flag + "=")) flags[name] = arguments[i].substr(flag.size() + 1);
    }
  return flags;
}

}  // namespace schemac
