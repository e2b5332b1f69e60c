#pragma once
// The proof of a revision: its files run, up and down and up again, on a throwaway database that
// holds the former schema and rows. Up must reach exactly the declared schema, down exactly the
// former one, and rows must survive wherever no loss was declared.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "introspect/postgres/throwaway.h"
#include "proof/evidence.h"
#include "proof/intents.h"
#include "proof/throwaway_database.h"
#include "runner/runner.h"

namespace schemac {

// What the files of a revision promise.
struct Claim {
  const Catalog& from;
  const Catalog& to;
  const Intents& intents;
  const std::vector<ObjectId>& lost_up;
  const std::vector<ObjectId>& lost_down;
  // What the statements act on: rows are made for these tables, and only what they reach is built.
  // All tables, and everything, where it is not given.
  std::optional<std::vector<ObjectId>> touched;
  RevisionFiles files;
};

// A promise that is not kept.
struct ProofFailure {
  std::string promise;  // `build`, `apply`, `catalog`, `dump`, `rows`; for the way down `down`,
                        // `down-catalog`, `down-dump`, `down-rows`; for the second way up `again`,
                        // `again-catalog`, `again-rows`
  std::string object;   // `column public.t.a`, or ""
  std::string text;     // the difference
  std::string hint = {};
  std::string sqlstate = {};               // of a statement that failed
  std::optional<std::size_t> offset = {};  // of that statement in its file
  Direction direction = Direction::up;     // which file
};

struct Proof {
  Evidence evidence;
  std::vector<ProofFailure> failures;
  int filled = 0, unfilled = 0;  // tables that got rows, and that refused all
};

struct ProofOptions {
  bool rows = true;       // fill the tables before
  bool rows_down = true;  // and keep the rows on the way back
  bool nulls = true;      // some of their values are NULL where they may be
  // Rows that a statement rightly refuses (SQLSTATE 22 and 23) are taken out and it runs again,
  // which the evidence then says; without, that is a failure.
  bool yield = true;
  bool dumps = true;       // ask pg_dump too, where there is one
  std::uint64_t seed = 0;  // of the rows
  // Runs a file in place of the runner. Throws StatementError.
  std::function<void(const RevisionFiles&, Direction, const std::string& url)> run;
};

// Proves revisions one behind the other on one database, each from where the one before has led.
class Prover {
 public:
  Prover(postgres::Throwaway& throwaway, ProofOptions options);
  ~Prover();
  Prover(const Prover&) = delete;
  Prover& operator=(const Prover&) = delete;

  // On this throwaway database, which holds the former schema of the first revision and goes with
  // the object. Without, one is made.
  void start_on(const std::string& url);

  // From the schema that the last revision led to; the first one from `claim.from`, which is built.
  // Leaves the database as after the revision, if the proof holds.
  Proof prove(const Claim& claim);

 private:
  class FreshBuild;
  std::unique_ptr<ThrowawayDatabase> database_;
  postgres::Throwaway& throwaway_;
  ProofOptions options_;
};

// Whether it was the server that failed: no room on the disk, no memory, a lost connection.
bool is_environment(const std::string& sqlstate);

// What the database at `url` lacks of `goal`, each as a broken `promise`; `after` says of what.
std::vector<ProofFailure> catalog_failures(const std::string& promise, const Catalog& goal,
                                           const std::string& after, const std::string& url,
                                           int server_version);

// Whether rows made a statement fail that is right in itself: data exceptions, broken constraints.
bool is_refusal(const std::string& sqlstate, std::string_view message);

// One revision by itself, on the part of its schema that it reaches, where that is known to be
// enough; on the whole where it is not. Throws DatabaseError where
// the former schema cannot be built here, or the server fails.
Proof prove(const Claim& claim, postgres::Throwaway& throwaway, const ProofOptions& options = {});

}  // namespace schemac
