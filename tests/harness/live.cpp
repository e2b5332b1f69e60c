// The oracles that need a server: the product's own proof, its files run by psql.
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "codegen/postgres/postgres.h"
#include "codegen/render.h"
#include "introspect/postgres/local_server.h"
#include "proof/prove.h"
#include "tests/harness/emptied.h"
#include "tests/harness/process.h"
#include "tests/harness/text.h"

namespace schemac::test {

namespace {

// Runs a file as a reader of its header would.
void run_by_psql(const RevisionFiles& files, Direction direction, const std::string& url) {
  const std::string& sql = direction == Direction::up ? files.up_sql : files.down_sql;
  const char* folder = std::getenv("TMPDIR");
  const std::string path = std::string(folder != nullptr ? folder : "/tmp") + "/schemac-test-" +
                           std::to_string(getpid()) + ".sql";
  write_text(path, sql);
  const Finished psql =
      run_program({postgres::find_client_program("psql").string(), "-X", "-q", "-v",
                   "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-d", url, "-f", path});
  unlink(path.c_str());
  if (psql.status == 0) return;
  const std::size_t state = psql.output.find("ERROR:  ");
  throw StatementError(psql.output + sql,
                       state == psql.output.npos ? "" : psql.output.substr(state + 8, 5));
}

RevisionFiles files_of(const Plans& plans) {
  const auto files = render_files({.revision = "20200101000000_case",
                                   .name = "case",
                                   .parents = "",
                                   .tool = "schemac",
                                   .proof = "",
                                   .up = &plans.up,
                                   .down = &plans.down,
                                   .dialect = &postgres::dialect()},
                                  "native");
  return {"20200101000000_case", "up.sql", files.at("up.sql"), "down.sql",
          files.at("down.sql"),  "none"};
}

ProofOptions proof_options(const LiveOptions& options) {
  ProofOptions proof;
  proof.rows = options.rows;
  proof.rows_down = options.rows_down;
  proof.nulls = options.nulls;
  proof.yield = options.yield;
  proof.dumps = options.dumps;
  proof.seed = options.seed;
  if (options.files) proof.run = run_by_psql;
  return proof;
}

}  // namespace

std::optional<BuiltPair> build_both(const Pair& declared, EmptiedDatabases& databases, bool keep,
                                    Failures& failures) {
  BuiltPair built;
  try {
    built.to = canonical_catalog(declared.to, databases);
    databases.empty(failures);
    built.from = canonical_catalog(declared.from, databases);
    if (keep)
      built.database = databases.take_back();
    else
      databases.empty(failures);
    return built;
  } catch (const DatabaseError& error) {
    failures.push_back({"build", std::string(error.what()) + "\n", error.sqlstate});
    return {};
  }
}

LiveCounts check_live(BuiltPair& built, EmptiedDatabases& databases, const LiveOptions& options,
                      Failures& failures) {
  const auto prove = [&](const Claim& claim) {
    Prover prover(databases, proof_options(options));
    if (!built.database.empty()) prover.start_on(std::exchange(built.database, ""));
    return prover.prove(claim);
  };
  try {
    const Plans plans = plan_both(built, databases.server_version());
    const Intents intents = intents_of(built.from, built.to);
    const Proof proof =
        prove({built.from, built.to, intents, plans.up.lost, plans.down.lost, {}, files_of(plans)});
    for (const ProofFailure& failure : proof.failures)
      failures.push_back({failure.promise,
                          failure.object + (failure.object.empty() ? "" : ": ") + failure.text +
                              "\n" + failure.hint,
                          failure.sqlstate});
    if (proof.failures.empty()) databases.empty(failures);
    return {proof.filled, proof.unfilled};
  } catch (const DatabaseError& error) {
    failures.push_back({"build", std::string(error.what()) + "\n", error.sqlstate});
    return {};
  }
}

}  // namespace schemac::test
