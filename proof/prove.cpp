#include "proof/prove.h"

#include <algorithm>
#include <future>
#include <set>

#include "codegen/postgres/not_null_names.h"
#include "codegen/postgres/postgres.h"
#include "compiler/diff/owners.h"
#include "compiler/ir/json.h"
#include "compiler/plan/planner.h"
#include "introspect/postgres/connection.h"
#include "introspect/postgres/read.h"
#include "proof/dump.h"
#include "proof/reach.h"
#include "proof/survival.h"
#include "runner/script.h"

namespace schemac {

namespace {

std::string server_version(const std::string& url) {
  const int version = postgres::full_version(url);
  return std::to_string(version / 10000) + "." + std::to_string(version % 10000);
}

// The tables to fill, as they are called before and after: those that the statements act on, and
// those that use a type or a routine that they act on.
std::set<TableName> tables_of(const Claim& claim) {
  std::set<ObjectId> touched(claim.touched->begin(), claim.touched->end());
  std::set<TableName> tables;
  const auto add = [&](const ObjectId& id) {
    const auto path = id.path();
    if (path.size() >= 2 && !stands_on_others(id.kind()))
      tables.insert({std::string(path[0]), std::string(path[1])});
  };
  for (const Rename& rename : claim.intents.renames)
    if (touched.contains(rename.to)) touched.insert(rename.from);
  for (const ObjectId& id : touched) add(id);
  const auto is_used = [&](const Edge& edge) {
    const KindInfo& kind = edge.target.kind();
    const bool stands_alone = kind.scope == Scope::schema || kind.scope == Scope::signature;
    return stands_alone && !kind.holds_rows && touched.contains(edge.target);
  };
  for (const Catalog* catalog : {&claim.from, &claim.to})
    for (const Object& object : catalog->objects())
      if (std::any_of(object.depends.begin(), object.depends.end(), is_used)) add(object.id);
  return tables;
}

// One revision on its way up, down and up again.
class Trip {
 public:
  // `limits`: what a way before this one was limited by.
  Trip(const Claim& claim, const ProofOptions& options, const std::string& url, int server_version,
       std::vector<std::string> limits)
      : claim_(claim),
        options_(options),
        url_(url),
        server_version_(server_version),
        back_(reversed(claim.intents)) {
    proof_.evidence.limits = std::move(limits);
  }

  // `fresh`: the dump of the declared schema, built from nothing.
  Proof run(const std::shared_future<std::string>& fresh) {
    if (claim_.touched) wanted_ = tables_of(claim_);
    const bool dumps = fresh.valid();
    std::shared_future<std::string> former;
    if (dumps) former = ask_dump();
    if (options_.rows) fill(options_.nulls);
    // Nothing may wait for pg_dump's locks.
    if (dumps) former.wait();
    go(fresh, former);
    if (wants_database_) return std::move(proof_);
    // The next revision fills its tables anew.
    if (!filled_.empty()) take_out_rows();
    state_evidence(dumps);
    return std::move(proof_);
  }

  // Whether a file has run in part before it refused rows with NULL, and left a schema in which
  // others cannot be made: the way begins anew, without NULL.
  bool wants_database() const { return wants_database_; }

 private:
  void go(const std::shared_future<std::string>& fresh,
          const std::shared_future<std::string>& former) {
    const Passage up{claim_.from, claim_.to, claim_.lost_up, claim_.intents};
    const Passage down{claim_.to, claim_.from, claim_.lost_down, back_};
    if (!travel("apply", "rows", up, Direction::up)) return;
    expect_schema({"catalog", "dump", Direction::up, "a fresh build of the schema"}, claim_.to,
                  fresh);
    if (!options_.rows_down) take_out_rows();
    if (!travel("down", "down-rows", down, Direction::down)) return;
    expect_schema({"down-catalog", "down-dump", Direction::down, "the former one"}, claim_.from,
                  former);
    if (!travel("again", "again-rows", up, Direction::up)) return;
    expect_catalog("again-catalog", claim_.to, "the second run of up.sql");
  }

