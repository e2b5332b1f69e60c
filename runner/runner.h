#pragma once
// Applying revisions to PostgreSQL: the ledger, and running the files.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/catalog_sum.h"
#include "introspect/database.h"

namespace schemac {

// The schema that the ledger lives in where nobody says otherwise; never part of the model.
inline constexpr std::string_view kLedgerSchema = "schemac";

// A revision as the runner needs it.
struct RevisionFiles {
  std::string id;
  std::string up_path, up_sql;
  std::string down_path, down_sql;
  std::string checksum;                   // of the tokens of the up file
  std::vector<std::string> parents = {};  // recorded beside it, as is
  CatalogSum change = {};                 // what it does to the catalog
};

enum class Direction : std::uint8_t { up, down };

// A run that stopped between two steps of a file, or within one that runs outside of transactions.
struct OpenRun {
  long number = 0;
  Direction direction = Direction::up;
  int steps_done = 0;
  int steps_total = 0;
  std::string done_digest;  // of the statements of the steps that are done
  // Of the step behind these: whether it was begun, and what the catalogs said before.
  bool begun = false;
  std::string state_before;
};

struct AppliedRevision {
  std::string id;
  std::string checksum;
  CatalogSum change;
  bool applied = false;    // also while its way back stands half-way
  std::string applied_at;  // ISO 8601, UTC; "" where it is not
  std::optional<OpenRun> open;

  bool complete() const { return applied && !open; }
};

// One attempt, as the ledger keeps it for good.
struct RunRecord {
  long number = 0;
  std::string revision;
  std::string operation;  // `up`, `down`, `baseline`, `resolve`, `squash`
  std::string state;      // `running`, `done`, `failed`, `stopped` half-way, `continued` by another
  int steps_done = 0;
  int steps_total = 0;
  std::string started_at;         // ISO 8601, UTC
  std::optional<double> seconds;  // of what has ended
  std::string user, role;         // who connected; as whom the statements ran, "" for the same
  std::string client, tool;       // the machine, and the version of schemac
  std::string catalog_before, catalog_after;  // fingerprints; "" of what is not done
  std::string sqlstate, message;              // why it stopped
  std::string reason;                         // what a person said
};

// A statement of a file failed, or the file cannot be run.
struct StatementError : DatabaseError {
  using DatabaseError::DatabaseError;
  std::string path;
  std::size_t offset = 0;  // of the statement in the file
  std::string detail;      // what else the server says, and what stands applied now
  std::string advice;
};

// What happens in a run, as it happens; may come from another thread, one at a time.
struct RunEvent {
  // `waiting` for another run; `revision-started`, `-done`, `-failed`; `step-started`, `-done`;
  // `progress` of a long step; `retry` of a transaction; `cleanup` of what a run before left.
  std::string kind;
  std::string revision;
  int step = 0, steps = 0;  // from 1, of how many; 0 where it is of none
  std::string text;         // what there is to say, for programs
  std::string line;         // the same for people; "" where it would bore them
  std::string sqlstate;
  double seconds = 0;  // since the revision, or the step, began
};

struct RunOptions {
  std::string ledger{kLedgerSchema};   // the schema of the ledger
  std::string lock_timeout = "10s";    // what a statement in a transaction waits for a lock
  int lock_retries = 5;                // how often such a transaction is tried again
  std::chrono::seconds lock_wait{60};  // how long another run of schemac is waited for
  std::string role;                    // that statements of revisions run as; "": who connects
  std::string tool;                    // the version that the ledger shall name
  std::function<void(const RunEvent&)> on_event;

  void report(const RunEvent& event) const {
    if (on_event) on_event(event);
  }
};

// What is applied, in the order in which it was, and then what stands half-way for the first time.
// Empty where there is no ledger yet; creates nothing.
std::vector<AppliedRevision> applied_revisions(
    const std::string& url, const std::string& ledger = std::string(kLedgerSchema));

// All runs, the first one first.
std::vector<RunRecord> recorded_runs(const std::string& url, const std::string& ledger);

// Runs the revisions' up (down) files and records them. Statements between BEGIN and COMMIT, and
// such as can share a transaction with their row of the ledger, commit together with it; of others
// the ledger says that they are begun before they are, and the catalogs say afterwards what became
// of them. What stopped goes on behind what is done. Revisions that are in the wanted state already
// are passed over. Keeps other runs out for the whole call. Returns the ids of those that it ran.
// Throws StatementError, DatabaseError, Interrupted.
std::vector<std::string> apply_revisions(const std::string& url,
                                         const std::vector<RevisionFiles>& revisions,
                                         const RunOptions& options);
std::vector<std::string> rollback_revisions(const std::string& url,
                                            const std::vector<RevisionFiles>& revisions,
                                            const RunOptions& options);

// Records revisions as applied without running anything.
void record_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                      const RunOptions& options);

// Records a revision as applied in place of those that it stands in for, all at once.
void replace_revisions(const std::string& url, const RevisionFiles& revision,
                       const std::vector<std::string>& replaced, const RunOptions& options);

// Records by a person's word that a revision is applied, or is not, whatever the ledger says of it:
// a run of it that stands half-way counts as ended.
void decide_revision(const std::string& url, const RevisionFiles& revision, bool applied,
                     const std::string& reason, const RunOptions& options);

}  // namespace schemac
