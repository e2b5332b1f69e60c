#include "cli/revision_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "compiler/ir/json.h"
#include "compiler/ir/json_value.h"
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

template <std::size_t N, class E>
std::string_view word_of(const std::array<std::string_view, N>& words, E value) {
  return words[static_cast<std::size_t>(value)];
}

template <class E, std::size_t N>
E from_word(const std::array<std::string_view, N>& words, const JsonValue& json) {
  const std::string word = json.text();
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<E>(i);
  json.fail("unknown word `" + word + "`");
}

Lock lock_from_json(const JsonValue& json) {
  const std::string word = json.text();
  for (int i = 0; i < kLocks; ++i)
    if (to_string(static_cast<Lock>(i)) == word) return static_cast<Lock>(i);
  json.fail("unknown lock `" + word + "`");
}

std::vector<std::string> texts_from_json(const JsonValue& json) {
  std::vector<std::string> texts;
  json.each_item([&](const JsonValue& item) { texts.push_back(item.text()); });
  return texts;
}

std::vector<ObjectId> ids_from_json(const JsonValue& json) {
  std::vector<ObjectId> ids;
  json.each_item([&](const JsonValue& item) { ids.push_back(id_from_json(item)); });
  return ids;
}

Step step_from_json(const JsonValue& json) {
  Step step;
  step.subject = id_from_json(json.member("subject"));
  step.verb = from_word<Verb>(kVerbWords, json.member("verb"));
  step.existing = json.member("existing").boolean();
  step.action.tx = from_word<Tx>(kTxWords, json.member("transaction"));
  step.action.loss = from_word<Loss>(kLossWords, json.member("loss"));
  json.member("touches").each_item([&](const JsonValue& touch) {
    step.action.touches.push_back(
        {id_from_json(touch.member("relation")), lock_from_json(touch.member("lock")),
         touch.member("rewrites").boolean(), touch.member("scans").boolean()});
  });
  json.member("reasons").each_item([&](const JsonValue& reason) {
    step.reasons.push_back(
        {id_from_json(reason.member("object")), reason.member("text").text(), {}});
  });
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

StatementFacts statement_from_json(const JsonValue& json) {
  return {json.member("sql").text(), step_from_json(json), texts_from_json(json.member("hazards"))};
}

// Finds the entries of the long lists in the text of a revision, by brackets and quotes alone, and
// leaves the text without them.
class Skimmer {
 public:
  using Entries = std::vector<RevisionText::Entry>;

  Skimmer(std::string_view text, Entries& delta, Entries& up, Entries& down)
      : text_(text), delta_(delta), up_(up), down_(down) {}

  // The text with a 0 for each entry.
  std::string skim() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        take_string();
        continue;
      }
      if (c == '{' && entries() != nullptr) {
        const std::size_t begin = at_;
        skip_brackets();
        entries()->push_back({begin, at_ - begin});
        rest_ += '0';
        continue;
      }
      if (c == '{' || c == '[') ++depth_;
      if (c == '}' || c == ']') --depth_;
      rest_ += c;
      ++at_;
    }
    return std::move(rest_);
  }

 private:
  // The list that we are in, if it is a long one.
  Entries* entries() const {
    if (depth_ == 2 && outer_ == "delta") return &delta_;
    if (depth_ != 3 || inner_ != "statements") return nullptr;
    return outer_ == "up" ? &up_ : outer_ == "down" ? &down_ : nullptr;
  }

  // Past a string. What it says counts where it may be a key.
  void take_string() {
    const std::size_t begin = at_;
    skip_string();
    const std::string_view string = text_.substr(begin, at_ - begin);
    rest_ += string;
    if (string.size() < 2 || (depth_ != 1 && depth_ != 2)) return;
    (depth_ == 1 ? outer_ : inner_) = string.substr(1, string.size() - 2);
  }

  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    at_ = std::min(at_ + 1, text_.size());
  }

  void skip_brackets() {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        skip_string();
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return;
    }
  }

  std::string_view text_;
  Entries &delta_, &up_, &down_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string_view outer_, inner_;  // the last string at depth 1, and 2
  std::string rest_;
};

// What the skimmer left of a list of objects.
void expect_objects(const JsonValue& list, std::size_t count) {
  list.each_item([](const JsonValue& entry) {
    if (entry.integer() != 0) entry.fail("an object is expected");
  });
  if (list.size() != count) list.fail("objects are expected");
}

