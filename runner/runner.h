#pragma once
// Applying revisions to PostgreSQL: the ledger, and running the files.

#include <functional>
#include <string>
#include <vector>

#include "introspect/database.h"

namespace schemac {

// The schema that the ledger lives in; never part of the model.
inline constexpr std::string_view kLedgerSchema = "schemac";

// A revision as the runner needs it.
struct RevisionFiles {
  std::string id;
  std::string up_path, up_sql;
  std::string down_path, down_sql;
  std::string checksum;  // of the tokens of the up file
};

enum class Direction : std::uint8_t { up, down };

struct AppliedRevision {
  std::string id;
  std::string checksum;
  std::string applied_at;  // ISO 8601, UTC
  // Of a revision that stopped between two transactions: where, and on which way.
  Direction direction = Direction::up;
  int segments_done = 0;
  int segments_total = 0;

  bool complete() const { return direction == Direction::up && segments_done == segments_total; }
};

// A statement of a file failed, or the file cannot be run.
struct StatementError : DatabaseError {
  using DatabaseError::DatabaseError;
  std::string path;
  std::size_t offset = 0;  // of the statement in the file
  std::string detail;      // what else the server says, and what stands applied now
  std::string advice;
};

// What is applied, in the order in which it was. Empty where there is no ledger yet; creates
// nothing.
std::vector<AppliedRevision> applied_revisions(const std::string& url);

struct RunOptions {
  std::string lock_timeout = "10s";  // what a statement in a transaction waits for a lock
  std::function<void(const std::string& line)> progress;
};

// Runs the revisions' up (down) files and records them: each transaction of a file and its ledger
// row commit together, and what stopped between two transactions goes on behind the last one that
// is recorded. Revisions that are in the wanted state already are passed over. Takes the runner's
// lock for the whole call. Throws StatementError, DatabaseError, Interrupted.
void apply_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                     const RunOptions& options);
void rollback_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                        const RunOptions& options);

// Records revisions as applied without running anything.
void record_revisions(const std::string& url, const std::vector<RevisionFiles>& revisions,
                      const RunOptions& options);

}  // namespace schemac
