// schemac-property: random pairs of schemas against all oracles.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>

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

void report(std::uint64_t seed, const ModelPair& pair, const Outcome& outcome,
            const PairOptions& options, const Arguments& arguments) {
  const test::Failure& failure = outcome.failures.front();
  const ModelPair small = shrink(pair, failure, options, arguments.shrink);
  const Outcome again = judge_pair(small, options);
  std::printf("FAILED seed %llu\n%s", static_cast<unsigned long long>(seed),
              print_pair(small).c_str());
  for (const test::Failure& found : again.failures)
    std::printf("[%s] %s", found.oracle.c_str(), found.text.c_str());
  std::printf("rerun: schemac-property --pairs 1 --seed %llu%s\n\n",
              static_cast<unsigned long long>(seed), options.dumps ? " --dump-every 1" : "");
  std::fflush(stdout);
}

// One worker's share: every `jobs`-th pair. Returns how many failed.
int run_share(const Arguments& arguments, int worker, const std::string& shadow) {
  int failed = 0, filled = 0, empty = 0, done = 0;
  for (int i = worker; i < arguments.pairs; i += arguments.jobs) {
    const std::uint64_t seed = arguments.seed + static_cast<std::uint64_t>(i);
    const bool dumps =
        arguments.dump_every > 0 && seed % static_cast<unsigned>(arguments.dump_every) == 0;
    const PairOptions options{shadow, dumps || arguments.dump_every == 1, seed};
    const ModelPair pair = make_pair(seed);
    if (arguments.show) std::printf("%s", print_pair(pair).c_str());
    const Outcome outcome = judge_pair(pair, options);
    filled += outcome.filled;
    empty += outcome.empty;
    ++done;
    if (outcome.failures.empty()) continue;
    ++failed;
    report(seed, pair, outcome, options, arguments);
  }
  std::printf("%d pairs from seed %llu: %d failed; rows in %d tables, %d stayed empty\n", done,
              static_cast<unsigned long long>(arguments.seed), failed, filled, empty);
  return failed;
}

int run_all(const Arguments& arguments) {
  std::unique_ptr<postgres::Throwaway> server;
  std::string shadow;
  if (arguments.live != "none") {
    server = postgres::Throwaway::open(arguments.live);
    shadow = arguments.live == "auto" ? server->create_database() : arguments.live;
  }
  std::fflush(nullptr);
  for (int worker = 1; worker < arguments.jobs; ++worker)
    if (fork() == 0) {
      const int failed = run_share(arguments, worker, shadow);
      std::fflush(nullptr);
      _exit(failed == 0 ? 0 : 1);
    }
  bool ok = run_share(arguments, 0, shadow) == 0;
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
