#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "introspect/postgres/local_server.h"

namespace schemac::postgres {
namespace {

namespace fs = std::filesystem;

// A folder that looks as if servers of these versions were in it.
struct Servers {
  explicit Servers(std::initializer_list<const char*> versions) {
    std::string pattern = (fs::temp_directory_path() / "schemac-servers-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    for (const char* version : versions) {
      fs::create_directories(programs(version));
      for (const char* program : {"initdb", "postgres"}) {
        const fs::path path = programs(version) / program;
        std::ofstream(path) << "#!/bin/sh\n";
        fs::permissions(path, fs::perms::owner_all);
      }
    }
    setenv("SCHEMAC_SERVERS", ("/nowhere:" + folder.string()).c_str(), 1);
  }
  ~Servers() {
    if (former.empty())
      unsetenv("SCHEMAC_SERVERS");
    else
      setenv("SCHEMAC_SERVERS", former.c_str(), 1);
    fs::remove_all(folder);
  }
  Servers(const Servers&) = delete;
  Servers& operator=(const Servers&) = delete;

  fs::path programs(const std::string& version) const { return folder / version / "bin"; }

  fs::path folder;
  const std::string former =
      std::getenv("SCHEMAC_SERVERS") == nullptr ? "" : std::getenv("SCHEMAC_SERVERS");
};

TEST_CASE("a server of the version asked for is found, else the next newer one, else the newest") {
  const Servers servers{"101", "103"};
  CHECK(find_server_programs(101) == servers.programs("101"));
  CHECK(find_server_programs(102) == servers.programs("103"));
  CHECK(find_server_programs(104) == servers.programs("103"));
  CHECK(find_server_programs() == servers.programs("103"));
}

}  // namespace
}  // namespace schemac::postgres
