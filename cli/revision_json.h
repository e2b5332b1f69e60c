#pragma once
// revision.json, and the same form of plans wherever one is shown as data.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/catalog.h"
#include "compiler/plan/plan.h"
#include "proof/evidence.h"
#include "proof/intents.h"

namespace schemac {

// What a statement does to the database, without the statement itself. `sql` is the digest of its
// tokens, which finds it in the file wherever it has moved.
struct StatementFacts {
  std::string sql;
  Step step;
  std::vector<std::string> hazards;  // codes
};

struct PlanFacts {
  std::vector<StatementFacts> statements;
  std::vector<ObjectId> lost;
};

// One object before and after; empty ids where it does not exist then.
struct Delta {
  Object before, after;
};

struct RevisionDocument {
  std::string id;
  std::string name;
  std::string tool;
  std::vector<std::string> parents;
  bool baseline = false;
  int server = 0;  // major version of the server that was asked; 0: none was
  Intents intents;
  std::optional<Evidence> proof;  // of a baseline, which describes what is there, there is none
  std::vector<Delta> delta;
  PlanFacts up, down;
};

std::string revision_to_json(const RevisionDocument& document);

// Throws JsonError, and nlohmann's parse_error where the text is no JSON.
RevisionDocument revision_from_json(std::string_view text);

// What changed between two catalogs, for a revision: in id order. An object whose texts a server
// has seen since counts as changed.
std::vector<Delta> delta_of(const Catalog& before, const Catalog& after);

// The facts of a plan, its hazards among them.
PlanFacts facts_of(const Plan& plan, const Dialect& dialect);

// What a proof left behind, as data.
nlohmann::ordered_json evidence_to_json(const Evidence& evidence);

// A statement's facts as data.
nlohmann::ordered_json step_to_json(const Step& step);

}  // namespace schemac
