#include "compiler/safety/hazards.h"

#include <algorithm>
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

// Statements that belong together: what was done, and to what kind of object.
struct Row {
  Hazard hazard;
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
  return locks(s, Lock::access_exclusive);
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

constexpr Severity kError = Severity::error;
constexpr Severity kWarning = Severity::warning;
constexpr Severity kNote = Severity::note;

// Codes and severities are those of the catalogue of hazards in the docs. Everything said of locks,
// rewrites and scans is about relations that the plan does not itself create: those have no facts.
constexpr Row kRows[] = {
    {{"DS101", "drops a schema", kError, "drop it once nothing refers to it by name any more"},
     Verb::drop,
     "schema",
     always},
    {{"DS102", "drops a table and its rows", kError,
      "stop using it, keep its rows under another name first, drop it in a later release"},
     Verb::drop,
     "table",
     destroys_rows},
    {{"DS103", "drops a column and its values", kError,
      "stop using it first, drop it in a later release; `was` makes it a rename"},
     Verb::drop,
     "column",
     destroys_rows},
    {{"DS103", "drops a column and its values", kError,
      "stop using it first, drop it in a later release; `was` makes it a rename"},
     Verb::alter,
     "table",
     destroys_rows},
    {{"DS104", "drops an attribute and its values in every column of the type", kError,
      "stop using it first, drop it in a later release; `was` makes it a rename"},
     Verb::drop,
     "attribute",
     destroys_rows},
    {{"DS105", "drops an extension with all that it brought", kError,
      "make sure that nothing outside of the model uses it"},
     Verb::drop,
     "extension",
     always},
    {{"DS110", "changes a type so that values may not survive", kError,
      "look for values that do not fit first, or add a column of the new type and fill it"},
     Verb::alter,
     "column",
     narrows},
    {{"DS113", "drops a sequence and its count", kWarning,
      "make sure that nothing outside of the model draws from it"},
     Verb::drop,
     "sequence",
     always},
    {{"DS114", "makes a table unlogged: a crash empties it", kError,
      "keep what must survive in a logged table"},
     Verb::alter,
     "table",
     becomes_unlogged},
    {{"DS116", "replaces an enum because a value goes or moves", kError,
      "keep the value and forbid it by a check, or move its rows to another value first"},
     Verb::alter,
     "enum",
     moves_type_aside},
    {{"RW102", "adds an identity column: every row is written anew", kError,
      "add the column, give it a sequence and fill it in batches"},
     Verb::create,
     "column",
     rewrites_identity},
    {{"RW103", "adds a stored generated column: every row is written anew", kError,
      "add a plain column, keep it by a trigger and fill it in batches"},
     Verb::create,
     "column",
     rewrites_generated},
    {{"RW103", "adds a stored generated column: every row is written anew", kError,
      "add a plain column, keep it by a trigger and fill it in batches"},
     Verb::alter,
     "table",
     rewrites_generated},
    {{"RW101", "adds a column with a value for each row: every row is written anew", kError,
      "add the column without it, set the default, fill it in batches"},
     Verb::create,
     "column",
     rewrites_values},
    {{"RW105", "changes a type: every row is written anew", kError,
      "add a column of the new type, fill it in batches, then swap the names"},
     Verb::alter,
     "column",
     rewrites_type},
    {{"RW107", "writes the table anew to log it or not", kError,
      "copy the rows to a new table in batches"},
     Verb::alter,
     "table",
     changes_logging},
    {{"RW108", "copies the file to another tablespace while nobody can use it", kError,
      "do it in a quiet hour; an index can be rebuilt there concurrently"},
     Verb::alter,
     "",
     moves_file},
    {{"RW109", "writes the table anew for another access method", kError,
      "copy the rows to a new table in batches"},
     Verb::alter,
     "",
     changes_method},
    {{"RW111", "changes the expression of a stored column: every row is written anew", kError,
      "add a column with the new expression, then swap the names"},
     Verb::alter,
     "column",
     rewrites_expression},
    {{"DD101",
      "adds a column without a value for the rows that exist: it fails where there are any", kError,
      "give it a default or say `backfill (…)`"},
     Verb::create,
     "column",
     [](const Seen& s) { return adds_column_to_rows(s); }},
    {{"DD101",
      "adds a column without a value for the rows that exist: it fails where there are any", kError,
      "give it a default, or let it be null"},
     Verb::alter,
     "table",
     [](const Seen& s) { return s.says("ADD COLUMN") && scans(s); }},
    {{"SC101", "reads the whole table for NULLs while nobody can use it", kError,
      "validate a check that the column is not null first"},
     Verb::alter,
     "column",
     sets_not_null},
    {{"SC101", "reads the whole table for NULLs while nobody can use it", kError,
      "validate a check that the column is not null first"},
     Verb::create,
     "column",
     [](const Seen& s) { return !s.adds && sets_not_null(s); }},
    {{"SC102", "reads the whole table for rows that fail a check while nobody can use it", kError,
      "add it `not valid`, validate it in another transaction"},
     Verb::create,
     "check",
     [](const Seen& s) {
       return s.touches([](const Touch& t) { return t.scans && t.lock == Lock::access_exclusive; });
     }},
    {{"SC104", "reads both tables for orphans while writers wait", kError,
      "add it `not valid`, validate it in another transaction"},
     Verb::create,
     "foreign_key",
     scans},
    {{"SC106", "builds a unique index while nobody can use the table", kError,
      "build the unique index concurrently, then add the constraint with it"},
     Verb::create,
     "unique",
     scans},
    {{"SC106", "builds a unique index while nobody can use the table", kError,
      "build the unique index concurrently, then add the constraint with it"},
     Verb::create,
     "primary_key",
     scans},
    {{"SC108", "changes a type and builds indexes again while nobody can use the table", kError,
      "drop the indexes first and build them concurrently afterwards"},
     Verb::alter,
     "column",
     scans_for_type},
    {{"SC111", "reads every table with a column of the domain while writers wait", kError,
      "put the check on the columns instead"},
     Verb::create,
     "check",
     [](const Seen& s) {
       return s.touches([](const Touch& t) { return t.scans && t.lock == Lock::share; });
     }},
    {{"SC111", "reads every table with a column of the domain while writers wait", kError,
      "put the check on the columns instead"},
     Verb::alter,
     "domain",
     scans},
    {{"SC111", "reads every table with a column of the domain while writers wait", kError,
      "put the check on the columns instead"},
     Verb::alter,
     "check",
     scans},
    {{"SC117", "builds an exclusion constraint while nobody can use the table", kError,
      "do it in a quiet hour: no way builds one without the lock"},
     Verb::create,
     "exclusion",
     scans},
    {{"LK110", "builds an index while writers wait", kWarning, "build it concurrently"},
     Verb::create,
     "index",
     builds_index},
    {{"LK111", "drops an index while nobody can use the table", kWarning, "drop it concurrently"},
     Verb::drop,
     "index",
     blocks_index_users},
    {{"LK112", "builds an index again while writers wait", kError, "build it again concurrently"},
     Verb::alter,
     "index",
     rebuilds_index},
    {{"LK108", "drops a foreign key: both tables are locked for everybody", kWarning,
      "drop it in a transaction of its own, with a lock timeout"},
     Verb::drop,
     "foreign_key",
     [](const Seen& s) { return s.action().touches.size() > 1; }},
    {{"LK121", "changes a sequence: whoever draws from it waits for the commit", kNote,
      "keep the transaction short"},
     Verb::alter,
     "sequence",
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
          findings.push_back({&row.hazard, &step});
    }
  return findings;
}

const Hazard* hazard_of(std::string_view code) {
  for (const Row& row : kRows)
    if (row.hazard.code == code) return &row.hazard;
  return nullptr;
}

}  // namespace schemac
