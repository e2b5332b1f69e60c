#include "compiler/safety/hazards.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace schemac {
namespace {

using ObjectIds = std::unordered_set<ObjectId, ObjectIdHash>;

// What the changes of a plan say of its statements.
struct Around {
  ObjectIds coming, going;
  std::unordered_map<ObjectId, std::vector<const Change*>, ObjectIdHash> sets;
  // Keys of tables that get a policy, and of kind and path of what a right is taken from.
  std::unordered_set<std::string> with_policy, with_revoke;

  explicit Around(const Plan& plan) {
    for (const Change& change : plan.changes) {
      if (change.verb == Change::Verb::set) sets[change.id].push_back(&change);
      if (change.verb == Change::Verb::drop) going.insert(change.id);
      if (change.verb != Change::Verb::create) continue;
      coming.insert(change.id);
      const std::string_view kind = change.id.kind().name;
      if (kind == "policy") with_policy.insert(whole_of(change.id));
      if (kind == "revoke") with_revoke.insert(whole_of(change.id));
    }
  }

  static std::string whole_of(const ObjectId& id) {
    return id.key().substr(0, id.key().rfind('\0'));
  }
};

// The same once somebody asks: most large plans are about what nobody asks it of.
class LazyAround {
 public:
  explicit LazyAround(const Plan& plan) : plan_(plan) {}
  const Around& get() {
    if (!around_) around_.emplace(plan_);
    return *around_;
  }

 private:
  const Plan& plan_;
  std::optional<Around> around_;
};

// A statement with what its neighbours say of it.
struct Seen {
  LazyAround& neighbours;
  const Step& step;
  bool adds;  // the first of the statements that create its subject

