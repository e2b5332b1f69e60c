#include "cli/revision_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "compiler/ir/json.h"
#include "compiler/safety/hazards.h"
#include "runner/script.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

// Words of the enumerations, in their order.
constexpr std::array<std::string_view, 3> kTxWords{"inside", "commit_after", "outside"};
constexpr std::array<std::string_view, 3> kLossWords{"nothing", "rebuildable", "rows"};
constexpr std::array<std::string_view, 4> kVerbWords{"create", "drop", "alter", "rename"};
constexpr int kLocks = static_cast<int>(Lock::access_exclusive) + 1;

template <class E, std::size_t N>
E from_word(const std::array<std::string_view, N>& words, const std::string& word) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<E>(i);
  throw JsonError{"", "unknown word `" + word + "`"};
}

template <std::size_t N, class E>
std::string_view word_of(const std::array<std::string_view, N>& words, E value) {
  return words[static_cast<std::size_t>(value)];
}

Lock lock_from_word(const std::string& word) {
  for (int i = 0; i < kLocks; ++i)
    if (to_string(static_cast<Lock>(i)) == word) return static_cast<Lock>(i);
  throw JsonError{"", "unknown lock `" + word + "`"};
}

// A member of `json`; an error that names it where it is missing or of another type.
const Json& child(const Json& json, const char* name) {
  const auto at = json.find(name);
  if (at == json.end()) throw JsonError{std::string("/") + name, "is missing"};
  return *at;
}
template <class T>
T member(const Json& json, const char* name) {
  try {
    return child(json, name).get<T>();
  } catch (const nlohmann::json::type_error&) {
    throw JsonError{std::string("/") + name, "has another type than expected"};
  }
}

Step step_from_json(const Json& json) {
  Step step;
  step.subject = id_from_json(child(json, "subject"));
  step.verb = from_word<Verb>(kVerbWords, member<std::string>(json, "verb"));
  step.existing = member<bool>(json, "existing");
  step.action.tx = from_word<Tx>(kTxWords, member<std::string>(json, "transaction"));
  step.action.loss = from_word<Loss>(kLossWords, member<std::string>(json, "loss"));
  for (const Json& touch : child(json, "touches"))
    step.action.touches.push_back({id_from_json(child(touch, "relation")),
                                   lock_from_word(member<std::string>(touch, "lock")),
                                   member<bool>(touch, "rewrites"), member<bool>(touch, "scans")});
  for (const Json& reason : child(json, "reasons"))
    step.reasons.push_back(
        {id_from_json(child(reason, "object")), member<std::string>(reason, "text"), {}});
  return step;
}

// The document's lists have one line an entry, so that version control shows what changed.
void write_list(std::string& out, const std::vector<Json>& entries, std::string_view indent) {
  out += "[";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out += std::string(indent) + "  " + entries[i].dump();
  }
  out += entries.empty() ? "]" : "\n" + std::string(indent) + "]";
}

void write_facts(std::string& out, const PlanFacts& facts) {
  std::vector<Json> lost, statements;
  for (const ObjectId& id : facts.lost) lost.push_back(to_json(id));
  for (const StatementFacts& statement : facts.statements) {
    Json json{{"sql", statement.sql}};
    json.update(step_to_json(statement.step));
    json["hazards"] = statement.hazards;
    statements.push_back(std::move(json));
  }
  out += "{\n    \"lost\": ";
  write_list(out, lost, "    ");
  out += ",\n    \"statements\": ";
  write_list(out, statements, "    ");
  out += "\n  }";
}

StatementFacts statement_from_json(const Json& json) {
  return {member<std::string>(json, "sql"), step_from_json(json),
          member<std::vector<std::string>>(json, "hazards")};
}

Delta delta_from_json(const Json& json) {
  Delta delta;
  if (const Json& before = child(json, "before"); !before.is_null())
    delta.before = object_from_json(before);
  if (const Json& after = child(json, "after"); !after.is_null())
    delta.after = object_from_json(after);
  return delta;
}

