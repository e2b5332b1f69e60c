// The example project stays what it says it is.

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/cli/workspace.h"

using schemac::test::Ran;
using schemac::test::Workspace;
namespace fs = std::filesystem;

TEST_CASE("examples/shop: formatted, nothing to generate, nothing that check finds") {
  const Workspace space;
  fs::copy(SCHEMAC_SOURCE_DIR "/examples/shop", space.path(""),
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"fmt", "--check"},
                                                  {"check"},
                                                  {"diff", "@head", "schema", "--exit-code"}}) {
    const Ran ran = space.run(command);
    INFO(ran.out << ran.err);
    CHECK(ran.status == 0);
  }
  // With a server, too.
  const Ran ran = space.run({"check", "--shadow", "auto"});
  INFO(ran.out << ran.err);
  CHECK(ran.status == 0);
}
