// The command line itself: help, mistakes, settings, and how runs end.

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "tests/cli/workspace.h"

using Catch::Contains;
using Catch::StartsWith;
using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kCommands{"init",     "generate", "fmt",    "check",    "rehash",
                                         "diff",     "pull",     "apply",  "rollback", "status",
                                         "baseline", "backup",   "restore"};

// A schema that keeps generate busy for a while.
std::string many_tables(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += "table t" + std::to_string(i) +
            " {\n  id bigint identity primary key;\n  name text unique;\n  at timestamptz default "
            "now();\n}\n";
  return text;
}

// Starts `schemac generate` in the workspace, sends `number` after `delay`, and waits.
int generate_and_signal(const Workspace& space, int number, std::chrono::milliseconds delay) {
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(space.path("").c_str()) != 0 || freopen("/dev/null", "w", stderr) == nullptr ||
        freopen("/dev/null", "w", stdout) == nullptr)
      _exit(99);
    execl(SCHEMAC_PROGRAM, "schemac", "generate", "x", "--shadow", "none", nullptr);
    _exit(99);
  }
  std::this_thread::sleep_for(delay);
  kill(child, number);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("every command has help with an example, and the version is known") {
  const Workspace space;
  const Ran all = space.run({"--help"});
  CHECK(all.status == 0);
  for (const std::string& command : kCommands) {
    CHECK_THAT(all.out, Contains("\n  " + command));
    const Ran help = space.run({"help", command});
    CHECK(help.status == 0);
    CHECK_THAT(help.out, Contains("Example:") && Contains("schemac " + command));
    CHECK(space.run({command, "--help"}).out == help.out);
  }
  CHECK_THAT(space.run({"--version"}).out, StartsWith("schemac 0."));
}

TEST_CASE("mistakes on the command line are explained, with what was meant") {
  const Workspace space;
  const std::pair<std::vector<std::string>, std::string> mistakes[] = {
      {{"generat", "x"}, "did you mean `generate`?"},
      {{"help", "diffs"}, "unknown command `diffs`"},
      {{"diff", "a", "b", "--exitcode"}, "did you mean `--exit-code`?"},
      {{"check", "--shadw", "none"}, "did you mean `--shadow`?"},
      {{"status", "now"}, "unknown argument `now`"},
      {{"generate"}, "NAME"},
      {{}, "a command is missing"},
      {{"check", "--format", "xml"},
       "`--format` cannot be `xml`: it is text, json, github, gitlab, sarif or junit"},
      {{"check", "--server-version", "9"}, "`--server_version` cannot be `9`"},
      {{"apply", "--lock-timeout", "soon"}, "it is a time such as 500ms, 10s or 2min"},
      {{"rollback", "--steps", "0"}, "--steps"},
      {{"generate", "?!"}, "leaves nothing to name a revision by"},
      {{"status"}, "no database is given"},
      {{"pull", "mysql://h/d"}, "is not the URL of a database"},
      {{"diff", "mysql://h/d", "empty"}, "databases of `mysql` are not supported"},
  };
  for (const auto& [arguments, message] : mistakes) {
    const Ran ran = space.run(arguments);
    CAPTURE(arguments);
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, StartsWith("error: ") && Contains(message));
  }
}

TEST_CASE("schemac.toml: what is unknown or wrong is an error at its line") {
  const Workspace space;
  const std::tuple<const char*, int, const char*> broken[] = {
      {"schema = \"s\"\nmigratons = \"m\"\n", 2, "did you mean `migrations`?"},
      {"[database]\nurl = \"x\"\n", 1, "there is no setting `database`"},
      {"schema = 3.5\n", 1, "setting `schema` is a folder"},
      {"format = \"xml\"\n", 1, "it is text, json, github, gitlab, sarif or junit"},
      {"allow = \"DS103\"\n", 1, "a list of codes"},
      {"schema = \n", 1, "schemac.toml:"},
  };
  for (const auto& [text, line, message] : broken) {
    space.write("schemac.toml", text);
    const Ran ran = space.run({"check"});
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err,
               StartsWith("schemac.toml:" + std::to_string(line) + ":") && Contains(message));
  }
}

