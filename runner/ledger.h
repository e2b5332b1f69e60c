#pragma once
// The ledger: tables in the database itself that say which revisions it has, and what was ever run.
//
//   meta      the format of these tables
//   revision  the revisions that are applied
//   run       every attempt to run a file, and what people decided; rows stay
//   step      what became of each step of a run; rows stay

#include <optional>
#include <string>
#include <vector>

#include "compiler/ir/catalog_sum.h"
#include "runner/runner.h"
#include "runner/session.h"

namespace schemac {

// A step of a file, and what it brings the whole file to.
struct StepRecord {
  int ordinal = 0;          // from 1
  std::string digest;       // "": there is no step, but the file ends here
  std::string done_digest;  // of all steps up to this one
  bool last = false;
};

// A run on its way. `number` is set once a row of it is there for good.
struct LedgerRun {
  const RevisionFiles& revision;
  std::string operation;     // as in RunRecord
  std::string reason;        // of a person who decides; "" where a file runs
  CatalogSum before, after;  // of the database, by what the ledger says of it
  int steps_total = 0;
  std::optional<long> number;
  std::optional<long> continues;  // the run that this one takes up
  int steps_done = 0;
  std::string done_digest;
};

// Knows the SQL of the tables; what changes them runs in `session`, or as text that others run in
// their transactions. Nobody else may write to them meanwhile, so that it can number rows itself.
class Ledger {
 public:
  Ledger(RunnerSession& session, const RunOptions& options);

  bool exists();
  // Makes the tables where they are missing. Throws where those of another format are there.
  void create();
  std::vector<AppliedRevision> revisions();
  std::vector<RunRecord> runs();

  // What records that a step is done, and with the last one the revision; noted() once that is
  // committed.
  std::string step_done(const LedgerRun& run, const StepRecord& step) const;
  void noted(LedgerRun& run, const StepRecord& step);
  // Records, at once, that a step begins whose end cannot be recorded with it.
  void begin_step(LedgerRun& run, const StepRecord& step, std::string_view state_before);
  void end_step(LedgerRun& run, const StepRecord& step);
  // Records, at once, why a run ended. `nothing_left`: the database is as before its first step.
  void fail(LedgerRun& run, const std::string& sqlstate, const std::string& message,
            bool nothing_left);
  // What records a revision as applied, or not, without a file that runs.
  std::string decided(const LedgerRun& run, bool applied);

 private:
  std::string table(const char* name) const;
  std::string quote(const std::string& text) const;
  std::string or_null(const std::string& text) const { return text.empty() ? "NULL" : quote(text); }
  // The number of a run, which it keeps once a row of it is there.
  long number_of(const LedgerRun& run) const { return run.number.value_or(runs_ + 1); }
  void keep_number(LedgerRun& run);
  std::string run_row(const LedgerRun& run, const std::string& state, int steps_done,
                      const std::string& done_digest, const std::string& sqlstate = {},
                      const std::string& message = {}) const;
  std::string revision_row(const LedgerRun& run) const;
  std::string no_revision_row(const LedgerRun& run) const;

  RunnerSession& session_;
  const RunOptions& options_;
  long runs_ = 0, revisions_ = 0;  // the highest numbers that are taken
};

}  // namespace schemac
