// The examples of the hazards do on a server what the catalogue says of them.

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include "codegen/postgres/postgres.h"
#include "compiler/diff/likely_renames.h"
#include "compiler/plan/planner.h"
#include "compiler/safety/hazards.h"
#include "introspect/postgres/read.h"
#include "introspect/postgres/throwaway.h"
#include "runner/script.h"

namespace schemac {
namespace {

postgres::Throwaway& server() {
  static const std::unique_ptr<postgres::Throwaway> server = postgres::Throwaway::open("auto");
  return *server;
}

// A database with what an example stands on, and one session there.
class Example {
 public:
  explicit Example(const Hazard& hazard) : url_(server().create_database()) {
    session_ = std::make_unique<pqxx::connection>(url_);
    for (const std::string_view piece : hazard.example.setup) REQUIRE(run(piece) == "");
  }
  ~Example() {
    session_.reset();
    // Roles outlive databases.
    pqxx::connection other(url_);
    pqxx::nontransaction(other).exec(
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'clerk') THEN "
        "DROP OWNED BY clerk; DROP ROLE clerk; END IF; END $$");
    server().drop_database(url_);
  }
  Example(const Example&) = delete;
  Example& operator=(const Example&) = delete;

  // Each statement by itself, as psql does. The SQLSTATE of the one that fails, or "".
  std::string run(std::string_view sql) {
    const Script script = read_script(sql);
    REQUIRE_FALSE(script.error);
    pqxx::nontransaction work(*session_);
    for (const ScriptStatement& statement : script.statements) try {
        work.exec(std::string(statement.text));
      } catch (const pqxx::sql_error& error) {
        UNSCOPED_INFO(error.what());
        return error.sqlstate();
      }
    return "";
  }
  Catalog read() const { return postgres::read_database(url_, {}).catalog; }

 private:
  std::string url_;
  std::unique_ptr<pqxx::connection> session_;
};

std::vector<std::string_view> codes(const Plan& plan) {
  std::vector<std::string_view> found;
  for (const Finding& finding : find_hazards(plan)) found.push_back(finding.hazard->code);
  return found;
}

bool holds(const std::vector<std::string_view>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// Whether a plan can tell what the SQL does: it knows where that ends, and not each way there; what
// CASCADE takes along it drops by name.
bool tells(std::string_view sql) {
  for (const std::string_view word :
       {"RENAME", "SET SCHEMA", "USING INDEX", "VALIDATE", "CONCURRENTLY", "CASCADE"})
    if (sql.find(word) != sql.npos) return false;
  return true;
}

// The plain statements: what lets others work meanwhile is no hazard.
Plan plan_of(const Catalog& from, const Catalog& to) {
  return make_plan(from, to, {}, postgres::target(server().server_version(), Online::never));
}

template <class Check>
void each_hazard(const Check& check) {
  for (const HazardFamily& family : hazard_families())
    for (const Hazard& hazard : family.hazards) {
      if (hazard.since > server().server_version()) continue;
      INFO(hazard.code);
      check(hazard);
    }
}

}  // namespace

TEST_CASE("the examples of hazards run, fail as they say, and show in plans") {
  std::size_t shown = 0;
  each_hazard([&](const Hazard& hazard) {
    Catalog before, worse, better;
    const bool planned = found_in_plans(hazard.code) && hazard.example.fails.empty();
    {
      Example bad(hazard);
      if (planned) before = bad.read();
      CHECK(bad.run(hazard.example.bad) == hazard.example.fails);
      if (planned) worse = bad.read();
    }
    {
      Example good(hazard);
      CHECK(good.run(hazard.example.good) == "");
      if (planned) better = good.read();
    }
    // Around another type, checks are dropped and added, which SC102 is about; the loss of a table
    // has its own name.
    const bool otherwise = hazard.code == "SC108" || hazard.code == "IR101";
    if (tells(hazard.example.bad) && !otherwise && !diff(before, worse).empty()) {
      CHECK(holds(codes(plan_of(before, worse)), hazard.code));
      ++shown;
    }
    if (tells(hazard.example.good) && !diff(worse, better).empty())
      CHECK_FALSE(holds(codes(plan_of(before, better)), hazard.code));
  });
  CHECK(shown > 20);
}

}  // namespace schemac
