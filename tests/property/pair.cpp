#include "tests/property/pair.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <pqxx/pqxx>

#include "codegen/postgres/postgres.h"
#include "compiler/plan/planner.h"
#include "compiler/print/print.h"
#include "proof/prove.h"
#include "tests/harness/emptied.h"
#include "tests/harness/process.h"
#include "tests/harness/slices.h"
#include "tests/property/edit.h"
#include "tests/property/repair.h"
#include "tests/property/rights.h"
#include "tests/property/write.h"

namespace schemac::property {

namespace {

constexpr std::chrono::seconds kLimit(120);
constexpr std::chrono::seconds kLimitEach(20);  // further ones in the same process
constexpr int kServerVersion = 15;              // nothing that is made here needs a newer one

// Whether rows made a statement fail that is right in itself.
bool is_refusal(const test::Failure& failure) {
  const bool ran =
      failure.oracle == "apply" || failure.oracle == "down" || failure.oracle == "again";
  return ran && schemac::is_refusal(failure.sqlstate, failure.text);
}

// Owners may do anything, so that what they lack of each other's rights stops no statement: a
// schema that grants too little to be used is a schema all the same.
void make_owners(const std::string& url) {
  pqxx::connection connection(url);
  pqxx::nontransaction work(connection);
  for (const std::string& role : role_names())
    work.exec("create role " + work.quote_name(role) + " superuser");
}

std::unique_ptr<postgres::Throwaway> open_server(const std::string& shadow) {
  if (shadow.empty()) return nullptr;
  auto server = postgres::Throwaway::open(shadow);
  if (shadow == "auto") make_owners(server->create_database());
  return server;
}

void ask_server(const test::Pair& catalogs, const PairOptions& options,
                test::EmptiedDatabases& databases, Outcome& outcome) {
  test::LiveOptions live;
  live.dumps = options.dumps;
  live.files = options.dumps;
  live.seed = options.seed;
  if (options.shadow != "auto")
    for (const Catalog* side : {&catalogs.from, &catalogs.to})
      postgres::make_roles(*side, options.shadow);
  auto built = build_both(catalogs, databases, !options.dumps, outcome.failures);
  if (!built) return;
  // Rows may rightly refuse what is declared; then the plan is judged on fewer of them. Files that
  // psql runs begin anew for that, since they may have stopped anywhere.
  for (int attempt = 0; attempt < 4; ++attempt) {
    live.nulls = attempt == 0;
    live.yield = attempt == 1 && !live.files;
    live.rows_down = attempt <= 1;
    live.rows = attempt <= 2;
    test::Failures failures;
    const test::LiveCounts counts = check_live(*built, databases, live, failures);
    if (attempt == 0) {
      outcome.filled = counts.filled;
      outcome.empty = counts.empty;
    }
    const bool refused = std::any_of(failures.begin(), failures.end(), is_refusal);
    outcome.refused = outcome.refused || refused;
    if (refused && attempt < 3) continue;
    outcome.failures.insert(outcome.failures.end(), failures.begin(), failures.end());
    return;
  }
}

Outcome ask(const ModelPair& pair, const PairOptions& options, test::EmptiedDatabases* databases) {
  Outcome outcome;
  Sink sink;
  const test::Pair catalogs{test::compile(write_files(pair.a), sink, kServerVersion),
                            test::compile(write_files(pair.b), sink, kServerVersion)};
  if (sink.has_errors()) {
    std::string text;
    for (const Diagnostic& diagnostic : sink.diagnostics()) text += render_text(diagnostic, false);
    outcome.failures.push_back({"errors", text});
    return outcome;
  }
  check_catalog(catalogs.from, "from", outcome.failures);
  check_catalog(catalogs.to, "to", outcome.failures);
  test::check_slices(catalogs, outcome.failures);
  const int version = options.seed % 2 == 0 ? kServerVersion : postgres::kOldestVersion;
  const test::Plans plans = plan_both(catalogs, version);
  if (plans.up.empty() && !diff(catalogs.from, catalogs.to).empty())
    outcome.failures.push_back({"plan", "the sides differ and the plan is empty\n"});
  if (databases != nullptr && outcome.failures.empty())
    ask_server(catalogs, options, *databases, outcome);
  return outcome;
}

nlohmann::json encode(const Outcome& outcome) {
  nlohmann::json json{{"filled", outcome.filled},
                      {"empty", outcome.empty},
                      {"refused", outcome.refused},
                      {"failures", nlohmann::json::array()}};
  for (const test::Failure& failure : outcome.failures)
    json["failures"].push_back({failure.oracle, failure.text});
  return json;
}

Outcome decode(const nlohmann::json& json) {
  Outcome outcome;
  outcome.filled = json["filled"];
  outcome.empty = json["empty"];
  outcome.refused = json["refused"];
  for (const auto& failure : json["failures"]) outcome.failures.push_back({failure[0], failure[1]});
  return outcome;
}

std::string ask_all(const std::vector<Question>& questions) {
  const auto server = open_server(questions.front().options.shadow);
  std::optional<test::EmptiedDatabases> databases;
  if (server) databases.emplace(*server);
  nlohmann::json outcomes = nlohmann::json::array();
  for (const Question& question : questions)
    outcomes.push_back(
        encode(ask(question.pair, question.options, databases ? &*databases : nullptr)));
  return outcomes.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Outcome crash_of(const test::Finished& run) {
  const std::string how =
      run.timed_out ? "ran for more than two minutes" : "status " + std::to_string(run.status);
  Outcome outcome;
  outcome.failures.push_back({run.timed_out ? "hang" : "crash", how + "\n" + run.output});
  return outcome;
}

}  // namespace

ModelPair make_pair(std::uint64_t seed) {
  Random random(seed);
  Names names(random);
  Maker maker(random, names);
  ModelPair pair;
  pair.a = maker.make(random.between(2, 12));
  repair(pair.a);
  Editor editor(random, names, maker);
  pair.b = editor.edit(pair.a, random.chance(15) ? random.between(10, 30) : random.between(1, 6));
  settle_owners(pair.a, pair.b);
  return pair;
}

Outcome judge_pair(const ModelPair& pair, const PairOptions& options) {
  return judge_pairs({{pair, options}}).front();
}

std::vector<Outcome> judge_pairs(const std::vector<Question>& questions) {
  const auto limit = kLimit + kLimitEach * (questions.size() - 1);
  const test::Finished run = test::run_guarded([&] { return ask_all(questions); }, limit);
  std::vector<Outcome> outcomes;
  if (!run.timed_out && run.status == 0) {
    for (const auto& outcome : nlohmann::json::parse(run.output))
      outcomes.push_back(decode(outcome));
  } else if (questions.size() == 1) {
    outcomes.push_back(crash_of(run));
  } else {
    for (const Question& question : questions)
      outcomes.push_back(judge_pair(question.pair, question.options));
  }
  return outcomes;
}

std::string print_pair(const ModelPair& pair) {
  std::string text;
  for (const auto& [side, model] : {std::pair{"from", &pair.a}, {"to", &pair.b}}) {
    const test::Finished canonical = test::run_guarded(
        [model = model] {
          Sink sink;
          const Catalog catalog = test::compile(write_files(*model), sink);
          return sink.has_errors() ? std::string() : print_text(catalog);
        },
        kLimit);
    if (canonical.status == 0 && !canonical.output.empty()) {
      text += std::string("--- ") + side + "\n" + canonical.output;
      continue;
    }
    for (const test::NamedText& file : write_files(*model))
      text += std::string("--- ") + side + ": " + file.name + "\n" + file.text;
  }
  return text;
}

}  // namespace schemac::property
