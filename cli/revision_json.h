#pragma once
// revision.json, and the same form of plans wherever one is shown as data.

#include <functional>
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

class JsonValue;

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

// Throws JsonError.
RevisionDocument revision_from_json(std::string_view text);

// The text of a revision of which only what is short has been read. The entries of its long lists
// are read when they are asked for, one after the other, since the tree of a whole large document
// would need many times its size. All functions throw JsonError.
class RevisionText {
 public:
  // An entry's place in the text.
  struct Entry {
    std::size_t offset = 0;
    std::size_t length = 0;
  };

  // `text` must outlive this.
  explicit RevisionText(std::string_view text);

  // Everything but `delta`, and the statements of `up` and `down`.
  const RevisionDocument& head() const { return head_; }
  void each_delta(const std::function<void(Delta)>& visit) const;
  // The same as it stands there.
  using Visit = std::function<void(const Entry&, const JsonValue&)>;
  void each_delta_entry(const Visit& visit) const;
  PlanFacts up() const { return facts(head_.up, up_); }
  PlanFacts down() const { return facts(head_.down, down_); }

 private:
  PlanFacts facts(PlanFacts facts, const std::vector<Entry>& statements) const;

  std::string_view text_;
  RevisionDocument head_;
  std::vector<Entry> delta_, up_, down_;
};

// An entry of a delta. Throws JsonError.
Delta delta_from_json(const JsonValue& json);

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
