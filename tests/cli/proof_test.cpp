// What generate proves, what check says of it, and verify.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/cli/workspace.h"

using Catch::Contains;
using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

const std::string kUp = "migrations/20250224120000_first/up.sql";
const std::string kJson = "migrations/20250224120000_first/revision.json";

// A project on a machine with PostgreSQL.
struct Project : Workspace {
  Project() {
    environment["SCHEMAC_SHADOW"] = "auto";
    REQUIRE(run({"init"}).status == 0);
    write("schema/a.schema", "table t {\n  id int primary key;\n}\n");
  }
  Ran generate(std::vector<std::string> flags = {}) const {
    flags.insert(flags.begin(), {"generate", "first"});
    return run(flags);
  }
};

std::vector<std::string> codes(const nlohmann::json& document) {
  std::vector<std::string> found;
  for (const auto& finding : document["findings"]) found.push_back(finding["code"]);
  return found;
}

std::vector<pid_t> children_of(pid_t process) {
  const std::string id = std::to_string(process);
  std::ifstream file("/proc/" + id + "/task/" + id + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

template <class Condition>
bool wait_for(const Condition& condition) {
  for (int tries = 0; tries < 600; ++tries) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

// A process that nobody waits for may stay as a zombie.
bool is_gone(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t name = text.rfind(')');
  return name == std::string::npos || text.compare(name, 4, ") Z ") == 0;
}

// Where a server has its socket and all that it owns.
fs::path folder_of(pid_t server) {
  std::ifstream file("/proc/" + std::to_string(server) + "/cmdline");
  for (std::string argument; std::getline(file, argument, '\0');)
    if (argument == "-k" && std::getline(file, argument, '\0')) return argument;
  return {};
}

struct Running {
  pid_t program = 0, keeper = 0, server = 0;
};

// Starts `verify` in the project and waits until its server runs a statement.
Running start_verify(const Workspace& project) {
  Running running;
  running.program = fork();
  if (running.program == 0) {
    if (chdir(project.path("").c_str()) != 0) _exit(126);
    setenv("SCHEMAC_SHADOW", "auto", 1);
    execl(SCHEMAC_PROGRAM, "schemac", "verify", static_cast<char*>(nullptr));
    _exit(127);
  }
  REQUIRE(wait_for([&] {
    const auto keepers = children_of(running.program);
    if (keepers.empty()) return false;
    running.keeper = keepers[0];
    const auto servers = children_of(running.keeper);
    if (servers.empty()) return false;
    running.server = servers[0];
    return children_of(running.server).size() > 3;  // its own processes, and ours
  }));
  return running;
}

}  // namespace

TEST_CASE("generate proves, and the evidence stands in the files") {
  const Project project;
  const Ran ran = project.generate();
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.out, Contains("Proven on PostgreSQL "));
  CHECK_THAT(project.read(kUp), Contains("-- Proven on PostgreSQL "));
  const auto proof = nlohmann::json::parse(project.read(kJson))["proof"];
  CHECK(proof["proven"] == true);
  CHECK(proof["time"] == "2025-02-24T12:00:00Z");
  CHECK(proof["from"] != proof["to"]);
  CHECK(codes(project.run_json({"check"}, 0)).empty());
  // The time of a proof is none of the sum's business.
  std::string json = project.read(kJson);
  const std::size_t at = json.find("2025-02-24T12");
  project.write(kJson, json.replace(at, 4, "2031"));
  CHECK(project.run({"check"}).status == 0);
}

TEST_CASE("a revision without a proof is marked, and check says so") {
  const Project project;
  REQUIRE(project.generate({"--no-prove"}).status == 0);
  CHECK_THAT(project.read(kUp), Contains("-- Not proven: --no-prove.\n"));
  CHECK(codes(project.run_json({"check"}, 2)) == std::vector<std::string>{"proof-skipped"});
  project.write("schemac.toml", "allow = [\"proof-skipped\"]\n");
  CHECK(codes(project.run_json({"check"}, 0)).empty());
  project.write("schemac.toml", "");
  const Ran ran = project.run({"verify", "@head", "--record"});
  INFO(ran.err);
  CHECK(ran.status == 0);
  CHECK(codes(project.run_json({"check"}, 0)).empty());
  CHECK_THAT(project.read(kUp), Contains("\n-- Proven on PostgreSQL ") && !Contains("Not proven"));
  // A header that somebody shortened gets the line anew.
  project.write(kUp, "-- mine\n" + project.read(kUp).substr(project.read(kUp).find("BEGIN;")));
  CHECK(project.run({"verify", "@head", "--record"}).status == 0);
  CHECK_THAT(project.read(kUp), Contains("-- Proven on PostgreSQL "));
  CHECK(codes(project.run_json({"check"}, 0)).empty());
}

TEST_CASE("a hazard is told at its line below the proof") {
  const Project project;
  REQUIRE(project.generate().status == 0);
  project.write("schema/a.schema", "");
  const auto document = project.run_json({"generate", "second"}, 0);
  REQUIRE(codes(document) == std::vector<std::string>{"DS102"});
  const auto checked = project.run_json({"check"}, 2);
  REQUIRE(codes(checked) == std::vector<std::string>{"DS102"});
  CHECK(document["findings"][0]["line"] == checked["findings"][0]["line"]);
}

TEST_CASE("where there is no server, files are written and marked") {
  const Project project;
  REQUIRE(project.generate({"--shadow", "none"}).status == 0);
  CHECK_THAT(project.read(kUp), Contains("-- Not proven: throwaway databases are ruled out"));
  CHECK(codes(project.run_json({"check"}, 0)) == std::vector<std::string>{"not-proven"});
}

TEST_CASE("a proof that fails names object and difference, and nothing is written") {
  Project project;
  // Files that do something besides the plan.
  fs::copy(SCHEMAC_SOURCE_DIR "/templates", project.path("templates"), fs::copy_options::recursive);
  const std::string broken = "templates/native/up.sql.mustache";
  project.write(broken, project.read(broken) + "ALTER TABLE public.t ADD COLUMN secret int;\n");
  project.environment["SCHEMAC_TEMPLATES"] = project.path("templates");
  const auto document = project.run_json({"generate", "first"}, 1);
  const auto& finding = document["findings"][0];
  CHECK(finding["code"] == "proof-failed");
  CHECK(finding["object"] == "column public.t.secret");
  CHECK_THAT(finding["message"].get<std::string>(), Contains("after up.sql"));
  CHECK(document["result"]["written"] == false);
  CHECK(project.revisions().empty());
  CHECK(project.read("migrations/schemac.sum") == "schemac.sum 1\n");
}

TEST_CASE("a server that fails in the middle of a proof is said, and nothing is written") {
  Project project;
  fs::copy(SCHEMAC_SOURCE_DIR "/templates", project.path("templates"), fs::copy_options::recursive);
  const std::string broken = "templates/native/down.sql.mustache";
  project.write(broken, project.read(broken) +
                            "DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on "
                            "device' USING ERRCODE = 'disk_full'; END $$;\n");
  project.environment["SCHEMAC_TEMPLATES"] = project.path("templates");
  const auto full = project.run_json({"generate", "first"}, 1);
  REQUIRE(full["findings"].size() == 1);
  CHECK(full["findings"][0]["code"] == "database");
  CHECK_THAT(full["findings"][0]["message"].get<std::string>(), Contains("No space left"));
  // One that is not there at all, or goes away.
  const std::string refused = "postgres://app:s3cr3t@localhost:1/shop";
  const auto gone = project.run_json({"generate", "first", "--shadow", refused}, 1);
  CHECK_THAT(gone["findings"][0]["message"].get<std::string>(),
             Contains("cannot connect to postgres://app@localhost:1/shop: ") &&
                 Contains("Connection refused"));
  CHECK_THAT(gone.dump(), !Contains("s3cr3t"));
  CHECK(project.revisions().empty());
  CHECK(project.read("migrations/schemac.sum") == "schemac.sum 1\n");
}

TEST_CASE("verify finds an edit that breaks a promise, with its place") {
  const Project project;
  REQUIRE(project.generate().status == 0);
  project.write(kUp, project.read(kUp) + "ALTER TABLE public.t ADD COLUMN secret int;\n");
  const auto broken = project.run_json({"verify"}, 2);
  CHECK(broken["findings"][0]["code"] == "proof-failed");
  CHECK(broken["findings"][0]["object"] == "column public.t.secret");
  CHECK(broken["findings"][0]["file"] == kUp);
  project.write(kUp, project.read(kUp) + "SELECT nonsense;\n");
  const auto failing = project.run_json({"verify", "first"}, 2);
  CHECK(failing["findings"][0]["line"].get<int>() > 10);
  CHECK_THAT(failing["findings"][0]["message"].get<std::string>(), Contains("nonsense"));
}

TEST_CASE("a statement that was written by hand is proven on all tables") {
  const Project project;
  project.write("schema/a.schema",
                "table t {\n  id int primary key;\n}\ntable other {\n  id int primary key;\n}\n");
  REQUIRE(project.generate().status == 0);
  project.write("schema/a.schema",
                "table t {\n  id   int primary key;\n  note text?;\n}\n"
                "table other {\n  id int primary key;\n}\n");
  REQUIRE(project.run({"generate", "second"}).status == 0);
  const std::string up = "migrations/20250224120001_second/up.sql";
  project.write(up, project.read(up) + "DELETE FROM public.other;\n");
  const auto document = project.run_json({"verify", "@head"}, 2);
  CHECK(document["findings"][0]["object"] == "table public.other");
}

TEST_CASE("an edit outdates the proof until it is proven again") {
  const Project project;
  REQUIRE(project.generate().status == 0);
  project.write(kUp, project.read(kUp) + "SELECT 1;\n");
  REQUIRE(project.run({"rehash"}).status == 0);
  CHECK(codes(project.run_json({"check"}, 2)) == std::vector<std::string>{"proof-outdated"});
  CHECK(project.run({"verify", "--record"}).status == 0);
  CHECK(codes(project.run_json({"check"}, 0)).empty());
}

TEST_CASE("verify proves the whole history, one revision on top of the other") {
  const Project project;
  REQUIRE(project.generate().status == 0);
  project.write("schema/a.schema",
                "table u was t {\n  id   bigint primary key;\n  note text?;\n}\n");
  REQUIRE(project.run({"generate", "second"}).status == 0);
  const auto document = project.run_json({"verify"}, 0);
  REQUIRE(document["result"]["revisions"].size() == 2);
  CHECK(document["result"]["revisions"][1]["proof"]["rows_up"] == 3);
}

TEST_CASE("a run that is killed in the middle of a proof leaves no server and no folder behind") {
  // The keeper tidies up; where it was killed as well, the next run does.
  const bool keeper_too = GENERATE(false, true);
  const Project project;
  REQUIRE(project.generate().status == 0);
  const std::string proven = project.read(kUp);
  project.write(kUp, "SELECT pg_sleep(600);\n");
  const Running running = start_verify(project);
  const fs::path folder = folder_of(running.server);
  REQUIRE(fs::exists(folder / "data"));
  if (keeper_too) kill(running.keeper, SIGKILL);
  kill(running.program, SIGKILL);
  waitpid(running.program, nullptr, 0);
  CHECK(wait_for([&] { return is_gone(running.server) && is_gone(running.keeper); }));
  if (keeper_too) {
    // Any run on this machine tidies up, so that one beside this test may have been quicker.
    project.write(kUp, proven);
    CHECK(project.run({"verify"}).status == 0);
  }
  CHECK(wait_for([&] { return !fs::exists(folder); }));
}

TEST_CASE("a server that cannot be started is an error, and nothing is written") {
  const Project project;
  REQUIRE(project.run({"diff", "empty", "schema"}).status == 0);  // its first data folder is made
  const std::string command = "cd " + project.path("") +
                              " && ulimit -f 40 && SCHEMAC_SHADOW=auto " + SCHEMAC_PROGRAM +
                              " generate first 2>err.txt";
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 1);
  CHECK_THAT(project.read("err.txt"),
             Contains("cannot make the data folder of a throwaway server in") &&
                 Contains("MB are left there"));
  CHECK(project.revisions().empty());
}
