#pragma once
// From two catalogs to the plans of both directions, and what a person should know of them.

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/output.h"
#include "cli/revision_json.h"
#include "cli/settings.h"
#include "cli/source.h"
#include "codegen/postgres/retained.h"
#include "compiler/plan/planner.h"
#include "introspect/postgres/throwaway.h"
#include "runner/script.h"

namespace schemac {

// Where declared texts learn their canonical form: opened on first use, and perhaps nowhere.
class Shadow {
 public:
  Shadow(std::string where, const Output& output) : where_(std::move(where)), output_(output) {}

  // The major version that a private server should have; without effect once there is one.
  void prefer(int version) { version_ = version; }
  // nullptr where throwaway databases are not wanted, or `auto` finds no server to start, which is
  // then said. Throws DatabaseError where a server fails.
  postgres::Throwaway* get();
  // Why get() gives nothing.
  const std::string& reason() const { return reason_; }

 private:
  std::string where_;
  std::string reason_ = "throwaway databases are ruled out (--shadow none)";
  const Output& output_;
  int version_ = 0;
  bool opened_ = false;
  std::unique_ptr<postgres::Throwaway> throwaway_;
};

struct Planned {
  Catalog from, to;
  Plan up, down;
  std::vector<Retained> retained;                // what the declared schema asks to keep
  std::vector<postgres::Unretained> unretained;  // what of that cannot be kept
  int server = 0;  // major version of the server that was asked for texts; 0: none was
};

// Plans both directions between two sources. Declared texts are made canonical where `shadow` can.
// What they ask to keep, and what is kept aside already, is added to what was declared.
Planned plan_between(Source from, Source to, const Settings& settings, Shadow& shadow,
                     const postgres::Retention& retention = {});

// Texts that differ although no server has seen both; what cannot be kept, which is an error.
void report_doubts(const Planned& planned, Sink& sink);

// The hazards of a plan, each at its statement in `file`, which holds the plan's SQL. Those that
// the file or the policy accepts, and those milder than `mildest`, are left out; what is `listed`
// only is no error. So are acknowledgements that are none, and those that nothing needs.
void report_hazards(const PlanFacts& facts, const std::shared_ptr<const SourceFile>& file,
                    const HazardPolicy& policy, Severity mildest, bool listed, Sink& sink);

// The plan as data: segments, statements, facts.
nlohmann::ordered_json plan_to_json(const Plan& plan, const Dialect& dialect);

}  // namespace schemac
