#include "tests/property/pair.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "codegen/postgres/postgres.h"
#include "compiler/plan/planner.h"
#include "compiler/print/print.h"
#include "proof/prove.h"
#include "tests/harness/process.h"
#include "tests/harness/slices.h"
#include "tests/property/edit.h"
#include "tests/property/repair.h"
#include "tests/property/write.h"

namespace schemac::property {

namespace {

constexpr std::chrono::seconds kLimit(120);

// Whether rows made a statement fail that is right in itself.
bool is_refusal(const test::Failure& failure) {
  const bool ran =
      failure.oracle == "apply" || failure.oracle == "down" || failure.oracle == "again";
  return ran && schemac::is_refusal(failure.sqlstate, failure.text);
}

void ask_server(const test::Pair& catalogs, const PairOptions& options, Outcome& outcome) {
  test::LiveOptions live;
  live.dumps = options.dumps;
  live.files = options.dumps;
  live.seed = options.seed;
  const auto throwaway = postgres::Throwaway::open(options.shadow);
  // Rows may rightly refuse what is declared; then the plan is judged on fewer of them.
  for (int attempt = 0; attempt < 4; ++attempt) {
    live.nulls = attempt == 0;
    live.rows_down = attempt <= 1;
    live.rows = attempt <= 2;
    test::Failures failures;
    const test::LiveCounts counts = check_live(catalogs, *throwaway, live, failures);
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

Outcome ask(const ModelPair& pair, const PairOptions& options) {
  Outcome outcome;
  Sink sink;
  const test::Pair catalogs{test::compile(write_files(pair.a), sink),
                            test::compile(write_files(pair.b), sink)};
  if (sink.has_errors()) {
    std::string text;
    for (const Diagnostic& diagnostic : sink.diagnostics()) text += render_text(diagnostic, false);
    outcome.failures.push_back({"errors", text});
    return outcome;
  }
  check_catalog(catalogs.from, "from", outcome.failures);
  check_catalog(catalogs.to, "to", outcome.failures);
  test::check_slices(catalogs, outcome.failures);
  const test::Plans plans = plan_both(catalogs, postgres::kOldestVersion);
  if (plans.up.empty() && !diff(catalogs.from, catalogs.to).empty())
    outcome.failures.push_back({"plan", "the sides differ and the plan is empty\n"});
  if (!options.shadow.empty() && outcome.failures.empty()) ask_server(catalogs, options, outcome);
  return outcome;
}

std::string encode(const Outcome& outcome) {
  nlohmann::json json{{"filled", outcome.filled},
                      {"empty", outcome.empty},
                      {"refused", outcome.refused},
                      {"failures", nlohmann::json::array()}};
  for (const test::Failure& failure : outcome.failures)
    json["failures"].push_back({failure.oracle, failure.text});
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Outcome decode(const test::Finished& run) {
  Outcome outcome;
  if (run.timed_out || run.status != 0) {
    const std::string how =
        run.timed_out ? "ran for more than two minutes" : "status " + std::to_string(run.status);
    outcome.failures.push_back({run.timed_out ? "hang" : "crash", how + "\n" + run.output});
    return outcome;
  }
  const nlohmann::json json = nlohmann::json::parse(run.output);
  outcome.filled = json["filled"];
  outcome.empty = json["empty"];
  outcome.refused = json["refused"];
  for (const auto& failure : json["failures"]) outcome.failures.push_back({failure[0], failure[1]});
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
  return pair;
}

Outcome judge_pair(const ModelPair& pair, const PairOptions& options) {
  return decode(test::run_guarded([&] { return encode(ask(pair, options)); }, kLimit));
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
