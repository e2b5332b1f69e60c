#include "cli/revision_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "cli/revision_words.h"
#include "compiler/safety/hazards.h"
#include "runner/script.h"

namespace schemac {
namespace {

constexpr std::size_t kPieceBytes = 1 << 16;

template <std::size_t N, class E>
std::string_view word_of(const std::array<std::string_view, N>& words, E value) {
  return words[static_cast<std::size_t>(value)];
}

// The key of a member that has a line of its own.
void line_key(JsonWriter& json, std::size_t indent, std::string_view name) {
  json.line(indent);
  json.key(name);
}

void write_intents(JsonWriter& json, const Intents& intents) {
  json.begin_object();
  line_key(json, 4, "renames");
  json.array(intents.renames, [&](const Rename& rename) {
    json.begin_object();
    json.member("from", rename.from);
    json.member("to", rename.to);
    json.end_object();
  });
  line_key(json, 4, "labels");
  json.array(intents.labels, [&](const LabelRename& label) {
    json.begin_object();
    json.member("type", label.type);
    json.member("from", label.from);
    json.member("to", label.to);
    json.end_object();
  });
  line_key(json, 4, "converted");
  json.array(intents.converted, [&](const ObjectId& column) { write_json(json, column); });
  json.line(2);
  json.end_object();
}

void write_evidence(JsonWriter& json, const Evidence& evidence) {
  const auto member = [&](std::string_view name, const auto& value) {
    json.line(4);
    json.member(name, value);
  };
  json.begin_object();
  member("proven", evidence.proven);
  if (evidence.proven) {
    member("server", evidence.server);
    member("pg_dump", evidence.dumped);
    member("built", evidence.built);
    member("objects", evidence.objects);
    member("from", evidence.from);
    member("to", evidence.to);
    member("up_sql", evidence.up);
    member("down_sql", evidence.down);
    member("tables", evidence.tables);
    member("rows_up", evidence.rows_up);
    member("rows_down", evidence.rows_down);
    if (evidence.orders > 0) member("orders", evidence.orders);
    line_key(json, 4, "limits");
    json.texts(evidence.limits);
    member("time", evidence.time);
  } else {
    member("reason", evidence.reason);
    member("skipped", evidence.skipped);
  }
  json.line(2);
  json.end_object();
}

void write_state(JsonWriter& json, std::string_view name, const Object* object) {
  json.key(name);
  object == nullptr ? json.null() : write_json(json, *object);
}

// The object as a revision records it, but for what it depends on.
std::string record(Object object) {
  object.depends.clear();
  std::string text;
  JsonWriter json(text);
  write_json(json, object);
  return text;
}

}  // namespace

RevisionWriter::RevisionWriter(const RevisionHead& head, Take take)
    : take_(std::move(take)), json_(text_) {
  const auto member = [&](std::string_view name, const auto& value) {
    json_.line(2);
    json_.member(name, value);
  };
  json_.begin_object();
  member("revision", head.id);
  member("name", head.name);
  member("tool", head.tool);
  line_key(json_, 2, "parents");
  json_.texts(head.parents);
  const auto optional_texts = [&](std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    line_key(json_, 2, name);
    json_.texts(texts);
  };
  optional_texts("labels", head.ties.labels);
  optional_texts("depends_on", head.ties.depends_on);
  optional_texts("replaces", head.ties.replaces);
  member("baseline", head.baseline);
  member("server", head.server);
  if (!head.intents.empty()) {
    line_key(json_, 2, "intents");
    write_intents(json_, head.intents);
  }
  if (head.proof) {
    line_key(json_, 2, "proof");
    write_evidence(json_, *head.proof);
  }
  line_key(json_, 2, "delta");
  json_.begin_array();
  hand_over(0);
}

RevisionText::Entry RevisionWriter::add(const Object* before, const Object* after) {
  any_ = true;
  json_.line(4);
  json_.begin_object();
  const std::size_t begin = text_.size() - 1;
  write_state(json_, "before", before);
  write_state(json_, "after", after);
  json_.end_object();
  const RevisionText::Entry place{taken_ + begin, text_.size() - begin};
  hand_over(kPieceBytes);
  return place;
}

void RevisionWriter::finish(const PlanFacts& up, const PlanFacts& down) {
  end_list(any_, 2);
  write_facts("up", up);
  write_facts("down", down);
  json_.line(0);
  json_.end_object();
  text_ += '\n';
  hand_over(0);
}

template <class Items, class Write>
void RevisionWriter::write_list(std::string_view name, const Items& items, Write write) {
  line_key(json_, 4, name);
  json_.begin_array();
  for (const auto& item : items) {
    json_.line(6);
    write(item);
    hand_over(kPieceBytes);
  }
  end_list(!items.empty(), 4);
}

void RevisionWriter::write_facts(std::string_view name, const PlanFacts& facts) {
  line_key(json_, 2, name);
  json_.begin_object();
  write_list("lost", facts.lost, [&](const ObjectId& id) { write_json(json_, id); });
  write_list("statements", facts.statements, [&](const StatementFacts& statement) {
    json_.begin_object();
    json_.member("sql", statement.sql);
    write_step(json_, *statement.step);
    json_.key("hazards");
    json_.texts(statement.hazards);
    json_.end_object();
  });
  json_.line(2);
  json_.end_object();
}

void RevisionWriter::end_list(bool any, std::size_t indent) {
  if (any) json_.line(indent);
  json_.end_array();
}

void RevisionWriter::hand_over(std::size_t bytes_min) {
  if (text_.size() < bytes_min) return;
  take_(text_);
  taken_ += text_.size();
  text_.clear();
}

void each_change(const Catalog& before, const Catalog& after, const VisitChange& visit) {
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
  const auto same = [&](const Object& was, const Object& now) {
    if (was.depends != now.depends && (needs_more(was, now) || needs_more(now, was))) return false;
    // The recorded form is what counts: intents and places are no part of it.
    return (was.parent == now.parent && was.position == now.position && was.values == now.values) ||
           record(was) == record(now);
  };
  for (const Object& now : after.objects()) {
    const Object* was = before.find(now.id);
    if (was == nullptr || !same(*was, now)) visit(was, &now);
  }
  for (const Object& was : before.objects())
    if (!after.contains(was.id)) visit(&was, nullptr);
}

PlanFacts facts_of(const Plan& plan, const Dialect& dialect) {
  PlanFacts facts;
  facts.lost = plan.lost;
  std::unordered_map<const Step*, std::vector<std::string>> hazards;
  for (const Finding& finding : find_hazards(plan))
    hazards[finding.step].emplace_back(finding.hazard->code);
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps) {
      const auto found = hazards.find(&step);
      facts.statements.push_back(
          {script_digest(statement_text(step.action, dialect)), &step,
           found == hazards.end() ? std::vector<std::string>() : std::move(found->second)});
    }
  return facts;
}

void write_step(JsonWriter& json, const Step& step) {
  json.member("subject", step.subject);
  json.member("verb", word_of(kVerbWords, step.verb));
  json.member("existing", step.existing);
  json.member("transaction", word_of(kTxWords, step.action.tx));
  json.member("loss", word_of(kLossWords, step.action.loss));
  json.key("touches");
  json.array(step.action.touches, [&](const Touch& touch) {
    json.begin_object();
    json.member("relation", touch.relation);
    json.member("lock", to_string(touch.lock));
    json.member("rewrites", touch.rewrites);
    json.member("scans", touch.scans);
    json.end_object();
  });
  json.key("reasons");
  json.array(step.reasons, [&](const Reason& reason) {
    json.begin_object();
    json.member("object", reason.object);
    json.member("text", reason.text);
    json.end_object();
  });
}

nlohmann::ordered_json evidence_to_json(const Evidence& evidence) {
  std::string text;
  JsonWriter json(text);
  write_evidence(json, evidence);
  return nlohmann::ordered_json::parse(text);
}

}  // namespace schemac