  std::shared_future<std::string> ask_dump() const {
    return std::async(std::launch::async, [this] { return dump_schema(url_); }).share();
  }

  void fail(ProofFailure failure) { proof_.failures.push_back(std::move(failure)); }

  void limit(const std::string& text) {
    auto& limits = proof_.evidence.limits;
    if (std::find(limits.begin(), limits.end(), text) == limits.end()) limits.push_back(text);
  }

  // -- Rows

  void fill(bool nulls) {
    const Filled filled = fill_tables(url_, {options_.seed, nulls, wanted_});
    filled_ = filled.tables;
    proof_.filled = static_cast<int>(filled.tables.size());
    proof_.unfilled = static_cast<int>(filled.empty.size());
    with_nulls_ = nulls;
    for (const EmptyTable& table : filled.empty)
      has_no_rows(table.table, table.reason.empty() ? "it refuses any" : table.reason);
    if (filled_.empty()) return;
    for (const auto& [table, held] : read_rows(url_, filled.tables)) {
      filled_.insert(table);  // a partition, which may be a table by itself afterwards
      if (held.rows.empty() && filled.tables.contains(table))
        has_no_rows(table, "it keeps none of those that are inserted");
    }
  }

  void has_no_rows(const TableName& table, const std::string& why) {
    limit("table " + table.first + "." + table.second + " has no rows: " + why);
  }

  void take_out_rows() {
    empty_tables(url_, names());
    filled_.clear();
  }

  // Every name that a table of interest has on the way.
  std::set<TableName> names() const {
    std::set<TableName> all = filled_;
    if (wanted_) all.insert(wanted_->begin(), wanted_->end());
    for (const Rename& rename : claim_.intents.renames) {
      const auto from = rename.from.path(), to = rename.to.path();
      if (from.size() == 2 && all.contains({std::string(from[0]), std::string(from[1])}))
        all.insert({std::string(to[0]), std::string(to[1])});
      if (from.size() != 1) continue;
      for (const TableName& name : std::set<TableName>(all))  // a schema
        if (name.first == from[0]) all.insert({std::string(to[0]), name.second});
    }
    return all;
  }

  Rows rows(const Passage& passage) const {
    return filled_.empty() ? Rows{} : read_rows(url_, names(), casts_of(passage));
  }

  void compare(const std::string& promise, const Passage& passage, const Rows& before,
               Direction direction) {
    if (before.empty()) return;
    const Comparison found = compare_rows(passage, before, read_rows(url_, names()));
    for (const LostRows& lost : found.lost)
      fail({.promise = promise, .object = lost.object, .text = lost.text, .direction = direction});
    for (const ObjectId& column : found.only_nulls)
      limit(to_string(column) + ": its values were compared by being NULL or not");
    if (promise == "rows") {
      proof_.evidence.tables = found.tables;
      proof_.evidence.rows_up = found.rows;
    } else if (promise == "down-rows") {
      proof_.evidence.rows_down = found.rows;
    }
  }

  // -- Files

  bool travel(const std::string& promise, const std::string& rows_promise, const Passage& passage,
              Direction direction) {
    for (;;) {
      const Rows before = rows(passage);
      try {
        run_file(direction);
        compare(rows_promise, passage, before, direction);
        return true;
      } catch (const StatementError& error) {
        if (is_environment(error.sqlstate))
          throw DatabaseError("the throwaway server cannot go on: " + std::string(error.what()),
                              error.sqlstate);
        if (options_.yield && is_refusal(error.sqlstate, error.what()) && !filled_.empty()) {
          give_way(error, direction);
          if (wants_database_) return false;
          continue;
        }
        fail({promise, "", error.what() + (error.detail.empty() ? "" : "\n" + error.detail),
              error.advice, error.sqlstate, error.offset, direction});
        return false;
      }
    }
  }

