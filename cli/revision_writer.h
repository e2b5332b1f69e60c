#pragma once
// Writing revision.json, and the same form of plans wherever one is shown as data.

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "cli/revision_json.h"
#include "compiler/ir/json_writer.h"

namespace schemac {

// Writes the document entry by entry, in its order, so that it need not be in memory: all of the
// delta, then the facts. Its lists have one line an entry, so that version control shows what
// changed.
class RevisionWriter {
 public:
  // Takes the text piece by piece. The first piece holds all that stands before the delta.
  using Take = std::function<void(std::string_view)>;

  RevisionWriter(const RevisionHead& head, Take take);
  RevisionWriter(const RevisionWriter&) = delete;
  RevisionWriter& operator=(const RevisionWriter&) = delete;

  // One object before and after, nullptr where it does not exist then. Returns the entry's place.
  RevisionText::Entry add(const Object* before, const Object* after);
  void finish(const PlanFacts& up, const PlanFacts& down);

 private:
  template <class Items, class Write>
  void write_list(std::string_view name, const Items& items, Write write);
  void write_facts(std::string_view name, const PlanFacts& facts);
  void end_list(bool any, std::size_t indent);
  void hand_over(std::size_t bytes_min);

  Take take_;
  std::string text_;
  std::size_t taken_ = 0;
  bool any_ = false;  // an entry of the delta
  JsonWriter json_;
};

// What changed between two catalogs, for a revision: in id order. An object whose texts a server
// has seen since counts as changed.
using VisitChange = std::function<void(const Object* before, const Object* after)>;
void each_change(const Catalog& before, const Catalog& after, const VisitChange& visit);

// The facts of a plan, its hazards among them; good as long as the plan.
PlanFacts facts_of(const Plan& plan, const Dialect& dialect);

// A statement's facts: members of an object.
void write_step(JsonWriter& json, const Step& step);

// What a proof left behind, as data.
nlohmann::ordered_json evidence_to_json(const Evidence& evidence);

}  // namespace schemac
