#pragma once
// Reading revision.json.

#include <deque>
#include <functional>
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
  const Step* step;                  // of the plan, or of PlanFacts::steps
  std::vector<std::string> hazards;  // codes
};

struct PlanFacts {
  std::vector<StatementFacts> statements;
  std::vector<ObjectId> lost;
  std::deque<Step> steps;  // where there is no plan to point into

  PlanFacts() = default;
  PlanFacts(const PlanFacts&) = delete;
  PlanFacts& operator=(const PlanFacts&) = delete;
  PlanFacts(PlanFacts&&) = default;
  PlanFacts& operator=(PlanFacts&&) = default;
};

// One object before and after; empty ids where it does not exist then.
struct Delta {
  Object before, after;
};

// How a revision stands among the others, besides what it continues.
struct Ties {
  std::vector<std::string> labels;      // of the line that it begins
  std::vector<std::string> depends_on;  // revisions of other lines that must be there before it
  std::vector<std::string> replaces;    // revisions that it does the work of, the first one first

  template <class Archive>
  void serialize(Archive& archive) {
    archive(labels, depends_on, replaces);
  }
};

// What is short in a revision.json.
struct RevisionHead {
  std::string id;
  std::string name;
  std::string tool;
  std::vector<std::string> parents;
  // What few have, and what is left out of the text where it is empty.
  Ties ties;
  bool baseline = false;
  int server = 0;  // major version of the server that was asked; 0: none was
  Intents intents;
  std::optional<Evidence> proof;  // of a baseline, which describes what is there, there is none
};

// The text of a revision of which only what is short has been kept. The entries of its long lists
// are read from the file when they are asked for, one after the other, since a large document would
// take a lot of memory, and its tree many times that. All functions throw JsonError.
class RevisionText {
 public:
  // An entry's place in the text.
  struct Entry {
    std::size_t offset = 0;
    std::size_t length = 0;
  };

  explicit RevisionText(std::string path);

  const RevisionHead& head() const { return head_; }
  const std::vector<ObjectId>& lost_up() const { return lost_up_; }
  const std::vector<ObjectId>& lost_down() const { return lost_down_; }
  std::size_t delta_size() const { return delta_.size(); }
  void each_delta(const std::function<void(Delta)>& visit) const;
  // The same as it stands there.
  using Visit = std::function<void(const Entry&, const JsonValue&)>;
  void each_delta_entry(const Visit& visit) const;
  // All of the text by pieces. The first one holds all that stands before the delta.
  void each_piece(const std::function<void(std::string_view)>& take) const;
  PlanFacts up() const { return facts(lost_up_, up_); }
  PlanFacts down() const { return facts(lost_down_, down_); }

 private:
  PlanFacts facts(const std::vector<ObjectId>& lost, const std::vector<Entry>& statements) const;

  std::string path_;
  std::size_t size_ = 0;
  RevisionHead head_;
  std::vector<ObjectId> lost_up_, lost_down_;
  std::vector<Entry> delta_, up_, down_;
};

// An entry of a delta. Throws JsonError.
Delta delta_from_json(const JsonValue& json);

}  // namespace schemac
