#include "tests/cases/run_case.h"

#include <algorithm>
#include <set>

#include "codegen/postgres/postgres.h"
#include "codegen/render.h"
#include "proof/dump.h"
#include "tests/cases/shape.h"
#include "tests/harness/slices.h"
#include "tests/harness/text.h"

namespace schemac::test {

namespace {

// What a machine without a server would plan for.
constexpr int kServerVersion = 15;

std::string diagnostics_text(const std::vector<const Sink*>& sinks) {
  std::string text;
  for (const Sink* sink : sinks)
    for (const Diagnostic& diagnostic : sink->diagnostics()) text += render_text(diagnostic, false);
  return text;
}

std::string without_final_newlines(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text.empty() ? text : text + "\n";
}

class CaseRun {
 public:
  CaseRun(CaseFile& file, const CaseOptions& options) : file_(file), options_(options) {}

  // Whether a server took part, and pg_dump with it.
  bool live() const { return live_; }
  bool dumped() const { return dumped_; }

  Failures run() {
    Sink from_sink, to_sink;
    Pair pair{compile(file_.side("from"), from_sink, version_),
              compile(file_.side("to"), to_sink, version_)};
    from_sink.sort();
    to_sink.sort();
    golden("diagnostics", diagnostics_text({&from_sink, &to_sink}));
    const bool errors = from_sink.has_errors() || to_sink.has_errors();
    if (errors != file_.expects_errors())
      fail("errors", errors ? "reports errors:\n" + diagnostics_text({&from_sink, &to_sink})
                            : "reports no error, but its name begins with fail_\n");
    if (errors) {
      golden("up.sql", "");
      golden("down.sql", "");
      return failures_;
    }
    check_catalog(pair.from, "from", failures_, file_.server());
    check_catalog(pair.to, "to", failures_, file_.server());
    check_plans(pair);
    check_slices(pair, failures_);
    if (options_.databases != nullptr) check_on_server(pair, *options_.databases);
    return failures_;
  }

 private:
  void fail(const std::string& oracle, const std::string& text) {
    failures_.push_back({oracle, text});
  }

  void golden(const std::string& section, const std::string& text) {
    const std::string actual = without_final_newlines(text);
    if (options_.update) return file_.set_golden(section, actual);
    const std::string expected = without_final_newlines(file_.text_of(section));
    if (const std::string diff = line_diff(expected, actual); !diff.empty())
      fail("golden", section + " differs from what was agreed (-), it is now (+):\n" + diff);
  }

  void check_plans(const Pair& pair) {
    const Plans plans = plan_both(pair, version_);
    for (const auto& [argument, plan] : {std::pair{"", &plans.up}, {"down", &plans.down}})
      if (const std::string broken = judge_shape(file_.text_of("shape", argument), *plan);
          !broken.empty())
        fail("shape", broken);
    std::string name = file_.name();
    const std::string revision = "20200101000000_" + name;
    std::replace(name.begin(), name.end(), '_', ' ');
    const auto files = render_files({.revision = revision,
                                     .name = name,
                                     .parents = "",
                                     .tool = "schemac",
                                     .proof = "",
                                     .up = &plans.up,
                                     .down = &plans.down,
                                     .dialect = &postgres::dialect()},
                                    "native");
    const bool nothing = plans.up.empty() && plans.down.empty();
    golden("up.sql", nothing ? "" : files.at("up.sql"));
    golden("down.sql", nothing ? "" : files.at("down.sql"));
  }

  // Whether servers of that version have all that the case is about.
  bool fits(int server_version) const {
    Sink sink;
    compile(file_.side("from"), sink, server_version);
    compile(file_.side("to"), sink, server_version);
    return server_version >= file_.server() && !sink.has_errors();
  }

  void check_on_server(const Pair& pair, EmptiedDatabases& databases) {
    const auto note = file_.live();
    if (note && note->what == "skip") return;
    LiveOptions live;
    live.rows = !note || note->what != "empty";
    live.rows_down = !note;
    live_ = fits(databases.server_version());
    if (!live_) return;
    // Without a pg_dump that talks to this server, the catalogs decide.
    dumped_ = live.dumps = has_dump(databases.server_version());
    if (!options_.own_server.empty())
      for (const Catalog* side : {&pair.from, &pair.to})
        postgres::make_roles(*side, options_.own_server);
    if (auto built = build_both(pair, databases, false, failures_))
      check_live(*built, databases, live, failures_);
  }

  CaseFile& file_;
  const CaseOptions& options_;
  const int version_ = file_.server() == 0 ? kServerVersion : file_.server();
  bool live_ = options_.databases != nullptr;
  bool dumped_ = live_;
  Failures failures_;
};

// The failures that nobody expects, and the expected ones that do not come.
std::string judge(const CaseFile& file, const Failures& failures, bool live, bool dumped) {
  static const std::set<std::string> live_oracles{
      "build",        "apply",     "catalog",   "dump",  "rows",          "down",
      "down-catalog", "down-dump", "down-rows", "again", "again-catalog", "again-rows"};
  std::string text;
  const auto pinned = file.expected_failures();
  for (const Failure& failure : failures)
    if (std::none_of(pinned.begin(), pinned.end(),
                     [&](const auto& pin) { return pin.what == failure.oracle; }))
      text += "[" + failure.oracle + "] " + failure.text;
  for (const auto& pin : pinned) {
    if (live_oracles.contains(pin.what) && !live) continue;
    if (pin.what.ends_with("dump") && !dumped) continue;
    if (std::none_of(failures.begin(), failures.end(),
                     [&](const Failure& failure) { return failure.oracle == pin.what; }))
      text += "[" + pin.what + "] is expected to fail (" + pin.why +
              ") and does not: take the section expect-failure out\n";
  }
  return text;
}

}  // namespace

std::string run_case(const std::string& path, const CaseOptions& options) try {
  const std::string text = read_text(path);
  CaseFile file(path, text);
  CaseRun run(file, options);
  const Failures failures = run.run();
  if (options.update && file.print() != text) write_text(path, file.print());
  const std::string wrong = judge(file, failures, run.live(), run.dumped());
  const bool too_new = options.databases != nullptr && !run.live();
  return wrong.empty() && too_new ? std::string(kTooNew) : wrong;
} catch (const CaseError& error) {
  return std::string(error.what()) + "\n";
}

}  // namespace schemac::test