  void run_file(Direction direction) const {
    if (options_.run)
      options_.run(claim_.files, direction, url_);
    else if (direction == Direction::up)
      apply_revisions(url_, {claim_.files}, {});
    else
      rollback_revisions(url_, {claim_.files}, {});
  }

  // Some rows cannot be there when the statement runs, which is no error of the statement.
  void give_way(const StatementError& error, Direction direction) {
    const bool up = direction == Direction::up;
    const std::string& sql = up ? claim_.files.up_sql : claim_.files.down_sql;
    limit(std::string(up ? "up.sql:" : "down.sql:") + std::to_string(line_of(sql, error.offset)) +
          " refuses rows" + (up && with_nulls_ ? " with NULL" : "") + ": " + error.what());
    const bool refill = up && with_nulls_ && !options_.run;
    wants_database_ = refill && has_begun();
    if (wants_database_) return;
    take_out_rows();
    if (refill) fill(false);
  }

  bool has_begun() const {
    const auto rows = applied_revisions(url_);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const AppliedRevision& row) { return row.id == claim_.files.id; });
  }

  // -- Schemas

  void expect_catalog(const std::string& promise, const Catalog& goal, const std::string& after) {
    for (ProofFailure& failure : catalog_failures(promise, goal, after, url_, server_version_)) {
      failure.direction = promise == "down-catalog" ? Direction::down : Direction::up;
      fail(std::move(failure));
    }
  }

  // What is looked at after a file has run.
  struct Look {
    const char *catalog, *dump;  // promises
    Direction direction;
    const char* model;  // of the dump
  };

  void expect_schema(const Look& look, const Catalog& goal,
                     const std::shared_future<std::string>& expected) {
    const std::string file = look.direction == Direction::up ? "up.sql" : "down.sql";
    std::shared_future<std::string> seen;
    if (expected.valid()) seen = ask_dump();
    expect_catalog(look.catalog, goal, file);
    if (!expected.valid()) return;
    for (const DumpDifference& difference : dump_differences(expected.get(), seen.get()))
      fail({.promise = look.dump,
            .object = difference.statement,
            .text = "pg_dump shows something else after " + file + " (+) than for " + look.model +
                    " (-):\n" + difference.text,
            .direction = look.direction});
  }

  void state_evidence(bool dumps) {
    Evidence& evidence = proof_.evidence;
    evidence.proven = proof_.failures.empty();
    evidence.server = server_version(url_);
    evidence.dumped = dumps;
    if (!dumps && options_.dumps) limit("pg_dump was not there to be asked");
    evidence.up = script_digest(claim_.files.up_sql);
    evidence.down = script_digest(claim_.files.down_sql);
  }

  const Claim& claim_;
  const ProofOptions& options_;
  const std::string& url_;
  const int server_version_;
  const Intents back_;
  std::optional<std::set<TableName>> wanted_;
  std::set<TableName> filled_;
  bool with_nulls_ = true;
  bool wants_database_ = false;
  Proof proof_;
};

}  // namespace

// What pg_dump shows of a schema that was built from nothing, found out beside everything else.
class Prover::FreshBuild {
 public:
  FreshBuild(const Catalog& catalog, postgres::Throwaway& throwaway)
      : database_(throwaway), dump_(std::async(std::launch::async, [this, &catalog] {
          postgres::build_catalog(catalog, database_.url());
          return dump_schema(database_.url());
        })) {}
  std::shared_future<std::string> take() const { return dump_; }

 private:
  ThrowawayDatabase database_;
  std::shared_future<std::string> dump_;
};

Prover::Prover(postgres::Throwaway& throwaway, ProofOptions options)
    : throwaway_(throwaway), options_(std::move(options)) {}

Prover::~Prover() = default;

void Prover::start_on(const std::string& url) {
  database_ = std::make_unique<ThrowawayDatabase>(throwaway_, url);
}

