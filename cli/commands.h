#pragma once
// The commands. Each takes its options and the session, reports findings into the session's sink,
// and returns its result; none prints or exits.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/output.h"
#include "cli/settings.h"

namespace schemac {

// What every command works with.
struct Session {
  const Settings& settings;
  const Output& output;
  Sink& sink;
  std::string url;  // the database that the command works on; "" where none is given
};

struct InitOptions {
  std::string from;  // a database's URL, or ""
  bool mark_applied = false;
};
Outcome run_init(const Session& session, const InitOptions& options);

// Where a new revision stands.
struct BranchOptions {
  std::vector<std::string> heads;       // revisions to continue; the head where there are none
  std::vector<std::string> labels;      // of the line that it begins
  std::vector<std::string> depends_on;  // revisions of other lines
};

struct GenerateOptions {
  std::string name;
  bool dry_run = false;
  bool no_prove = false;
  std::optional<std::string> purge;      // the age from which on what is kept aside goes
  std::vector<std::string> not_renamed;  // `OLD:NEW`: a drop and an add that are just that
  BranchOptions branch;
};
Outcome run_generate(const Session& session, const GenerateOptions& options);

struct MergeOptions {
  std::vector<std::string> heads;  // all of them where none is named
  std::string name;                // "": made of theirs
  bool dry_run = false;
  bool no_prove = false;
};
Outcome run_merge(const Session& session, const MergeOptions& options);

struct SquashOptions {
  std::string from, to;  // the first and the last revision; none to finish what was cut short
  std::string name;      // "": made of theirs
  bool dry_run = false;
  bool no_prove = false;
};
Outcome run_squash(const Session& session, const SquashOptions& options);

struct DiffOptions {
  std::string from, to;
  bool down = false;
  bool exit_code = false;
};
Outcome run_diff(const Session& session, const DiffOptions& options);

struct PullOptions {
  std::string from;    // a database's URL
  std::string output;  // a folder, a file that ends in .json, `-` for stdout; "": the schema folder
  bool force = false;
};
Outcome run_pull(const Session& session, const PullOptions& options);

struct FmtOptions {
  std::vector<std::string> paths;
  bool check = false;
  bool prune = false;  // take out what has nothing left to do, and leave the layout alone
};
Outcome run_fmt(const Session& session, const FmtOptions& options);

Outcome run_check(const Session& session);

struct ApplyOptions {
  std::string to;
  std::string events;            // a file that gets what happens, as JSON lines
  std::chrono::seconds wait{0};  // until the database answers
  bool dry_run = false;          // say what would run, and run nothing
};
Outcome run_apply(const Session& session, const ApplyOptions& options);

struct RollbackOptions {
  std::optional<int> steps;
  std::string to;
  std::string events;    // as in ApplyOptions
  bool dry_run = false;  // as there
};
Outcome run_rollback(const Session& session, const RollbackOptions& options);

Outcome run_status(const Session& session);

struct HistoryOptions {
  std::optional<int> last;  // how many; all where it is not given
};
Outcome run_history(const Session& session, const HistoryOptions& options);

struct ResolveOptions {
  std::string revision;
  bool applied = false;  // or not: it is rolled back
  std::string reason;
};
Outcome run_resolve(const Session& session, const ResolveOptions& options);

struct BaselineOptions {
  std::string to;
};
Outcome run_baseline(const Session& session, const BaselineOptions& options);

// How many sessions pg_dump and pg_restore work over where nobody says.
int default_jobs();

struct BackupOptions {
  std::string output;  // a new folder; "": one in that of the setting `backups`
  int jobs = default_jobs();
  bool sample = false;  // bring it back in a throwaway database
};
Outcome run_backup(const Session& session, const BackupOptions& options);

struct RestoreOptions {
  std::string folder;
  std::string over;  // the name of a database that may be replaced though it holds data
  int jobs = default_jobs();
};
Outcome run_restore(const Session& session, const RestoreOptions& options);

struct VerifyOptions {
  std::vector<std::string> revisions;  // all from the first one where there are none
  bool record = false;
};
Outcome run_verify(const Session& session, const VerifyOptions& options);

Outcome run_rehash(const Session& session);

struct LintOptions {
  std::vector<std::string>
      paths;             // files and folders; the project's migrations where there are none
  bool notes = false;    // show what is only worth knowing, too
  bool wrapped = false;  // a runner puts each file into a transaction
};
Outcome run_lint(const Session& session, const LintOptions& options);

struct ReportOptions {
  std::vector<std::string> names;  // a revision, or the one before the first and the last
  std::string output;              // a file; "" and `-` for stdout
};
Outcome run_report(const Session& session, const ReportOptions& options);

struct ExplainOptions {
  std::string code;  // "": all of them
};
Outcome run_explain(const Session& session, const ExplainOptions& options);

}  // namespace schemac
