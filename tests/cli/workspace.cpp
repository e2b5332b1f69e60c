#include "tests/cli/workspace.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "proof/process.h"

namespace schemac::test {
namespace fs = std::filesystem;

Workspace::Workspace() {
  std::string name = (fs::temp_directory_path() / "schemac-cli-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  root_ = name;
}

Workspace::~Workspace() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

std::string Workspace::path(const std::string& name) const {
  return name.empty() ? root_ : root_ + "/" + name;
}

void Workspace::write(const std::string& name, const std::string& text) const {
  fs::create_directories(fs::path(path(name)).parent_path());
  std::ofstream(path(name), std::ios::binary) << text;
}

std::string Workspace::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool Workspace::has(const std::string& name) const {
  return fs::exists(path(name));
}

Ran Workspace::run(const std::vector<std::string>& arguments, const std::string& folder) const {
  std::vector<std::string> command{"env", "--chdir=" + path(folder)};
  for (const char* name : {"DATABASE_URL", "SCHEMAC_CONFIG", "SCHEMAC_FORMAT", "SCHEMAC_SCHEMA",
                           "SCHEMAC_MIGRATIONS", "SCHEMAC_TEMPLATES"})
    command.insert(command.end(), {"-u", name});
  command.insert(command.end(),
                 {"SOURCE_DATE_EPOCH=1740398400", "SCHEMAC_SHADOW=none", "NO_COLOR=1"});
  for (const auto& [name, value] : environment) command.push_back(name + "=" + value);
  command.push_back(SCHEMAC_PROGRAM);
  command.insert(command.end(), arguments.begin(), arguments.end());
  const ProcessResult result = run_process(command);
  return {result.exit_code, result.output, result.errors};
}

nlohmann::json Workspace::run_json(std::vector<std::string> arguments, int status) const {
  arguments.insert(arguments.end(), {"--format", "json"});
  const Ran ran = run(arguments);
  INFO(ran.out << ran.err);
  CHECK(ran.status == status);
  CHECK(ran.err == "");
  nlohmann::json document = nlohmann::json::parse(ran.out);
  CHECK(document["exit_code"] == status);
  CHECK(document["findings"].is_array());
  CHECK(document["result"].is_object());
  return document;
}

std::vector<std::string> Workspace::revisions() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path("migrations")))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace schemac::test
