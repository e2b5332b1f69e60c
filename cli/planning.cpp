#include "cli/planning.h"

#include <algorithm>
#include <future>

#include "cli/acknowledgement.h"
#include "cli/canonical_texts.h"
#include "cli/placed_statements.h"
#include "cli/planning_diags.h"
#include "cli/revision_writer.h"
#include "codegen/postgres/not_null_names.h"
#include "codegen/postgres/postgres.h"
#include "compiler/diff/owners.h"
#include "compiler/safety/hazards.h"

namespace schemac {
namespace {

bool any_unproven(const Plan& plan) {
  return std::any_of(plan.changes.begin(), plan.changes.end(),
                     [](const Change& change) { return change.unproven; });
}

void plan_both(Planned& planned, const Target& target) {
  const std::vector<Rename> renames = find_renames(planned.from, planned.to);
  // Neither way looks at the other.
  std::future<Plan> down = std::async(std::launch::async, [&] {
    return make_plan(planned.to, planned.from, reversed(renames), target);
  });
  planned.up = make_plan(planned.from, planned.to, renames, target);
  planned.down = down.get();
}

// Canonical texts from the throwaway server, where there is one.
void make_canonical(Catalog& catalog, postgres::Throwaway* throwaway, Planned& planned) {
  if (throwaway == nullptr || catalog.empty()) return;
  catalog = canonical_catalog(catalog, *throwaway);
  planned.server = throwaway->server_version();
}

// The same beside a catalog that was recorded: a server is asked for what changed alone.
void make_canonical_beside(const Catalog& recorded, Catalog& declared, Shadow& shadow,
                           Planned& planned) {
  if (recorded.empty()) return make_canonical(declared, shadow.get(), planned);
  const Catalog asked = carry_canonical_texts(declared, recorded);
  postgres::Throwaway* throwaway = asked.empty() ? nullptr : shadow.get();
  if (throwaway == nullptr) return;
  try {
    const Catalog answered = canonical_catalog(asked, *throwaway);
    for (const Object& object : answered.objects()) declared.add(object);
    planned.server = throwaway->server_version();
  } catch (const DatabaseError&) {
    // A part may need more than its text tells, an operator for one; the whole has everything.
    make_canonical(declared, throwaway, planned);
  }
}

void make_declared_canonical(Catalog& catalog, SourceForm form, const Catalog& other,
                             SourceForm other_form, Shadow& shadow, Planned& planned) {
  if (form != SourceForm::declared) return;
  if (other_form == SourceForm::recorded)
    make_canonical_beside(other, catalog, shadow, planned);
  else
    make_canonical(catalog, shadow.get(), planned);
}

bool has_text(const Value& value) {
  return any_text(value, [](const SqlText&) { return true; });
}

// What a server prints may come out otherwise once it was read again: of `a IN ('x', 'y')` it
// prints a cast of the list, and of that casts of its items. Texts that differ go through a server
// once more; those that agree then are one, and `to` has it as `from` does. Returns whether there
// were such.
bool settle_texts(Planned& planned, Shadow& shadow) {
  std::vector<const Change*> doubtful;
  std::vector<ObjectId> ids;
  for (const Change& change : planned.up.changes) {
    if (change.verb != Change::Verb::set || !has_text(*change.before) || !has_text(*change.after))
      continue;
    doubtful.push_back(&change);
    ids.push_back(change.id);
  }
  postgres::Throwaway* throwaway = doubtful.empty() ? nullptr : shadow.get();
  if (throwaway == nullptr) return false;
  const Catalog from =
      apply_renames(planned.from, planned.to, find_renames(planned.from, planned.to)).catalog;
  bool any = false;
  try {
    const Catalog was = canonical_catalog(with_needs(from, ids), *throwaway);
    const Catalog now = canonical_catalog(with_needs(planned.to, ids), *throwaway);
    planned.server = throwaway->server_version();
    for (const Change* change : doubtful) {
      const auto value = [&](const Catalog& in) {
        return in.find(change->id)->values[change->field];
      };
      if (!same(change->id.kind().fields[change->field], value(was), value(now)).same) continue;
      planned.to.find(change->id)->values.set(change->field, value(from));
      any = true;
    }
  } catch (const DatabaseError&) {
    // A part that needs what is not managed cannot be built: its texts count as they stand.
    return false;
  }
  return any;
}

SourceSpan span_of(const std::shared_ptr<const SourceFile>& file,
                   const ScriptStatement& statement) {
  const std::size_t length = std::min(statement.text.find('\n'), statement.text.size());
  return {file, static_cast<std::uint32_t>(statement.begin),
          static_cast<std::uint32_t>(statement.begin + length)};
}

}  // namespace

postgres::Throwaway* Shadow::get() {
  if (opened_ || where_ == "none") return throwaway_.get();
  opened_ = true;
  try {
    throwaway_ = postgres::Throwaway::open(where_, version_);
  } catch (const postgres::NoServer& error) {
    reason_ = "no PostgreSQL server was found";
    output_.progress("note: SQL texts are compared as written: " + std::string(error.what()));
  }
  return throwaway_.get();
}

Planned plan_between(Source from, Source to, const Settings& settings, Shadow& shadow,
                     const postgres::Retention& retention) {
  Planned planned;
  planned.from = std::move(from.catalog);
  planned.to = std::move(to.catalog);
  // Servers of two versions print some texts differently: best is the one that printed the others.
  const int printed = std::max(planned.from.server_version, planned.to.server_version);
  shadow.prefer(printed > 0 ? printed : settings.server_version);
  make_declared_canonical(planned.from, from.form, planned.to, to.form, shadow, planned);
  make_declared_canonical(planned.to, to.form, planned.from, from.form, shadow, planned);
  if (from.form == SourceForm::declared)
    postgres::keep_retained(planned.to, planned.from, {}, retention);
  if (to.form == SourceForm::declared)
    planned.unretained = postgres::keep_retained(planned.from, planned.to, to.retained, retention);
  planned.retained = std::move(to.retained);
  settle_owners(planned.from, planned.to);
  settle_owners(planned.to, planned.from);
  postgres::settle_not_null_names(planned.from, planned.to);
  postgres::settle_not_null_names(planned.to, planned.from);
  const Target target = postgres::target(settings.server_version, settings.online);
  plan_both(planned, target);
  // A revision from a machine without a server knows only what was written.
  if (any_unproven(planned.up) && shadow.get() != nullptr) {
    if (from.form == SourceForm::recorded) make_canonical(planned.from, shadow.get(), planned);
    if (to.form == SourceForm::recorded) make_canonical(planned.to, shadow.get(), planned);
    plan_both(planned, target);
  }
  if (settle_texts(planned, shadow)) plan_both(planned, target);
  return planned;
}

void report_doubts(const Planned& planned, Sink& sink) {
  for (const postgres::Unretained& unretained : planned.unretained)
    sink.report(diags::unretained(to_string(unretained.asked.id), unretained.reason),
                unretained.asked.at)
        .about(to_string(unretained.asked.id));
  for (const Change& change : planned.up.changes) {
    if (!change.unproven) continue;
    const Object* object = planned.to.find(change.id);
    sink.report(diags::unproven(to_string(change.id), change.id.kind().fields[change.field].name),
                object == nullptr ? SourceSpan{} : object->declared_at)
        .about(to_string(change.id))
        .hint("with PostgreSQL's server installed here, or --shadow URL, the comparison is exact");
  }
}

void report_hazards(const PlanFacts& facts, const std::shared_ptr<const SourceFile>& file,
                    const HazardPolicy& policy, Severity mildest, bool listed, Sink& sink) {
  const auto concerns = [&](const std::string& code) {
    const Hazard* hazard = hazard_of(code);
    return hazard != nullptr && hazard->severity >= mildest;
  };
  // Most files hold no hazard and accept none, and some are large.
  const bool hazardous = std::any_of(
      facts.statements.begin(), facts.statements.end(), [&](const StatementFacts& statement) {
        return std::any_of(statement.hazards.begin(), statement.hazards.end(), concerns);
      });
  if (!hazardous && file->text().find(kAcknowledgement) == std::string_view::npos) return;
  const Script script = read_script(file->text());
  const std::vector<std::optional<std::size_t>> places = places_of(facts, script);
  std::set<std::string> used;
  for (std::size_t i = 0; i < facts.statements.size(); ++i) {
    const StatementFacts& statement = facts.statements[i];
    const bool placed = places[i].has_value();
    const std::size_t place = places[i].value_or(0);
    for (const std::string& code : statement.hazards) {
      if (placed && acknowledged(script, place, code)) {
        used.insert(code);
        continue;
      }
      const std::string object = to_string(statement.step->subject);
      if (!concerns(code) || policy.accepts(code, object)) continue;
      const Hazard* hazard = hazard_of(code);
      const Severity severity =
          listed ? std::min(hazard->severity, Severity::warning) : hazard->severity;
      sink.report({code, severity, object + ": " + std::string(hazard->title)},
                  placed ? span_of(file, script.statements[place]) : SourceSpan{file, 0, 0})
          .about(object)
          .hint(std::string(hazard->way_out) + "; to accept it, write above the statement: " +
                "-- schemac:allow " + code + " reason=\"…\"");
    }
  }
  // What only a look at the SQL can find, `lint` judges.
  report_acknowledgements(script, file, used, found_in_plans, sink);
}

nlohmann::ordered_json plan_to_json(const Plan& plan, const Dialect& dialect) {
  using Json = nlohmann::ordered_json;
  Json segments = Json::array();
  for (const Segment& segment : plan.segments) {
    Json statements = Json::array();
    for (const Step& step : segment.steps) {
      std::string text;
      JsonWriter json(text);
      json.begin_object();
      json.member("sql", statement_text(step.action, dialect));
      write_step(json, step);
      json.end_object();
      statements.push_back(Json::parse(text));
    }
    segments.push_back(
        {{"transactional", segment.transactional}, {"statements", std::move(statements)}});
  }
  Json lost = Json::array();
  for (const ObjectId& id : plan.lost) lost.push_back(to_string(id));
  return {{"segments", std::move(segments)}, {"lost", std::move(lost)}};
}

}  // namespace schemac
