#pragma once
// A temporary folder, and the program run in it as a user would.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace schemac::test {

struct Ran {
  int status = 0;
  std::string out, err;
};

class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  std::string path(const std::string& name) const;
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const;

  // Runs schemac in `folder` of the workspace, without colours, database or settings of the
  // environment, at a fixed time.
  Ran run(const std::vector<std::string>& arguments, const std::string& folder = "") const;
  // The same with `--format json`; checks that what comes out is one document.
  nlohmann::json run_json(std::vector<std::string> arguments, int status) const;
  // The names of the revisions, in order.
  std::vector<std::string> revisions() const;

  // Further environment of run().
  std::map<std::string, std::string> environment;

 private:
  std::string root_;
};

}  // namespace schemac::test
