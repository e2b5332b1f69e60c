#pragma once
// What must hold for every pair of schemas. Each oracle is a question with a name; a failure says
// which one was answered wrongly and shows how.

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "compiler/diff/diff.h"
#include "compiler/plan/plan.h"
#include "introspect/postgres/throwaway.h"

namespace schemac::test {

struct Failure {
  std::string oracle;  // `print`, `replan`: what known gaps are pinned by
  std::string text;
  std::string sqlstate = {};  // of the statement that the server refused, or ""
};
using Failures = std::vector<Failure>;

struct NamedText {
  std::string name;
  std::string text;
};

// Parses and binds, for servers of that major version where one is told.
Catalog compile(const std::vector<NamedText>& files, Sink& sink, int server_version = 0);

struct Pair {
  Catalog from, to;
};

struct Plans {
  std::vector<Rename> renames;
  Plan up, down;
};
// The way there and the way back, as a revision has them.
Plans plan_both(const Pair& pair, int server_version);

// -- Without a server ----------------------------------------------------------------------------

// `print`: parse ∘ print is the identity, and printing again gives the same bytes.
// `json`: so is decode ∘ encode. `self`: a catalog differs from itself in nothing.
void check_catalog(const Catalog& catalog, const std::string& name, Failures& failures,
                   int server_version = 0);

// -- On a server ---------------------------------------------------------------------------------

struct LiveOptions {
  bool dumps = true;       // compare by pg_dump too, not by what we read alone
  bool files = true;       // run the files by psql, not by the runner
  bool rows = true;        // fill the tables before
  bool rows_down = true;   // and keep them on the way back
  bool nulls = true;       // some of their values are NULL where they may be
  bool yield = false;      // rows that are refused are taken out; for the runner alone
  std::uint64_t seed = 1;  // of the rows
};

struct LiveCounts {
  int filled = 0, empty = 0;  // tables that got rows, and that refused all
};

class EmptiedDatabases;

// A pair as the server writes it, and where `from` still is as it was built for that, or "".
struct BuiltPair : Pair {
  std::string database;
};

// `build`: both sides can be built from nothing; none where not. `keep` leaves `from` where it is.
std::optional<BuiltPair> build_both(const Pair& declared, EmptiedDatabases& databases, bool keep,
                                    Failures& failures);

// from → to → from → to on a throwaway database: what proof/prove.h promises, each promise an
// oracle. On the one where `from` is, where there is one, which is used up.
LiveCounts check_live(BuiltPair& built, EmptiedDatabases& databases, const LiveOptions& options,
                      Failures& failures);

}  // namespace schemac::test
