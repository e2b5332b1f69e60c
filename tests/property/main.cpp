// schemac-property: random pairs of schemas against all oracles.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "tests/property/pair.h"

namespace schemac::property {
namespace {

constexpr const char* kUsage =
    "usage: schemac-property [--pairs N] [--seed S] [--jobs N] [--live URL|auto|none]\n"
    "                        [--dump-every N] [--shrink N] [--show]\n"
    "\n"
    "Makes N pairs of schemas, the first from seed S, the next from S+1 and so on, and asks of "
    "each\n"
    "what is asked of cases. pg_dump and psql take part in every N-th pair, the reader of "
    "databases\n"
    "in all. A pair that fails is made smaller, at most N tries, and printed as a case.\n";

struct Arguments {
  int pairs = 300;
  std::uint64_t seed = 1;
  int jobs = 1;
  std::string live = "auto";
  int dump_every = 5;
  int shrink = 150;
  bool show = false;
  bool wrong = false;
};

Arguments read_arguments(int argc, char** argv) {
  Arguments arguments;
  std::map<std::string, int*> numbers{{"--pairs", &arguments.pairs},
                                      {"--jobs", &arguments.jobs},
                                      {"--dump-every", &arguments.dump_every},
                                      {"--shrink", &arguments.shrink}};
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--show")
      arguments.show = true;
    else if (i + 1 == argc)
      arguments.wrong = true;
    else if (numbers.contains(word))
      *numbers[word] = std::atoi(argv[++i]);
    else if (word == "--seed")
      arguments.seed = std::strtoull(argv[++i], nullptr, 10);
    else if (word == "--live")
      arguments.live = argv[++i];
    else
      arguments.wrong = true;
  }
  return arguments;
}

void report(const ModelPair& pair, const Outcome& outcome, const PairOptions& options,
            const Arguments& arguments) {
  const test::Failure& failure = outcome.failures.front();
  const ModelPair small = shrink(pair, failure, options, arguments.shrink);
  const Outcome again = judge_pair(small, options);
  std::printf("FAILED seed %llu\n%s", static_cast<unsigned long long>(options.seed),
              print_pair(small).c_str());
  for (const test::Failure& found : again.failures)
    std::printf("[%s] %s", found.oracle.c_str(), found.text.c_str());
  std::printf("rerun: schemac-property --pairs 1 --seed %llu%s\n\n",
              static_cast<unsigned long long>(options.seed),
              options.dumps ? " --dump-every 1" : "");
  std::fflush(stdout);
}

// Pairs that share a process and a server: enough for what those cost not to count.
constexpr int kTogether = 25;

PairOptions options_of(const Arguments& arguments, std::uint64_t seed) {
  const bool dumps =
      arguments.dump_every > 0 && seed % static_cast<unsigned>(arguments.dump_every) == 0;
  return {arguments.live == "none" ? "" : arguments.live, dumps, seed};
}

// One worker's share: every `jobs`-th pair. Returns how many failed.
int run_share(const Arguments& arguments, int worker) {
  int failed = 0, filled = 0, empty = 0, done = 0;
  for (int i = worker; i < arguments.pairs;) {
    std::vector<Question> questions;
    for (; i < arguments.pairs && questions.size() < kTogether; i += arguments.jobs) {
      const std::uint64_t seed = arguments.seed + static_cast<std::uint64_t>(i);
      questions.push_back({make_pair(seed), options_of(arguments, seed)});
      if (arguments.show) std::printf("%s", print_pair(questions.back().pair).c_str());
    }
    const std::vector<Outcome> outcomes = judge_pairs(questions);
    for (std::size_t q = 0; q < questions.size(); ++q) {
      filled += outcomes[q].filled;
      empty += outcomes[q].empty;
      ++done;
      if (outcomes[q].failures.empty()) continue;
      ++failed;
      report(questions[q].pair, outcomes[q], questions[q].options, arguments);
    }
  }
  std::printf("%d pairs from seed %llu: %d failed; rows in %d tables, %d stayed empty\n", done,
              static_cast<unsigned long long>(arguments.seed), failed, filled, empty);
  return failed;
}

int run_all(const Arguments& arguments) {
  std::fflush(nullptr);
  for (int worker = 1; worker < arguments.jobs; ++worker)
    if (fork() == 0) {
      const int failed = run_share(arguments, worker);
      std::fflush(nullptr);
      _exit(failed == 0 ? 0 : 1);
    }
  bool ok = run_share(arguments, 0) == 0;
  for (int worker = 1; worker < arguments.jobs; ++worker) {
    int status = 0;
    wait(&status);
    ok = ok && status == 0;
  }
  return ok ? 0 : 1;
}

}  // namespace
}  // namespace schemac::property

int main(int argc, char** argv) {
  using namespace schemac::property;
  const Arguments arguments = read_arguments(argc, argv);
  if (arguments.wrong || arguments.pairs < 1 || arguments.jobs < 1) {
    std::fputs(kUsage, stderr);
    return 1;
  }
  try {
    return run_all(arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "schemac-property: %s\n", error.what());
    return 1;
  }
}