TEST_CASE("flags win over the environment, which wins over schemac.toml") {
  Workspace space;
  space.write("schemac.toml", "schema = \"from_file\"\n");
  const auto missing = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> arguments{"check"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const Ran ran = space.run(arguments);
    CHECK(ran.status == 1);
    return ran.err.substr(0, ran.err.find('\n'));
  };
  CHECK_THAT(missing({}), Contains("there is no `from_file`"));
  space.environment["SCHEMAC_SCHEMA"] = "from_environment";
  CHECK_THAT(missing({}), Contains("there is no `from_environment`"));
  CHECK_THAT(missing({"--schema", "from_flag"}), Contains("there is no `from_flag`"));
}

TEST_CASE("colours come when they are asked for") {
  const Workspace space;
  CHECK_THAT(space.run({"check"}).err, !Contains("\033["));
  CHECK_THAT(space.run({"check", "--color", "always"}).err, Contains("\033["));
}

TEST_CASE("a database that cannot be reached: no password in what is said") {
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  const std::string url = "postgres://me:geheim@localhost:1/shop?host=/nowhere";
  for (const std::vector<std::string>& command : {std::vector<std::string>{"pull", url},
                                                  {"apply", "--url", url},
                                                  {"status", "--url", url},
                                                  {"rollback", "--url", url},
                                                  {"diff", url, "empty"},
                                                  {"check", "--url", url}}) {
    const Ran ran = space.run(command);
    CAPTURE(command);
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, Contains("[database]") && Contains("/nowhere") && !Contains("geheim"));
    CHECK(ran.out == "");
  }
}

TEST_CASE("a permission that is missing names the path") {
  if (geteuid() == 0) return;  // root may do anything
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/a.schema", "table a { id int; }\n");
  fs::permissions(space.path("migrations"), fs::perms::owner_read | fs::perms::owner_exec);
  const Ran ran = space.run({"generate", "x"});
  fs::permissions(space.path("migrations"), fs::perms::owner_all);
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("migrations"));
}

TEST_CASE("a full disk: an error, and nothing new") {
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/many.schema", many_tables(300));
  const std::string command = "cd " + space.path("") + " && ulimit -f 40 && " + SCHEMAC_PROGRAM +
                              " generate x --shadow none 2>err.txt";
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 1);
  CHECK_THAT(space.read("err.txt"), Contains("cannot write") && Contains("File too large"));
  CHECK(space.revisions().empty());
  CHECK(space.run({"check"}).status == 2);  // the schema is ahead, the folder is sound
  CHECK(space.run({"generate", "x"}).status == 0);
}

TEST_CASE("stdout that cannot be written is an error") {
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  const std::string command =
      "cd " + space.path("") + " && " + SCHEMAC_PROGRAM + " diff empty schema >/dev/full 2>err.txt";
  CHECK(WEXITSTATUS(std::system(command.c_str())) == 1);
  CHECK_THAT(space.read("err.txt"), Contains("stdout"));
}

TEST_CASE("a run that is stopped leaves nothing or everything") {
  using namespace std::chrono_literals;
  const Workspace space;
  REQUIRE(space.run({"init"}).status == 0);
  space.write("schema/many.schema", many_tables(1500));
  for (const int number : {SIGINT, SIGKILL})
    for (const auto delay : {5ms, 60ms, 200ms, 400ms, 700ms, 1200ms}) {
      const int status = generate_and_signal(space, number, delay);
      CAPTURE(number, delay.count(), status);
      CHECK((status == 0 || status == (number == SIGINT ? 130 : 128 + SIGKILL)));
      const auto revisions = space.revisions();
      const Ran checked = space.run({"check"});
      const bool whole = checked.status == 0;
      const bool nothing = checked.status == 2 && revisions.size() <= 1;
      CHECK((whole || nothing));
      if (status == 0) CHECK(whole);
      fs::remove_all(space.path("migrations"));
      fs::create_directories(space.path("migrations"));
    }
}
