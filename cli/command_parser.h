#pragma once
// What the command line may hold: commands, their options, and what they run.

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_line.h"
#include "cli/commands.h"

namespace schemac {

// Options of all commands, kept until one of them is run.
struct Options {
  InitOptions init;
  GenerateOptions generate;
  MergeOptions merge;
  SquashOptions squash;
  DiffOptions diff;
  PullOptions pull;
  FmtOptions fmt;
  ApplyOptions apply;
  RollbackOptions rollback;
  VerifyOptions verify;
  BaselineOptions baseline;
  HistoryOptions history;
  ResolveOptions resolve;
  BackupOptions backup;
  RestoreOptions restore;
  LintOptions lint;
  ReportOptions report;
  ExplainOptions explain;
};

class Parser {
 public:
  Parser();

  CommandLine parse(const std::vector<std::string>& arguments, std::string& text, Sink& sink);

 private:
  using Run = std::function<Outcome(const Session&)>;

  CLI::App* add(const std::string& name, const std::string& doc, const std::string& footer,
                Run run) {
    CLI::App* command = app_.add_subcommand(name, doc);
    command->fallthrough();
    command->footer(footer);
    runs_.emplace_back(command, std::move(run));
    return command;
  }
  void add_url(CLI::App* command) {
    command->add_option("--url", url_, "The database; $DATABASE_URL where it is not given")
        ->type_name("URL");
  }
  void add_flag_setting(const std::string& flag, const std::string& name, const std::string& doc,
                        const std::string& type) {
    app_.add_option_function<std::string>(
            flag, [this, name](const std::string& value) { flags_[name] = value; }, doc)
        ->type_name(type);
  }

  void add_settings();
  void add_project_commands();
  void add_generate();
  void add_merge();
  void add_squash();
  void add_source_commands();
  void add_report();
  void add_database_commands();
  void add_run(CLI::App* command, std::string& events, bool& dry_run);
  void add_ledger_commands();
  void add_production_commands();
  void add_help();
  void report_usage(const CLI::ParseError& error, Sink& sink);
  void report_unknown(const std::string& what, const std::string& word, const std::string& help,
                      Sink& sink);
  void explain(const std::vector<std::string>& arguments, std::string& text, Sink& sink);
  std::string suggestion(const std::string& word);

  CLI::App app_;
  std::vector<std::pair<CLI::App*, Run>> runs_;
  Options options_;
  Flags flags_;
  std::string config_, url_;
};

}  // namespace schemac
