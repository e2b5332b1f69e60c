#include "tests/cases/shape.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "tests/harness/text.h"

namespace schemac::test {

namespace {

struct Event {
  std::string verb;
  std::string noun;
  std::string object;  // noun and path
  bool operator<(const Event& other) const {
    return std::tie(object, verb) < std::tie(other.object, other.verb);
  }
};

Event event(std::string verb, const ObjectId& id) {
  return {std::move(verb), std::string(id.kind().noun), to_string(id)};
}

std::set<Event> events_of(const Plan& plan) {
  std::set<Event> events;
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps)
      events.insert(event(std::string(to_string(step.verb)), step.subject));
  // What folds into the statement of its parent has no step of its own.
  for (const Change& change : plan.changes) {
    if (change.verb == Change::Verb::create) events.insert(event("create", change.id));
    if (change.verb == Change::Verb::drop) events.insert(event("drop", change.id));
    if (change.verb == Change::Verb::rename) events.insert(event("rename", change.id));
  }
  std::set<Event> replaced;
  for (const Event& one : events)
    if (one.verb == "drop" && events.contains({"create", one.noun, one.object}))
      replaced.insert({"replace", one.noun, one.object});
  events.insert(replaced.begin(), replaced.end());
  return events;
}

bool loses_rows(const Plan& plan) {
  if (!plan.lost.empty()) return true;
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps)
      if (step.action.loss == Loss::rows) return true;
  return false;
}

std::string without_public(const std::string& object) {
  const std::size_t at = object.find(" public.");
  return at == object.npos ? object : object.substr(0, at + 1) + object.substr(at + 8);
}

struct Demand {
  bool required = true;
  std::string verb;    // or `loss`
  std::string object;  // kind, maybe with a path
};

// False where the line is no demand.
bool read_demand(std::string_view line, Demand& demand) {
  const auto word = [&] {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    const std::string text(line.substr(begin, end - begin));
    line.remove_prefix(end);
    return text;
  };
  const std::string mode = word();
  demand.required = mode == "require";
  demand.verb = word();
  const std::size_t rest = std::min(line.find_first_not_of(' '), line.size());
  demand.object = line.substr(rest);
  while (demand.object.ends_with(' ')) demand.object.pop_back();
  if (mode != "require" && mode != "forbid") return false;
  if (demand.verb == "loss") return demand.object.empty();
  constexpr std::array verbs{"create", "drop", "alter", "rename", "replace"};
  if (std::find(verbs.begin(), verbs.end(), demand.verb) == verbs.end()) return false;
  const auto kinds = all_kinds();
  return std::any_of(kinds.begin(), kinds.end(), [&](const KindInfo* kind) {
    return demand.object == kind->noun || demand.object.starts_with(std::string(kind->noun) + " ");
  });
}

// Whether a demand speaks of an object: of just that one, of its kind, of comments on its kind.
bool names(const std::string& demand, const std::string& object) {
  return object == demand || object.starts_with(demand + " ");
}

bool holds(const Demand& demand, const std::set<Event>& events, const Plan& plan) {
  bool found = false;
  if (demand.verb == "loss")
    found = loses_rows(plan);
  else
    for (const Event& one : events)
      found =
          found || (one.verb == demand.verb && (names(demand.object, one.object) ||
                                                names(demand.object, without_public(one.object))));
  return found == demand.required;
}

}  // namespace

std::string shape_of(const Plan& plan) {
  std::string text;
  for (const Event& one : events_of(plan)) text += one.verb + " " + one.object + "\n";
  if (loses_rows(plan)) text += "loss\n";
  return text;
}

std::string judge_shape(std::string_view demands, const Plan& plan) {
  const std::set<Event> events = events_of(plan);
  std::string broken;
  for (const std::string_view line : lines_of(demands)) {
    if (line.empty() || line.starts_with('#')) continue;
    Demand demand;
    if (!read_demand(line, demand))
      (broken += "no demand on a shape: ") += std::string(line) + "\n";
    else if (!holds(demand, events, plan))
      (broken += "does not hold: ") += std::string(line) + "\n";
  }
  if (!broken.empty()) broken += "the plan:\n" + shape_of(plan);
  return broken;
}

}  // namespace schemac::test