  const Around& around() const { return neighbours.get(); }
  // Whether its subject was not in the model before, or is not in it any more.
  bool comes() const { return around().coming.contains(step.subject); }
  bool goes() const { return around().going.contains(step.subject); }

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
  // The same for any part: a name, a word of a field's vocabulary.
  bool holds(std::string_view text) const {
    bool found = false;
    action().head.each_part([&](Sql::Form, std::string_view part) { found |= part == text; });
    return found;
  }
  // Whether SQL of its author speaks of one of these, whatever the letters' case.
  bool quotes(std::initializer_list<std::string_view> words) const {
    bool found = false;
    const auto look = [&](Sql::Form form, std::string_view part) {
      if (form != Sql::Form::fragment) return;
      std::string text(part);
      for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      for (const std::string_view word : words) found |= text.find(word) != text.npos;
    };
    action().head.each_part(look);
    for (const Sql& element : action().elements) element.each_part(look);
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
// Without a value for each row, only a domain's conditions write the table anew.
bool gives_value(const Seen& s) {
  bool found = false;
  for (const Sql& element : s.action().elements)
    element.each_part([&](Sql::Form form, std::string_view text) {
      found |= form == Sql::Form::keywords && text.starts_with("DEFAULT ");
    });
  return found;
}
bool adds_rewriting(const Seen& s) {
  return rewrites(s) && s.says("ADD COLUMN") && !rewrites_identity(s) && !rewrites_generated(s);
}
bool narrows(const Seen& s) {
  return s.action().loss == Loss::rows;
}
// A rename that is not one of the model makes room for the new form.
bool moves_type_aside(const Seen& s) {
  return s.says("RENAME TO ") && !s.goes();
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

bool locks_writers(const Seen& s) {
  return locks(s, Lock::share_row_exclusive) && !locks(s, Lock::access_exclusive);
}
bool locks_all(const Seen& s) {
  return locks(s, Lock::access_exclusive);
}
// Tables, by a condition, each once.
template <class Test>
std::size_t tables(const Seen& s, Test test) {
  std::vector<ObjectId> found;
  for (const Touch& t : s.action().touches)
    if (t.relation.kind().holds_rows && test(t) &&
        std::find(found.begin(), found.end(), t.relation) == found.end())
      found.push_back(t.relation);
  return found.size();
}
// Of a table that is there: what the plan makes itself has no facts.
bool locks_other_side(const Seen& s) {
  return s.adds && !scans(s) && s.touches([&](const Touch& t) {
    return t.lock == Lock::share_row_exclusive && !(t.relation == s.step.subject);
  });
}
// Heirs and partitions are written anew along; the other side of a foreign key is locked alone.
bool changes_type_of_key(const Seen& s) {
  return rewrites_type(s) && tables(s, [](const Touch& t) {
                               return t.lock == Lock::access_exclusive && !t.rewrites;
                             }) > 0;
}
bool locks_below(const Seen& s) {
  return s.step.existing && !changes_type_of_key(s) &&
         tables(s, [](const Touch& t) { return t.lock >= Lock::share; }) > 1;
}
bool makes_partition(const Seen& s) {
  return s.says(" PARTITION OF ") && !s.says("ATTACH") && locks_all(s);
}
// A partition gives the table that it is one of free.
bool drops_partition(const Seen& s) {
  return s.goes() && destroys_rows(s) && !s.action().frees.empty();
}
// What its foreign keys refer to is locked along; a table that it is a partition of is a hazard of
// its own.
bool locks_referred(const Seen& s) {
  return s.goes() && s.says("DROP TABLE ") && s.action().frees.empty() &&
         s.touches([&](const Touch& t) {
           return t.lock == Lock::access_exclusive && t.relation != s.step.subject &&
                  t.relation.kind().holds_rows && !s.around().going.contains(t.relation);
         });
}
bool attaches_unproven(const Seen& s) {
  return s.says("ATTACH PARTITION") && scans(s);
}
// One that is made of partitions itself is read by these.
bool reads_default_partition(const Seen& s) {
  const auto reads = [&](bool own) {
    return s.touches(
        [&](const Touch& t) { return t.scans && (t.relation == s.step.subject) == own; });
  };
  return (makes_partition(s) || (s.says("ATTACH PARTITION") && reads(true))) && reads(false);
}
bool is_there(const Seen& s) {
  return s.step.existing;
}
bool binds_writers(const Seen& s) {
  return s.adds && s.step.existing && s.comes();
}
bool goes(const Seen& s) {
  return s.goes();
}
// Its name differs, or that of its element: modifiers alone are no news to clients, and neither is
// which of the texts it is.
bool shows_other_type(const Seen& s) {
  const auto is_text = [](const TypeRef& type) {
    return type.name.name.text == "text" || type.name.name.text == "character varying";
  };
  const auto changes = s.around().sets.find(s.step.subject);
  return changes_type(s) && changes != s.around().sets.end() &&
         std::any_of(changes->second.begin(), changes->second.end(), [&](const Change* change) {
           const TypeRef* was = change->before->type();
           const TypeRef* now = change->after->type();
           return was != nullptr && now != nullptr && !(was->name == now->name) &&
                  !(is_text(*was) && is_text(*now));
         });
}
bool stamps_rows(const Seen& s) {
  return s.adds && s.step.existing && !rewrites(s) && s.says("ADD COLUMN") &&
         s.quotes({"now()", "current_timestamp", "current_date", "current_user",
                   "transaction_timestamp()", "localtimestamp", "session_user"});
}
bool enables_without_policy(const Seen& s) {
  return s.says(" ENABLE ROW LEVEL SECURITY") &&
         !s.around().with_policy.contains(s.step.subject.key());
}
bool opens_rows(const Seen& s) {
  return s.step.existing &&
         (s.says(" DISABLE ROW LEVEL SECURITY") || s.says(" NO FORCE ROW LEVEL SECURITY"));
}
bool trusts_search_path(const Seen& s) {
  return s.says("SECURITY DEFINER") && !s.holds("search_path");
}
bool is_open_to_all(const Seen& s) {
  return s.adds && s.comes() &&
         !s.around().with_revoke.contains(std::string(s.kind()) + '\0' + s.step.subject.key());
}
bool grants_widely(const Seen& s) {
  return (s.says("PUBLIC") || s.says("WITH GRANT OPTION")) && s.comes();
}
bool deletes_along(const Seen& s) {
  return binds_writers(s) && s.says(" ON DELETE ") &&
         (s.holds("cascade") || s.holds("set null") || s.holds("set default"));
}

// Everything said of locks, rewrites and scans is about relations that the plan does not itself
// create: those have no facts.
constexpr std::string_view kLost = "IR101";
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
    {"RW101", Verb::create, "column",
     [](const Seen& s) { return adds_rewriting(s) && gives_value(s); }},
    {"RW104", Verb::create, "column",
     [](const Seen& s) { return adds_rewriting(s) && !gives_value(s); }},
    {"RW105", Verb::alter, "column", rewrites_type},
    {"RW105", Verb::create, "column", rewrites_type},
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
    {"LK108", Verb::drop, "table", locks_referred},
    {"LK121", Verb::alter, "sequence",
     [](const Seen& s) { return locks(s, Lock::share_row_exclusive); }},
    {"LK107", Verb::create, "foreign_key", locks_other_side},
    {"LK107", Verb::create, "table", locks_other_side},
    {"LK109", Verb::alter, "column", changes_type_of_key},
    {"LK113", Verb::create, "trigger", locks_writers},
    {"LK113", Verb::alter, "trigger", locks_writers},
    {"LK114", Verb::drop, "trigger", locks_all},
    {"LK114", Verb::rename, "trigger", locks_all},
    {"LK114", Verb::create, "rule", locks_all},
    {"LK114", Verb::drop, "rule", locks_all},
    {"LK114", Verb::rename, "rule", locks_all},
    {"LK115", Verb::create, "table", makes_partition},
    {"LK116", Verb::alter, "table", [](const Seen& s) { return s.says("DETACH PARTITION"); }},
    {"LK117", Verb::drop, "table", drops_partition},
    {"LK120", Verb::alter, "view", locks_all},
    {"LK120", Verb::drop, "view", goes},
    {"LK122", Verb::create, "policy", locks_all},
    {"LK122", Verb::alter, "policy", locks_all},
    {"LK122", Verb::drop, "policy", locks_all},
    {"LK122", Verb::rename, "policy", locks_all},
    {"LK122", Verb::create, "row_security", locks_all},
    {"LK122", Verb::alter, "row_security", locks_all},
    {"LK122", Verb::drop, "row_security", locks_all},
    {"LK126", Verb::create, "column", locks_below},
    {"LK126", Verb::alter, "column", locks_below},
    {"LK126", Verb::drop, "column", locks_below},
    {"LK126", Verb::rename, "column", locks_below},
    {"SC109", Verb::alter, "table", attaches_unproven},
    {"SC110", Verb::alter, "table", reads_default_partition},
    {"SC110", Verb::create, "table", reads_default_partition},
    {"BC101", Verb::rename, "table", always},
    {"BC101", Verb::rename, "view", always},
    {"BC101", Verb::rename, "materialized_view", always},
    {"BC102", Verb::rename, "column", always},
    {"BC104", Verb::alter, "column", shows_other_type},
    {"BC105", Verb::alter, "column",
     [](const Seen& s) { return is_there(s) && s.says("SET NOT NULL"); }},
    {"BC105", Verb::drop, "default", [](const Seen& s) { return is_there(s) && s.goes(); }},
    {"BC108", Verb::rename, "enum", always},
    {"BC108", Verb::rename, "domain", always},
    {"BC108", Verb::rename, "composite_type", always},
    {"BC108", Verb::rename, "attribute", always},
    {"BC108", Verb::alter, "enum", [](const Seen& s) { return s.says("RENAME VALUE"); }},
    {"BC109", Verb::rename, "primary_key", always},
    {"BC109", Verb::rename, "unique", always},
    {"BC109", Verb::rename, "check", always},
    {"BC109", Verb::rename, "foreign_key", always},
    {"BC109", Verb::rename, "exclusion", always},
    {"BC109", Verb::rename, "index", always},
    {"BC110", Verb::drop, "unique", goes},
    {"BC110", Verb::drop, "primary_key", goes},
    {"BC111", Verb::rename, "schema", always},
    {"BC112", Verb::alter, "column",
     [](const Seen& s) { return is_there(s) && !changes_type(s) && s.says("DROP NOT NULL"); }},
    {"BC117", Verb::alter, "column",
     [](const Seen& s) { return s.says("GENERATED ALWAYS") && !s.says("AS ("); }},
    {"BC118", Verb::create, "unique", binds_writers},
    {"BC118", Verb::create, "check", binds_writers},
    {"BC118", Verb::create, "foreign_key", binds_writers},
    {"BC118", Verb::create, "exclusion", binds_writers},
    {"DS113", Verb::alter, "sequence", [](const Seen& s) { return s.says("RESTART"); }},
    {"DS117", Verb::create, "foreign_key", deletes_along},
    {"DS118", Verb::drop, "publication", goes},
    {"DS118", Verb::drop, "publication_table", goes},
    {"DS118", Verb::drop, "subscription", goes},
    {"IR103", Verb::alter, "enum", [](const Seen& s) { return s.says("ADD VALUE"); }},
    {"SEC101", Verb::create, "grant", grants_widely},
    {"SEC102", Verb::create, "row_security", enables_without_policy},
    {"SEC102", Verb::alter, "row_security", enables_without_policy},
    {"SEC103", Verb::alter, "row_security", opens_rows},
    {"SEC103", Verb::drop, "row_security", goes},
    {"SEC103", Verb::drop, "policy", goes},
    {"SEC105", Verb::create, "function", trusts_search_path},
    {"SEC105", Verb::alter, "function", trusts_search_path},
    {"SEC105", Verb::create, "procedure", trusts_search_path},
    {"SEC107", Verb::create, "function", is_open_to_all},
    {"SEC107", Verb::create, "procedure", is_open_to_all},
    {"SEC109", Verb::create, "owner", is_there},
    {"SEC109", Verb::alter, "owner", always},
    {"SEC110", Verb::create, "extension", always},
    {"SEC110", Verb::alter, "extension", always},
    {"PF103", Verb::alter, "column", changes_type},
    {"PF110", Verb::alter, "table",
     [](const Seen& s) { return s.says("REPLICA IDENTITY") && s.holds("full"); }},
    {"PF114", Verb::create, "column", stamps_rows},
};

// The rows that can concern statements of a verb on a kind, found once for each.
class RowsOf {
 public:
  const std::vector<const Row*>& find(const KindInfo& kind, Verb verb) {
    const auto [at, first] = rows_.try_emplace({&kind, verb});
    if (first)
      for (const Row& row : kRows)
        if (row.verb == verb && (row.kind.empty() || row.kind == kind.name))
          at->second.push_back(&row);
    return at->second;
  }

 private:
  std::map<std::pair<const KindInfo*, Verb>, std::vector<const Row*>> rows_;
};

}  // namespace

std::vector<Finding> find_hazards(const Plan& plan) {
  std::vector<Finding> findings;
  LazyAround around(plan);
  RowsOf rows_of;
  ObjectIds created;
  for (const Segment& segment : plan.segments)
    for (const Step& step : segment.steps) {
      const auto& rows = rows_of.find(step.subject.kind(), step.verb);
      if (rows.empty() && step.action.loss != Loss::rows) continue;
      const bool adds = step.verb == Verb::create && created.insert(step.subject).second;
      const Seen statement{around, step, adds};
      const std::size_t before = findings.size();
      for (const Row* row : rows)
        if (row->applies(statement)) findings.push_back({hazard_of(row->code), &step});
      // What is lost is said by its own name, where it has one.
      const bool named = std::any_of(
          findings.begin() + static_cast<std::ptrdiff_t>(before), findings.end(),
          [](const Finding& finding) { return finding.hazard->code.starts_with("DS"); });
      if (destroys_rows(statement) && !named) findings.push_back({hazard_of(kLost), &step});
    }
  return findings;
}

std::vector<std::string_view> plan_hazards() {
  std::set<std::string_view> codes;
  for (const Row& row : kRows) codes.insert(row.code);
  codes.insert(kLost);
  return {codes.begin(), codes.end()};
}

bool found_in_plans(std::string_view code) {
  const std::vector<std::string_view> codes = plan_hazards();
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace schemac