// Parses the text of a revision. The entries of its long lists are taken over as they are read,
// because the tree of a whole large document would need many times its size.
Json parse_revision(std::string_view text, RevisionDocument& document) {
  std::string key, inner_key;  // around what is read: of the document, and of a plan's facts
  const auto take = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::key) {
      if (depth == 1) key = parsed.get<std::string>();
      if (depth == 2) inner_key = parsed.get<std::string>();
    }
    if (event != Json::parse_event_t::object_end) return true;
    if (depth == 2 && key == "delta") {
      document.delta.push_back(delta_from_json(parsed));
      return false;
    }
    if (depth == 3 && inner_key == "statements" && (key == "up" || key == "down")) {
      auto& facts = key == "up" ? document.up : document.down;
      facts.statements.push_back(statement_from_json(parsed));
      return false;
    }
    return true;
  };
  return Json::parse(text, take);
}

// Of a list whose entries parse_revision takes nothing is left.
void expect_taken(const Json& json, const char* name) {
  const Json& left = child(json, name);
  if (!left.is_array() || !left.empty())
    throw JsonError{std::string("/") + name, "has another type than expected"};
}

void read_lost(const Json& json, PlanFacts& facts) {
  for (const Json& id : child(json, "lost")) facts.lost.push_back(id_from_json(id));
  expect_taken(json, "statements");
}

// Members of an object, one a line.
void write_members(std::string& out, const Json& object) {
  out += "{";
  for (const auto& [name, value] : object.items())
    out += (out.back() == '{' ? "\n    " : ",\n    ") + Json(name).dump() + ": " + value.dump();
  out += "\n  }";
}

Json intents_to_json(const Intents& intents) {
  Json renames = Json::array(), labels = Json::array(), converted = Json::array();
  for (const Rename& rename : intents.renames)
    renames.push_back({{"from", to_json(rename.from)}, {"to", to_json(rename.to)}});
  for (const LabelRename& label : intents.labels)
    labels.push_back({{"type", to_json(label.type)}, {"from", label.from}, {"to", label.to}});
  for (const ObjectId& column : intents.converted) converted.push_back(to_json(column));
  return {{"renames", std::move(renames)},
          {"labels", std::move(labels)},
          {"converted", std::move(converted)}};
}

Intents intents_from_json(const Json& json) {
  Intents intents;
  for (const Json& rename : child(json, "renames"))
    intents.renames.push_back(
        {id_from_json(child(rename, "from")), id_from_json(child(rename, "to"))});
  for (const Json& label : child(json, "labels"))
    intents.labels.push_back({id_from_json(child(label, "type")),
                              member<std::string>(label, "from"),
                              member<std::string>(label, "to")});
  for (const Json& column : child(json, "converted"))
    intents.converted.push_back(id_from_json(column));
  return intents;
}

Evidence evidence_from_json(const Json& json) {
  Evidence evidence;
  evidence.proven = member<bool>(json, "proven");
  if (!evidence.proven) {
    evidence.reason = member<std::string>(json, "reason");
    evidence.skipped = member<bool>(json, "skipped");
    return evidence;
  }
  evidence.server = member<std::string>(json, "server");
  evidence.dumped = member<bool>(json, "pg_dump");
  evidence.built = member<int>(json, "built");
  evidence.objects = member<int>(json, "objects");
  evidence.from = member<std::string>(json, "from");
  evidence.to = member<std::string>(json, "to");
  evidence.up = member<std::string>(json, "up_sql");
  evidence.down = member<std::string>(json, "down_sql");
  evidence.tables = member<int>(json, "tables");
  evidence.rows_up = member<int>(json, "rows_up");
  evidence.rows_down = member<int>(json, "rows_down");
  evidence.limits = member<std::vector<std::string>>(json, "limits");
  evidence.time = member<std::string>(json, "time");
  return evidence;
}

}  // namespace

Json evidence_to_json(const Evidence& evidence) {
  if (!evidence.proven)
    return {{"proven", false}, {"reason", evidence.reason}, {"skipped", evidence.skipped}};
  return {{"proven", true},
          {"server", evidence.server},
          {"pg_dump", evidence.dumped},
          {"built", evidence.built},
          {"objects", evidence.objects},
          {"from", evidence.from},
          {"to", evidence.to},
          {"up_sql", evidence.up},
          {"down_sql", evidence.down},
          {"tables", evidence.tables},
          {"rows_up", evidence.rows_up},
          {"rows_down", evidence.rows_down},
          {"limits", evidence.limits},
          {"time", evidence.time}};
}

