// The oracles that need a server.
#include <unistd.h>

#include <cstdlib>
#include <pqxx/pqxx>

#include "codegen/postgres/postgres.h"
#include "codegen/render.h"
#include "compiler/diff/owners.h"
#include "compiler/plan/planner.h"
#include "introspect/postgres/read.h"
#include "tests/harness/dump.h"
#include "tests/harness/oracles.h"
#include "tests/harness/process.h"
#include "tests/harness/rows.h"
#include "tests/harness/survival.h"
#include "tests/harness/text.h"

namespace schemac::test {

namespace {

// A database that goes with the object.
class Scratch {
 public:
  explicit Scratch(postgres::Throwaway& throwaway)
      : throwaway_(throwaway), url_(throwaway.create_database()) {}
  ~Scratch() {
    try {
      throwaway_.drop_database(url_);
    } catch (const DatabaseError&) {
      // The throwaway's end drops what is left.
    }
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& url() const { return url_; }

 private:
  postgres::Throwaway& throwaway_;
  std::string url_;
};

class LiveCheck {
 public:
  LiveCheck(postgres::Throwaway& throwaway, const LiveOptions& options, Failures& failures)
      : throwaway_(throwaway),
        target_(postgres::target(throwaway.server_version())),
        options_(options),
        failures_(failures) {}

  const LiveCounts& counts() const { return counts_; }

  void run(const Pair& declared) {
    Pair pair;
    if (!attempt("build", [&] {
          pair.from = canonical_catalog(declared.from, throwaway_);
          pair.to = canonical_catalog(declared.to, throwaway_);
        }))
      return;
    const Plans plans = plan_both(pair, throwaway_.server_version());
    const Scratch database(throwaway_);
    url_ = database.url();
    if (!attempt("build",
                 [&] { postgres::run_plan(make_plan(Catalog{}, pair.from, target_), url_); }))
      return;
    const std::string dump_from = options_.dumps ? dump_schema(url_) : "";

    if (options_.rows) {
      const Filled filled = fill_tables(url_, options_.seed, options_.nulls);
      counts_ = {filled.tables, static_cast<int>(filled.empty.size())};
    }
    Rows rows = read_rows(url_);
    if (!migrate("apply", plans, true)) return;
    expect_reached("replan", pair.to);
    if (options_.dumps) expect_dump("dump", fresh_dump(pair.to));
    expect_rows("rows", pair.from, pair.to, plans.up, plans.renames, rows);

    if (!options_.rows_down) empty_tables();
    std::vector<Rename> back;
    for (const Rename& rename : plans.renames) back.push_back({rename.to, rename.from});
    rows = read_rows(url_);
    if (!migrate("down", plans, false)) return;
    expect_reached("down-replan", pair.from);
    if (options_.dumps) expect_dump("down-dump", dump_from);
    expect_rows("down-rows", pair.to, pair.from, plans.down, back, rows);
  }

 private:
  template <class Work>
  bool attempt(const std::string& oracle, const Work& work) {
    try {
      work();
      return true;
    } catch (const DatabaseError& error) {
      failures_.push_back({oracle, std::string(error.what()) + "\n", error.sqlstate});
      return false;
    }
  }

  bool migrate(const std::string& oracle, const Plans& plans, bool up) {
    if (!options_.files)
      return attempt(oracle, [&] { postgres::run_plan(up ? plans.up : plans.down, url_); });
    const auto files = render_files({.revision = "20200101000000_case",
                                     .name = "case",
                                     .parents = "",
                                     .tool = "schemac",
                                     .up = &plans.up,
                                     .down = &plans.down,
                                     .dialect = &postgres::dialect()},
                                    "native");
    const std::string& sql = files.at(up ? "up.sql" : "down.sql");
    const std::string path =
        std::string(std::getenv("TMPDIR") != nullptr ? std::getenv("TMPDIR") : "/tmp") +
        "/schemac-test-" + std::to_string(getpid()) + ".sql";
    write_text(path, sql);
    const Finished psql =
        run_program({postgres_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v",
                     "VERBOSITY=verbose", "-d", url_, "-f", path});
    unlink(path.c_str());
    if (psql.status == 0) return true;
    const std::size_t state = psql.output.find("ERROR:  ");
    failures_.push_back({oracle, psql.output + sql,
                         state == psql.output.npos ? "" : psql.output.substr(state + 8, 5)});
    return false;
  }

  void expect_reached(const std::string& oracle, const Catalog& goal) {
    attempt(oracle, [&] {
      ReadResult live = postgres::read_database(url_, {"schemac"});
      settle_owners(live.catalog, goal);
      const Plan rest = make_plan(live.catalog, goal, target_);
      if (!rest.empty())
        failures_.push_back(
            {oracle, "a second plan is not empty:\n" + render_plan(rest, postgres::dialect())});
    });
  }

  std::string fresh_dump(const Catalog& catalog) {
    const Scratch fresh(throwaway_);
    postgres::run_plan(make_plan(Catalog{}, catalog, target_), fresh.url());
    return dump_schema(fresh.url());
  }

  void expect_dump(const std::string& oracle, const std::string& expected) {
    const std::string difference = line_diff(expected, dump_schema(url_));
    if (!difference.empty())
      failures_.push_back({oracle, "pg_dump differs from that of a fresh build:\n" + difference});
  }

  void expect_rows(const std::string& oracle, const Catalog& from, const Catalog& to,
                   const Plan& plan, const std::vector<Rename>& renames, const Rows& before) {
    const std::string lost = find_lost_rows(from, to, plan, renames, before, read_rows(url_));
    if (!lost.empty()) failures_.push_back({oracle, lost});
  }

  void empty_tables() {
    std::string tables;
    pqxx::connection connection(url_);
    pqxx::work work(connection);
    for (const auto& [name, held] : read_rows(url_))
      tables += (tables.empty() ? "" : ", ") + work.quote_name(name.first) + "." +
                work.quote_name(name.second);
    if (tables.empty()) return;
    work.exec("truncate " + tables + " cascade");
    work.commit();
  }

  postgres::Throwaway& throwaway_;
  const Target target_;
  const LiveOptions& options_;
  Failures& failures_;
  std::string url_;
  LiveCounts counts_;
};

}  // namespace

LiveCounts check_live(const Pair& pair, postgres::Throwaway& throwaway, const LiveOptions& options,
                      Failures& failures) {
  LiveCheck check(throwaway, options, failures);
  check.run(pair);
  return check.counts();
}

}  // namespace schemac::test
