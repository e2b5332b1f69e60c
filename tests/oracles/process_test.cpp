#include "tests/harness/process.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>

using namespace schemac::test;
using namespace std::chrono_literals;

TEST_CASE("a program's output and status come back") {
  const Finished run = run_program({"sh", "-c", "echo out; echo err >&2; exit 3"});
  CHECK(run.status == 3);
  CHECK(run.output == "out\nerr\n");
  CHECK(run_program({"/does/not/exist"}).status == 127);
}

TEST_CASE("a program that does not end is ended") {
  const Finished run = run_program({"sleep", "60"}, 1s);
  CHECK(run.timed_out);
  CHECK(run.status == 128 + SIGKILL);
}

TEST_CASE("work in a process of its own returns its text, or how it died") {
  CHECK(run_guarded([] { return std::string("done"); }, 10s).output == "done");
  CHECK(run_guarded([] { return std::string(1 << 20, 'x'); }, 10s).output.size() == 1 << 20);
  const Finished thrown =
      run_guarded([]() -> std::string { throw std::runtime_error("no luck"); }, 10s);
  CHECK(thrown.status == 1);
  CHECK(thrown.output == "exception: no luck\n");
  const Finished crashed = run_guarded(
      []() -> std::string {
        fputs("the last words\n", stderr);
        abort();
      },
      10s);
  CHECK(crashed.status == 128 + SIGABRT);
  CHECK(crashed.output == "the last words\n");
}
