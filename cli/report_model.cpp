#include "cli/report_model.h"

#include <algorithm>
#include <map>

#include "base/visible.h"
#include "cli/acknowledgement.h"
#include "cli/placed_statements.h"
#include "cli/proving.h"
#include "cli/revision_graph.h"
#include "codegen/render.h"

namespace schemac {
namespace {

// Steps as a plan of one segment, for what is said of plans.
Plan plan_of(const PlanFacts& facts) {
  Plan plan;
  plan.segments.emplace_back();
  for (const StatementFacts& statement : facts.statements)
    plan.segments.back().steps.push_back(*statement.step);
  return plan;
}

// The relations that a file makes and that were not there before.
ObjectIds created_by(const PlanFacts& facts) {
  ObjectIds created;
  for (const StatementFacts& statement : facts.statements)
    if (statement.step->verb == Verb::create) created.insert(statement.step->subject);
  for (const StatementFacts& statement : facts.statements)
    if (statement.step->verb == Verb::drop) created.erase(statement.step->subject);
  return created;
}

// The line of the model stands in the comment that the statement came with, behind the reason.
ReportReason read_reason(const Reason& reason, const std::vector<std::string_view>& comments) {
  constexpr std::string_view kMark = "-- ";
  ReportReason read{reason_text(reason), ""};
  const std::string head = visible(read.text, "\\n") + " (";
  for (std::string_view comment : comments) {
    if (!comment.starts_with(kMark)) continue;
    comment.remove_prefix(kMark.size());
    while (comment.ends_with('\r') || comment.ends_with(' ')) comment.remove_suffix(1);
    if (comment.starts_with(head) && comment.ends_with(')'))
      read.place = comment.substr(head.size(), comment.size() - head.size() - 1);
  }
  return read;
}

// One SQL file of a revision beside what revision.json knows of it.
class FileReader {
 public:
  FileReader(const SourceFile& sql, const PlanFacts& facts, const HazardPolicy& policy)
      : facts_(facts),
        policy_(policy),
        text_(sql.text()),
        script_(read_script(text_)),
        created_(created_by(facts)) {
    file_.path = sql.path();
    file_.lost = facts.lost;
  }

  ReportFile read() {
    read_acknowledgements();
    const auto places = places_of(facts_, script_);
    std::map<std::size_t, const StatementFacts*> known;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (places[i])
        known[*places[i]] = &facts_.statements[i];
      else
        ++file_.missing;
    }
    std::size_t transaction = 0;
    for (const ScriptSegment& segment : split_segments(script_).segments) {
      if (segment.transactional) ++transaction;
      for (const std::size_t i : segment.statements) {
        // What the template says beside the plan changes no object.
        if (!known.contains(i) && is_template_statement(script_.statements[i].text)) continue;
        add(i, segment.transactional ? transaction : 0, known.contains(i) ? known[i] : nullptr);
      }
    }
    return std::move(file_);
  }

 private:
  void read_acknowledgements() {
    const auto read = [&](const std::vector<std::string_view>& comments) {
      for (const std::string_view comment : comments) {
        const auto parsed = parse_acknowledgement(comment);
        if (!parsed) continue;
        std::string codes;
        for (const std::string& code : parsed->codes) codes += (codes.empty() ? "" : ", ") + code;
        const auto offset = static_cast<std::size_t>(comment.data() - text_.data());
        file_.acknowledgements.push_back({codes, parsed->reason, line_of(text_, offset), false});
        codes_.push_back(parsed->codes);
      }
    };
    for (const ScriptStatement& statement : script_.statements) read(statement.comments);
    read(script_.comments_at_end);
  }

  void add(std::size_t i, std::size_t transaction, const StatementFacts* facts) {
    const ScriptStatement& written = script_.statements[i];
    ReportStatement statement;
    statement.number = file_.statements.size() + 1;
    statement.line = written.line;
    statement.sql = written.text;
    statement.transaction = transaction;
    if (facts != nullptr) add_facts(*facts, i, statement);
    file_.statements.push_back(std::move(statement));
  }