Proof Prover::prove(const Claim& claim) {
  const int version = throwaway_.server_version();
  throwaway_.provide_for(claim.from);
  throwaway_.provide_for(claim.to);
  std::optional<FreshBuild> fresh;
  std::shared_future<std::string> dump;
  if (options_.dumps && has_dump(version)) {
    fresh.emplace(claim.to, throwaway_);
    dump = fresh->take();
  }
  Proof proof;
  for (ProofOptions options = options_;; options.nulls = false) {
    if (!database_) {
      database_ = std::make_unique<ThrowawayDatabase>(throwaway_);
      postgres::build_catalog(claim.from, database_->url());
    }
    Trip trip(claim, options, database_->url(), version, std::move(proof.evidence.limits));
    proof = trip.run(dump);
    if (!trip.wants_database()) break;
    database_.reset();
  }
  proof.evidence.from = fingerprint(claim.from);
  proof.evidence.to = fingerprint(claim.to);
  proof.evidence.objects = proof.evidence.built = static_cast<int>(claim.to.size());
  return proof;
}

bool is_environment(const std::string& sqlstate) {
  for (const char* kind : {"08", "53", "57", "58"})
    if (sqlstate.starts_with(kind)) return true;
  return false;
}

std::vector<ProofFailure> catalog_failures(const std::string& promise, const Catalog& goal,
                                           const std::string& after, const std::string& url,
                                           int server_version) {
  Catalog live = postgres::read_database(url, {std::string(kLedgerSchema)}).catalog;
  settle_owners(live, goal);
  postgres::settle_not_null_names(live, goal);
  const Plan rest = make_plan(live, goal, postgres::target(server_version));
  std::vector<ProofFailure> failures;
  // Texts that servers of two versions print differently are left to pg_dump.
  if (rest.empty() || std::all_of(rest.changes.begin(), rest.changes.end(),
                                  [](const Change& change) { return change.unproven; }))
    return failures;
  std::set<std::string> seen;
  for (const Segment& segment : rest.segments)
    for (const Step& step : segment.steps)
      for (const Reason& reason : step.reasons) {
        const std::string object = to_string(reason.object);
        if (seen.insert(object + reason.text).second)
          failures.push_back(
              {.promise = promise,
               .object = object,
               .text = "is not as it should be after " + after + "; still to do: " + reason.text});
      }
  return failures;
}

bool is_refusal(const std::string& sqlstate, std::string_view message) {
  // To the server, a text that is no tsvector is a syntax error.
  const bool no_tsvector =
      sqlstate == "42601" && message.find(" in tsvector: ") != std::string_view::npos;
  // A predicate that compares under two collations is found out by the first row.
  const bool no_collation = sqlstate == "42P22";
  return sqlstate.starts_with("22") || sqlstate.starts_with("23") || no_tsvector || no_collation;
}

namespace {

// On what the revision reaches. Nothing where that is not known, or is not enough: what goes wrong
// on a part may be the part's fault.
std::optional<Proof> prove_on_part(const Claim& claim, postgres::Throwaway& throwaway,
                                   const ProofOptions& options) {
  if (!claim.touched) return {};
  const auto reach = reach_of(claim.from, claim.to, claim.intents, *claim.touched);
  if (!reach) return {};
  try {
    Proof proof = Prover(throwaway, options)
                      .prove({reach->from, reach->to, claim.intents, claim.lost_up, claim.lost_down,
                              claim.touched, claim.files});
    if (!proof.failures.empty() || proof.unfilled > 0) return {};
    proof.evidence.from = fingerprint(claim.from);
    proof.evidence.to = fingerprint(claim.to);
    proof.evidence.objects = static_cast<int>(claim.to.size());
    return proof;
  } catch (const DatabaseError&) {
    // A part may need more than its texts tell, an operator for one; the whole has everything.
    return {};
  }
}

}  // namespace

Proof prove(const Claim& claim, postgres::Throwaway& throwaway, const ProofOptions& options) {
  if (std::optional<Proof> proof = prove_on_part(claim, throwaway, options))
    return std::move(*proof);
  return Prover(throwaway, options).prove(claim);
}

}  // namespace schemac