Json step_to_json(const Step& step) {
  Json touches = Json::array();
  for (const Touch& touch : step.action.touches)
    touches.push_back({{"relation", to_json(touch.relation)},
                       {"lock", to_string(touch.lock)},
                       {"rewrites", touch.rewrites},
                       {"scans", touch.scans}});
  Json reasons = Json::array();
  for (const Reason& reason : step.reasons)
    reasons.push_back({{"object", to_json(reason.object)}, {"text", reason.text}});
  return {{"subject", to_json(step.subject)},
          {"verb", word_of(kVerbWords, step.verb)},
          {"existing", step.existing},
          {"transaction", word_of(kTxWords, step.action.tx)},
          {"loss", word_of(kLossWords, step.action.loss)},
          {"touches", std::move(touches)},
          {"reasons", std::move(reasons)}};
}

std::string revision_to_json(const RevisionDocument& document) {
  const auto text = [](const auto& value) { return Json(value).dump(); };
  std::string out =
      "{\n  \"revision\": " + text(document.id) + ",\n  \"name\": " + text(document.name) +
      ",\n  \"tool\": " + text(document.tool) + ",\n  \"parents\": " + text(document.parents) +
      ",\n  \"baseline\": " + text(document.baseline) + ",\n  \"server\": " + text(document.server);
  if (!document.intents.empty()) {
    out += ",\n  \"intents\": ";
    write_members(out, intents_to_json(document.intents));
  }
  if (document.proof) {
    out += ",\n  \"proof\": ";
    write_members(out, evidence_to_json(*document.proof));
  }
  out += ",\n  \"delta\": ";
  std::vector<Json> delta;
  for (const Delta& change : document.delta)
    delta.push_back({{"before", change.before.id.empty() ? Json(nullptr) : to_json(change.before)},
                     {"after", change.after.id.empty() ? Json(nullptr) : to_json(change.after)}});
  write_list(out, delta, "  ");
  out += ",\n  \"up\": ";
  write_facts(out, document.up);
  out += ",\n  \"down\": ";
  write_facts(out, document.down);
  return out + "\n}\n";
}

RevisionDocument revision_from_json(std::string_view text) {
  RevisionDocument document;
  const Json json = parse_revision(text, document);
  if (!json.is_object()) throw JsonError{"", "is no object"};
  document.id = member<std::string>(json, "revision");
  document.name = member<std::string>(json, "name");
  document.tool = member<std::string>(json, "tool");
  document.parents = member<std::vector<std::string>>(json, "parents");
  document.baseline = member<bool>(json, "baseline");
  document.server = member<int>(json, "server");
  if (json.contains("intents")) document.intents = intents_from_json(json["intents"]);
  if (json.contains("proof")) document.proof = evidence_from_json(json["proof"]);
  expect_taken(json, "delta");
  read_lost(child(json, "up"), document.up);
  read_lost(child(json, "down"), document.down);
  return document;
}

std::vector<Delta> delta_of(const Catalog& before, const Catalog& after) {
  std::vector<Delta> delta;
  for (const Object& now : after.objects()) {
    const Object* was = before.find(now.id);
    // The recorded form is what counts: intents and places are no part of it.
    if (was == nullptr)
      delta.push_back({{}, now});
    else if (to_json(*was) != to_json(now))
      delta.push_back({*was, now});
  }
  for (const Object& was : before.objects())
    if (!after.contains(was.id)) delta.push_back({was, {}});
  return delta;
}

PlanFacts facts_of(const Plan& plan, const Dialect& dialect) {
  PlanFacts facts;
  facts.lost = plan.lost;
  std::unordered_map<const Step*, std::vector<std::string>> hazards;
  for (const Finding& finding : find_hazards(plan))
    hazards[finding.step].emplace_back(finding.hazard->code);
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps)
      facts.statements.push_back(
          {script_digest(statement_text(step.action, dialect)), step, hazards[&step]});
  return facts;
}

}  // namespace schemac