// Reads entries of the text of a revision; an error says where the entry begins.
template <class Visit>
void each_entry(std::string_view text, const std::vector<RevisionText::Entry>& entries,
                Visit visit) {
  JsonReader reader;
  for (const RevisionText::Entry& entry : entries) {
    try {
      visit(entry, reader.read(text.substr(entry.offset, entry.length)));
    } catch (JsonError& error) {
      error.offset += entry.offset;
      throw;
    }
  }
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

Intents intents_from_json(const JsonValue& json) {
  Intents intents;
  json.member("renames").each_item([&](const JsonValue& rename) {
    intents.renames.push_back(
        {id_from_json(rename.member("from")), id_from_json(rename.member("to"))});
  });
  json.member("labels").each_item([&](const JsonValue& label) {
    intents.labels.push_back({id_from_json(label.member("type")), label.member("from").text(),
                              label.member("to").text()});
  });
  intents.converted = ids_from_json(json.member("converted"));
  return intents;
}

Evidence evidence_from_json(const JsonValue& json) {
  Evidence evidence;
  evidence.proven = json.member("proven").boolean();
  if (!evidence.proven) {
    evidence.reason = json.member("reason").text();
    evidence.skipped = json.member("skipped").boolean();
    return evidence;
  }
  evidence.server = json.member("server").text();
  evidence.dumped = json.member("pg_dump").boolean();
  evidence.built = json.member("built").small();
  evidence.objects = json.member("objects").small();
  evidence.from = json.member("from").text();
  evidence.to = json.member("to").text();
  evidence.up = json.member("up_sql").text();
  evidence.down = json.member("down_sql").text();
  evidence.tables = json.member("tables").small();
  evidence.rows_up = json.member("rows_up").small();
  evidence.rows_down = json.member("rows_down").small();
  evidence.limits = texts_from_json(json.member("limits"));
  evidence.time = json.member("time").text();
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

RevisionText::RevisionText(std::string_view text) : text_(text) {
  const std::string rest = Skimmer(text, delta_, up_, down_).skim();
  JsonReader reader;
  const JsonValue json = [&] {
    try {
      return reader.read(rest);
    } catch (JsonError& error) {
      // Nothing but the whole text has the place.
      reader.read(text);
      throw;
    }
  }();
  head_.id = json.member("revision").text();
  head_.name = json.member("name").text();
  head_.tool = json.member("tool").text();
  head_.parents = texts_from_json(json.member("parents"));
  head_.baseline = json.member("baseline").boolean();
  head_.server = json.member("server").small();
  if (json.has("intents")) head_.intents = intents_from_json(json.member("intents"));
  if (json.has("proof")) head_.proof = evidence_from_json(json.member("proof"));
  expect_objects(json.member("delta"), delta_.size());
  const JsonValue up = json.member("up"), down = json.member("down");
  head_.up.lost = ids_from_json(up.member("lost"));
  head_.down.lost = ids_from_json(down.member("lost"));
  expect_objects(up.member("statements"), up_.size());
  expect_objects(down.member("statements"), down_.size());
}

void RevisionText::each_delta(const std::function<void(Delta)>& visit) const {
  each_delta_entry([&](const Entry&, const JsonValue& json) { visit(delta_from_json(json)); });
}

void RevisionText::each_delta_entry(const Visit& visit) const {
  each_entry(text_, delta_, visit);
}

PlanFacts RevisionText::facts(PlanFacts facts, const std::vector<Entry>& statements) const {
  each_entry(text_, statements, [&](const Entry&, const JsonValue& json) {
    facts.statements.push_back(statement_from_json(json));
  });
  return facts;
}

RevisionDocument revision_from_json(std::string_view text) {
  const RevisionText revision(text);
  RevisionDocument document = revision.head();
  revision.each_delta([&](Delta delta) { document.delta.push_back(std::move(delta)); });
  document.up = revision.up();
  document.down = revision.down();
  return document;
}

Delta delta_from_json(const JsonValue& json) {
  Delta delta;
  if (const JsonValue before = json.member("before"); !before.is_null())
    delta.before = object_from_json(before);
  if (const JsonValue after = json.member("after"); !after.is_null())
    delta.after = object_from_json(after);
  return delta;
}

std::vector<Delta> delta_of(const Catalog& before, const Catalog& after) {
  // What is needed is told by texts in two ways, by a server and by us; both tell of what comes and
  // goes.
  const auto lasting = [&](const Edge& edge) {
    return before.contains(edge.target) == after.contains(edge.target);
  };
  const auto needs_more = [&](const Object& one, const Object& other) {
    return std::any_of(one.depends.begin(), one.depends.end(), [&](const Edge& edge) {
      return !lasting(edge) &&
             std::find(other.depends.begin(), other.depends.end(), edge) == other.depends.end();
    });
  };
  const auto record = [](Object object) {
    object.depends.clear();
    return to_json(object);
  };
  const auto same = [&](const Object& was, const Object& now) {
    if (was.depends != now.depends && (needs_more(was, now) || needs_more(now, was))) return false;
    // The recorded form is what counts: intents and places are no part of it.
    return (was.parent == now.parent && was.position == now.position && was.values == now.values) ||
           record(was) == record(now);
  };
  std::vector<Delta> delta;
  for (const Object& now : after.objects()) {
    const Object* was = before.find(now.id);
    if (was == nullptr)
      delta.push_back({{}, now});
    else if (!same(*was, now))
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
