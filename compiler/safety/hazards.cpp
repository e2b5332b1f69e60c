#include "compiler/safety/hazards.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace schemac {
namespace {

// A statement with what its neighbours say of it.
struct Seen {
  const Step& step;
  bool adds;  // the first of the statements that create its subject
  bool goes;  // its subject is not in the model any more

  std::string_view kind() const { return step.subject.kind().name; }
  const Action& action() const { return step.action; }

  template <class Test>
  bool touches(Test test) const {
    return std::any_of(action().touches.begin(), action().touches.end(), test);
  }
  // Words of ours in the statement, never text of its author.
  bool says(std::string_view words) const {
    bool found = false;
    action().head.each_part([&](Sql::Form form, std::string_view text) {
      found |= form == Sql::Form::keywords && text.find(words) != std::string_view::npos;
    });
    return found;
  }
};

bool rewrites(const Seen& s) {
  return s.touches([](const Touch& t) { return t.rewrites && t.relation.kind().holds_rows; });
}

// Reads every row of a relation with rows while writers wait.
bool scans(const Seen& s) {
  return s.touches([](const Touch& t) { return t.scans && !t.rewrites && t.lock >= Lock::share; });
}

bool locks(const Seen& s, Lock lock) {
  return s.touches([&](const Touch& t) { return t.lock >= lock; });
}

bool destroys_rows(const Seen& s) {
  return s.action().loss == Loss::rows;
}

// A kind of statement that shows a hazard.
struct Row {
  std::string_view code;
  Verb verb;
  std::string_view kind;  // "" for all
  bool (*applies)(const Seen&);
};

bool always(const Seen&) {
  return true;
}
bool adds_column_to_rows(const Seen& s) {
  return s.adds && scans(s);
}
bool sets_not_null(const Seen& s) {
  return (s.says("SET NOT NULL") || s.says("ADD CONSTRAINT")) && scans(s);
}
bool rewrites_identity(const Seen& s) {
  return rewrites(s) && s.says("AS IDENTITY");
}
bool rewrites_generated(const Seen& s) {
  return rewrites(s) && s.says("GENERATED ALWAYS AS ");
}
bool rewrites_values(const Seen& s) {
  return rewrites(s) && !rewrites_identity(s) && !rewrites_generated(s);
}
bool narrows(const Seen& s) {
  return s.action().loss == Loss::rows;
}
// A rename that is not one of the model makes room for the new form.
bool moves_type_aside(const Seen& s) {
  return !s.goes && s.says("RENAME TO ");
}
bool builds_index(const Seen& s) {
  return scans(s);
}
bool blocks_index_users(const Seen& s) {
  return s.touches([](const Touch& t) {
    return t.lock >= Lock::access_exclusive && t.relation.kind().holds_rows;
  });
}
bool changes_type(const Seen& s) {
  return s.says(" TYPE ");
}
bool rewrites_type(const Seen& s) {
  return rewrites(s) && changes_type(s);
}
bool scans_for_type(const Seen& s) {
  return scans(s) && !rewrites(s) && changes_type(s);
}
bool rewrites_expression(const Seen& s) {
  return rewrites(s) && s.says("SET EXPRESSION");
}
bool changes_logging(const Seen& s) {
  return rewrites(s) && (s.says("SET LOGGED") || s.says("SET UNLOGGED"));
}
bool becomes_unlogged(const Seen& s) {
  return s.says("SET UNLOGGED");
}
bool moves_file(const Seen& s) {
  return s.touches([](const Touch& t) { return t.rewrites; }) && s.says("SET TABLESPACE");
}
bool changes_method(const Seen& s) {
  return rewrites(s) && s.says("SET ACCESS METHOD");
}
bool rebuilds_index(const Seen& s) {
  return s.says("REINDEX");
}

// Everything said of locks, rewrites and scans is about relations that the plan does not itself
// create: those have no facts.
constexpr Row kRows[] = {
    {"DS101", Verb::drop, "schema", always},
    {"DS102", Verb::drop, "table", destroys_rows},
    {"DS103", Verb::drop, "column", destroys_rows},
    {"DS103", Verb::alter, "table", destroys_rows},
    {"DS103", Verb::drop, "attribute", destroys_rows},
    {"DS105", Verb::drop, "extension", always},
    {"DS110", Verb::alter, "column", narrows},
    {"DS113", Verb::drop, "sequence", always},
    {"DS114", Verb::alter, "table", becomes_unlogged},
    {"DS116", Verb::alter, "enum", moves_type_aside},
    {"RW102", Verb::create, "column", rewrites_identity},
    {"RW103", Verb::create, "column", rewrites_generated},
    {"RW103", Verb::alter, "table", rewrites_generated},
    {"RW101", Verb::create, "column", rewrites_values},
    {"RW105", Verb::alter, "column", rewrites_type},
    {"RW107", Verb::alter, "table", changes_logging},
    {"RW108", Verb::alter, "", moves_file},
    {"RW109", Verb::alter, "", changes_method},
    {"RW111", Verb::alter, "column", rewrites_expression},
    {"DD101", Verb::create, "column", [](const Seen& s) { return adds_column_to_rows(s); }},
    {"DD101", Verb::alter, "table", [](const Seen& s) { return s.says("ADD COLUMN") && scans(s); }},
    {"SC101", Verb::alter, "column", sets_not_null},
    {"SC101", Verb::create, "column", [](const Seen& s) { return !s.adds && sets_not_null(s); }},
    {"SC102", Verb::create, "check",
     [](const Seen& s) {
       return s.touches([](const Touch& t) { return t.scans && t.lock == Lock::access_exclusive; });
     }},
    {"SC104", Verb::create, "foreign_key", scans},
    {"SC106", Verb::create, "unique", scans},
    {"SC106", Verb::create, "primary_key", scans},
    {"SC108", Verb::alter, "column", scans_for_type},
    {"SC111", Verb::create, "check",
     [](const Seen& s) {
       return s.touches([](const Touch& t) { return t.scans && t.lock == Lock::share; });
     }},
    {"SC111", Verb::alter, "domain", scans},
    {"SC111", Verb::alter, "check", scans},
    {"SC117", Verb::create, "exclusion", scans},
    {"LK110", Verb::create, "index", builds_index},
    {"LK111", Verb::drop, "index", blocks_index_users},
    {"LK112", Verb::alter, "index", rebuilds_index},
    {"LK108", Verb::drop, "foreign_key",
     [](const Seen& s) { return s.action().touches.size() > 1; }},
    {"LK121", Verb::alter, "sequence",
     [](const Seen& s) { return locks(s, Lock::share_row_exclusive); }},
};

}  // namespace

std::vector<Finding> find_hazards(const Plan& plan) {
  std::vector<Finding> findings;
  std::unordered_set<ObjectId, ObjectIdHash> created, dropped;
  for (const Change& change : plan.changes)
    if (change.verb == Change::Verb::drop) dropped.insert(change.id);
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps) {
      const bool adds = step.verb == Verb::create && created.insert(step.subject).second;
      const Seen statement{step, adds, dropped.contains(step.subject)};
      for (const Row& row : kRows)
        if (row.verb == step.verb && (row.kind.empty() || row.kind == statement.kind()) &&
            row.applies(statement))
          findings.push_back({hazard_of(row.code), &step});
    }
  return findings;
}

std::vector<std::string_view> plan_hazards() {
  std::set<std::string_view> codes;
  for (const Row& row : kRows) codes.insert(row.code);
  return {codes.begin(), codes.end()};
}

bool found_in_plans(std::string_view code) {
  return std::any_of(std::begin(kRows), std::end(kRows),
                     [&](const Row& row) { return row.code == code; });
}

}  // namespace schemac
