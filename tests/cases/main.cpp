// schemac-test: runs the cases, tests that are data.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "tests/cases/run_case.h"
#include "tests/harness/process.h"

namespace schemac::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUsage =
    "usage: schemac-test [--update] [--live URL|auto] [--server MAJOR] [--part K/N]\n"
    "                    [FILE or FOLDER…]\n"
    "\n"
    "Runs cases: without paths all of tests/kinds and tests/plan.\n"
    "  --update      rewrite diagnostics, up.sql and down.sql of the cases\n"
    "  --live WHERE  run them on throwaway databases too: of a private server (auto) or of the\n"
    "                server at a URL\n"
    "  --server MAJOR  the private server is of this version of PostgreSQL, or nothing runs\n"
    "  --part K/N    the Kth of N parts of the cases, each with some of every kind\n";

std::vector<std::string> find_cases(const std::vector<std::string>& paths) {
  std::vector<std::string> cases;
  for (const std::string& path : paths) {
    if (!fs::is_directory(path)) {
      cases.push_back(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path))
      if (entry.path().extension() == ".test") cases.push_back(entry.path().string());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

struct Arguments {
  bool update = false;
  std::string live;
  int server = 0;  // major version; 0: any
  std::size_t part = 1, parts = 1;
  std::vector<std::string> paths;
  bool wrong = false;
};

Arguments read_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--update")
      arguments.update = true;
    else if (word == "--live" && i + 1 < argc)
      arguments.live = argv[++i];
    else if (word == "--server" && i + 1 < argc)
      arguments.server = std::atoi(argv[++i]);
    else if (word == "--part" && i + 1 < argc)
      arguments.wrong |= std::sscanf(argv[++i], "%zu/%zu", &arguments.part, &arguments.parts) != 2;
    else if (word.starts_with("-"))
      arguments.wrong = true;
    else
      arguments.paths.push_back(word);
  }
  arguments.wrong |= arguments.part < 1 || arguments.part > arguments.parts;
  if (arguments.paths.empty())
    arguments.paths = {SCHEMAC_SOURCE_DIR "/tests/kinds", SCHEMAC_SOURCE_DIR "/tests/plan"};
  return arguments;
}

// Where cases run live: a server and whether it is ours alone. `shadow` is "" where they do not.
struct Server {
  std::string shadow;
  bool own = false;
};

// Cases that share a process and its databases: enough for what those cost not to count.
constexpr std::size_t kTogether = 25;

// What is wrong with each, in their order.
std::vector<std::string> run_here(std::span<const std::string> paths, bool update,
                                  const Server& server) {
  std::unique_ptr<postgres::Throwaway> throwaway;
  std::optional<EmptiedDatabases> databases;
  CaseOptions options{update};
  if (!server.shadow.empty()) {
    throwaway = postgres::Throwaway::open(server.shadow);
    options.databases = &databases.emplace(*throwaway);
    if (server.own) options.own_server = server.shadow;
  }
  std::vector<std::string> wrong;
  for (const std::string& path : paths) wrong.push_back(run_case(path, options));
  return wrong;
}

// A crash in one case is that case's failure: what ran together when it came runs again, each
// apart.
std::vector<std::string> run_apart(std::span<const std::string> paths, bool update,
                                   const Server& server) {
  const auto replace = nlohmann::json::error_handler_t::replace;
  const Finished run = run_guarded(
      [&] { return nlohmann::json(run_here(paths, update, server)).dump(-1, ' ', false, replace); },
      std::chrono::seconds(120) + std::chrono::seconds(15) * (paths.size() - 1));
  if (!run.timed_out && run.status == 0) return nlohmann::json::parse(run.output);
  std::vector<std::string> wrong;
  if (paths.size() > 1) {
    for (const std::string& path : paths)
      wrong.push_back(run_apart({&path, 1}, update, server).front());
  } else if (run.timed_out) {
    wrong.push_back(run.output + "ran for more than two minutes\n");
  } else if (run.status > 128) {
    wrong.push_back(run.output + "crashed with signal " + std::to_string(run.status - 128) + "\n");
  } else {
    wrong.push_back(run.output);
  }
  return wrong;
}

int run_all(const Arguments& arguments, const char* program) {
  std::vector<std::string> cases;
  for (std::size_t i = 0; const std::string& path : find_cases(arguments.paths))
    if (i++ % arguments.parts + 1 == arguments.part) cases.push_back(path);
  // One server for all cases; each process opens it by URL.
  std::unique_ptr<postgres::Throwaway> server;
  Server where_live;
  if (!arguments.live.empty()) {
    server = postgres::Throwaway::open(arguments.live, arguments.server);
    if (arguments.server != 0 && server->server_version() != arguments.server)
      throw std::runtime_error("there is no server of PostgreSQL " +
                               std::to_string(arguments.server) + " here; see scripts/servers");
    where_live.own = arguments.live == "auto";
    where_live.shadow = where_live.own ? server->create_database() : arguments.live;
  }
  std::size_t failed = 0, too_new = 0;
  for (std::size_t first = 0; first < cases.size(); first += kTogether) {
    const std::span<const std::string> together =
        std::span(cases).subspan(first, std::min(kTogether, cases.size() - first));
    const std::vector<std::string> found = run_apart(together, arguments.update, where_live);
    for (std::size_t i = 0; i < together.size(); ++i) {
      const std::string& path = together[i];
      const std::string& wrong = found[i];
      too_new += wrong == kTooNew;
      if (wrong.empty() || wrong == kTooNew) continue;
      ++failed;
      const std::string again =
          std::string(program) + (arguments.live.empty() ? "" : " --live " + arguments.live) +
          (arguments.server == 0 ? "" : " --server " + std::to_string(arguments.server)) + " " +
          path;
      std::printf("FAILED %s\n%srerun:  %s\nupdate: %s --update %s\n\n", path.c_str(),
                  wrong.c_str(), again.c_str(), program, path.c_str());
      std::fflush(stdout);
    }
  }
  std::string where;
  if (server) where += " on PostgreSQL " + std::to_string(server->server_version());
  if (too_new > 0) where += ", " + std::to_string(too_new) + " too new for it";
  std::printf("%zu cases%s, %zu failed\n", cases.size(), where.c_str(), failed);
  return cases.empty() || failed > 0 ? 1 : 0;
}

}  // namespace
}  // namespace schemac::test

int main(int argc, char** argv) {
  using namespace schemac::test;
  const Arguments arguments = read_arguments(argc, argv);
  if (arguments.wrong) {
    std::fputs(kUsage, stderr);
    return 1;
  }
  try {
    return run_all(arguments, argv[0]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "schemac-test: %s\n", error.what());
    return 1;
  }
}