  void add_facts(const StatementFacts& facts, std::size_t i, ReportStatement& statement) {
    const Step& step = *facts.step;
    statement.known = true;
    statement.subject = step.subject;
    statement.loss = step.action.loss;
    for (Touch& touch : touches_by_relation(step)) {
      const bool harmless = touch.lock <= Lock::access_share && !touch.rewrites && !touch.scans;
      if (created_.contains(touch.relation))
        statement.on_new_only = true;
      else if (!harmless)
        statement.touches.push_back(std::move(touch));
    }
    statement.on_new_only = statement.on_new_only && statement.touches.empty();
    for (const Reason& reason : step.reasons)
      statement.reasons.push_back(read_reason(reason, script_.statements[i].comments));
    for (const std::string& code : facts.hazards)
      if (const Hazard* hazard = hazard_of(code))
        statement.hazards.push_back({hazard, accepted(i, code, to_string(step.subject))});
  }

  std::string accepted(std::size_t i, const std::string& code, const std::string& object) {
    if (const auto found = acknowledgement_of(script_, i, code)) {
      for (std::size_t k = 0; k < codes_.size(); ++k)
        if (codes_[k] == found->codes && file_.acknowledgements[k].reason == found->reason)
          file_.acknowledgements[k].used = true;
      return found->reason;
    }
    const Allowance* allowance = policy_.find(code, object);
    if (allowance == nullptr) return "";
    return allowance->reason.empty() ? "allowed everywhere by schemac.toml"
                                     : "allowed by schemac.toml: " + allowance->reason;
  }

  const PlanFacts& facts_;
  const HazardPolicy& policy_;
  const std::string_view text_;
  const Script script_;
  const ObjectIds created_;
  ReportFile file_;
  std::vector<std::vector<std::string>> codes_;  // of the acknowledgements
};

void describe_proof(const Revision& revision, ReportRevision& report) {
  if (revision.baseline) {
    report.proof = "A baseline: it describes what was there, and is not proven.";
    report.proven = true;
    return;
  }
  const std::optional<Evidence>& proof = revision.proof();
  if (!proof) {
    report.proof = "Not proven: there is no evidence.";
    return;
  }
  report.proof = summary(*proof);
  report.proven = proof->proven;
  report.proof_limits = proof->limits;
  if (is_outdated(revision)) {
    report.proof = "Outdated: the files were edited since. It said: " + report.proof;
    report.proven = false;
  }
}

void set_wholes(ReportFile& file, const Catalog& one, const Catalog& other) {
  for (ReportStatement& statement : file.statements)
    if (statement.known) statement.whole = whole_of(statement.subject, one, other);
}

ReportRevision read_revision(const Revision& revision, const HazardPolicy& policy) {
  ReportRevision report;
  report.revision = &revision;
  const PlanFacts up = revision.up(), down = revision.down();
  report.summary = plan_summary(plan_of(up));
  report.up = FileReader(*revision.up_sql, up, policy).read();
  report.down = FileReader(*revision.down_sql, down, policy).read();
  describe_proof(revision, report);
  return report;
}

}  // namespace

ObjectId whole_of(const ObjectId& id, const Catalog& one, const Catalog& other) {
  ObjectId at = id;
  while (true) {
    const Object* object = one.find(at);
    if (object == nullptr) object = other.find(at);
    if (object == nullptr || object->parent.empty()) return at;
    at = object->parent;
  }
}

Report make_report(const History& history, const std::string& from, const std::string& to,
                   const HazardPolicy& policy) {
  Report report{from, to, {}, catalog_after(history, from), {}, {}, {}};
  std::unordered_set<std::string> known;
  for (const Revision* revision : lineage(history, from)) known.insert(revision->id);
  report.after = report.before;
  for (const Revision* revision : lineage(history, to)) {
    if (known.contains(revision->id)) continue;
    ReportRevision entry = read_revision(*revision, policy);
    const Catalog before = report.after;
    apply_delta(*revision, report.after);
    set_wholes(entry.up, report.after, before);
    set_wholes(entry.down, before, report.after);
    revision->each_delta([&](const Delta& delta) {
      for (const Object* object : {&delta.before, &delta.after})
        if (!object->id.empty()) report.changed.insert(object->id);
    });
    continue_renames(report.renames, revision->intents().renames);
    report.revisions.push_back(std::move(entry));
  }
  report.before.sort();
  report.after.sort();
  return report;
}

}  // namespace schemac
