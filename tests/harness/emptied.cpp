#include "tests/harness/emptied.h"

#include <algorithm>
#include <pqxx/pqxx>

#include "codegen/postgres/postgres.h"
#include "codegen/render.h"
#include "compiler/plan/planner.h"
#include "introspect/postgres/connection.h"
#include "introspect/postgres/read.h"
#include "runner/runner.h"
#include "tests/harness/text.h"

namespace schemac::test {

namespace {

// Asks how much there is in each catalog of a database.
constexpr const char* kQuestion = R"(
  select string_agg(format('select %L, count(*) from %s%s', relname, oid::regclass,
                           case when relisshared then ' where dbid = (select oid from '
                             'pg_database where datname = current_database())'
                           -- The server leaves the comment of a subscription behind.
                           when relname = 'pg_description' then ' where classoid <> '
                             '''pg_subscription''::regclass'
                           else '' end),
                    ' union all ' order by relname)
  from pg_class
  where relkind = 'r' and relnamespace = 'pg_catalog'::regnamespace
    and relname not in ('pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject')
    and (not relisshared or relname = 'pg_shdepend'))";

// And what is said of the schema that a database has from the start.
constexpr const char* kPublic = R"(
  select concat_ws(' ', nspname, nspacl, nspowner::regrole, obj_description(oid, 'pg_namespace'))
  from pg_namespace where nspname = 'public')";

std::string held_by(const std::string& url) {
  const auto connection = postgres::connect(url);
  pqxx::nontransaction work(*connection);
  std::string held;
  for (const pqxx::row& row : work.exec(work.exec(kQuestion)[0][0].c_str()))
    held += std::string(row[0].c_str()) + " " + row[1].c_str() + "\n";
  for (const pqxx::row& row : work.exec(kPublic)) held += std::string(row[0].c_str()) + "\n";
  return held;
}

void run(const Plan& plan, const std::string& url) {
  const auto connection = postgres::connect(url);
  const pqxx::quiet_errorhandler quiet(*connection);
  pqxx::nontransaction work(*connection);
  for (const Segment& segment : plan.segments) {
    std::string statements;
    for (const Step& step : segment.steps) {
      statements += statement_text(step.action, postgres::dialect()) + ";\n";
      if (segment.transactional) continue;
      work.exec(statements);
      statements.clear();
    }
    if (!statements.empty()) work.exec("BEGIN;\n" + statements + "COMMIT");
  }
  // Last: event triggers may refuse it.
  work.exec("DROP SCHEMA IF EXISTS " + std::string(kLedgerSchema) + " CASCADE");
}

}  // namespace

std::string EmptiedDatabases::create_database() {
  for (const Database& database : dropped_) server_.drop_database(database.url);
  dropped_.clear();
  if (empty_.empty()) {
    const std::string url = server_.create_database();
    taken_.push_back({url, held_by(url)});
  } else {
    taken_.push_back(std::move(empty_.back()));
    empty_.pop_back();
  }
  return taken_.back().url;
}

void EmptiedDatabases::drop_database(const std::string& url) {
  const auto database = std::find_if(taken_.begin(), taken_.end(),
                                     [&](const Database& other) { return other.url == url; });
  if (database == taken_.end()) return;
  dropped_.push_back(std::move(*database));
  taken_.erase(database);
}

std::string EmptiedDatabases::take_back() {
  if (dropped_.empty()) return {};
  taken_.push_back(std::move(dropped_.back()));
  dropped_.pop_back();
  return taken_.back().url;
}

void EmptiedDatabases::empty(Failures& failures) {
  while (!dropped_.empty()) {
    Database database = std::move(dropped_.back());
    dropped_.pop_back();
    const Catalog held =
        postgres::read_database(database.url, {std::string(kLedgerSchema)}).catalog;
    const Plan plan = make_plan(held, Catalog(), postgres::target(server_version()));
    std::string text;
    try {
      run(plan, database.url);
      text = line_diff(database.anew, held_by(database.url));
    } catch (const pqxx::sql_error& error) {
      text = std::string(error.what()) + "in: " + error.query() + "\n";
    }
    if (text.empty()) {
      empty_.push_back(std::move(database));
    } else {
      failures.push_back({"empty", text + render_plan(plan, postgres::dialect())});
      server_.drop_database(database.url);
    }
  }
}

}  // namespace schemac::test
