#include "tests/harness/slices.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cli/head_plan.h"
#include "cli/new_revision.h"
#include "compiler/print/print.h"
#include "tests/harness/text.h"

namespace schemac::test {
namespace fs = std::filesystem;
namespace {

// A folder for a project, in memory where that is possible.
class Folder {
 public:
  Folder() {
    std::string name = (fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path().string()) +
                       "/schemac-slices-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class Project {
 public:
  Project() : output_(Format::text, Color::never) {
    settings_.schema = folder_.path() + "/schema";
    settings_.migrations = folder_.path() + "/migrations";
    settings_.state = folder_.path() + "/state";
    settings_.shadow = "none";
    fs::create_directories(settings_.schema);
    fs::create_directories(settings_.migrations);
  }

  void write_schema(const Catalog& catalog) {
    fs::remove_all(settings_.schema);
    fs::create_directories(settings_.schema);
    for (const auto& [name, text] : print_files(catalog)) {
      const fs::path path = fs::path(settings_.schema) / name;
      fs::create_directories(path.parent_path());
      std::ofstream(path) << text;
    }
  }

  // Puts what was kept aside, and back.
  void forget() const { move(settings_.state, settings_.state + "-aside"); }
  void remember() const { move(settings_.state + "-aside", settings_.state); }

  // Plans a revision and returns its files, which are written if so wanted; none where there is
  // nothing to do or an error, which is then `error`.
  std::map<std::string, std::string> generate(const std::string& id, bool write) {
    Sink sink;
    const Session session{settings_, output_, sink, ""};
    HeadPlan comparison(session);
    Shadow shadow("none", output_);
    const std::optional<Planned> planned = comparison.plan(shadow, false);
    error.clear();
    sliced = comparison.sliced();
    for (const Diagnostic& diagnostic : sink.diagnostics()) error += render_text(diagnostic, false);
    if (!planned || planned->up.empty()) return {};
    NewRevision revision{id, id.substr(15), {}, false};
    if (!comparison.head().empty()) revision.parents.push_back(comparison.head());
    const RevisionParts parts = make_parts(revision, *planned);
    std::string json;
    write_json(revision, *planned, parts.facts, [&](std::string_view piece) { json += piece; });
    if (write) {
      const WrittenRevision written =
          write_revision(comparison.history(), revision, *planned, parts);
      comparison.remember(*planned, &written);
    }
    return {{"up.sql", parts.sql.get().up},
            {"down.sql", parts.sql.get().down},
            {"revision.json", json}};
  }

  std::string error;
  bool sliced = false;  // the last plan

 private:
  static void move(const std::string& from, const std::string& to) {
    fs::remove_all(to);
    if (fs::exists(from)) fs::rename(from, to);
  }

  Folder folder_;
  Settings settings_;
  Output output_;
};

}  // namespace

bool check_slices(const Pair& pair, Failures& failures) {
  constexpr const char *kFirst = "20200101000000_first", *kNext = "20200101000001_next";
  Project project;
  project.write_schema(pair.from);
  project.generate(kFirst, true);
  project.write_schema(pair.to);
  const auto part = project.generate(kNext, false);
  const bool sliced = project.sliced;
  std::string error = project.error;
  project.forget();
  const auto whole = project.generate(kNext, false);
  if (error != project.error)
    failures.push_back(
        {"slice", "a part has other findings than the whole:\n" + line_diff(project.error, error)});
  if (part.size() != whole.size()) {
    failures.push_back({"slice", std::string("nothing to do by ") +
                                     (part.empty() ? "a part" : "the whole") + " alone\n"});
    return sliced;
  }
  for (const auto& [name, text] : whole)
    if (part.at(name) != text)
      failures.push_back({"slice", name + " made from a part (+) is not the one made from the " +
                                       "whole (-):\n" + line_diff(text, part.at(name))});
  if (!sliced) return false;
  project.remember();
  project.generate(kNext, true);
  if (const auto again = project.generate("20200101000002_again", false); !again.empty())
    failures.push_back({"settled", "is not settled after a revision:\n" + again.at("up.sql")});
  return sliced;
}

}  // namespace schemac::test
