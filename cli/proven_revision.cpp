#include "cli/proven_revision.h"

#include "cli/files.h"
#include "cli/proving.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

std::size_t statement_count(const Plan& plan) {
  std::size_t count = 0;
  for (const Segment& segment : plan.segments) count += segment.steps.size();
  return count;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

void describe_written(const std::string& folder, const Planned& planned, const Evidence& proof,
                      Outcome& outcome) {
  outcome.text = folder + "/\n  up.sql         " +
                 counted(statement_count(planned.up), "statement") + "\n  down.sql       " +
                 counted(statement_count(planned.down), "statement") + "\n  revision.json\n" +
                 summary(proof) + "\n";
}

// Why a revision is not proven, if it is not going to be.
std::optional<Evidence> no_proof(const RevisionDraft& draft) {
  Evidence evidence;
  evidence.skipped = draft.no_prove;
  evidence.reason = "--no-prove";
  if (draft.no_prove) return evidence;
  Shadow& shadow = draft.shadow;
  if (shadow.get() != nullptr) return std::nullopt;
  evidence.reason = shadow.reason();
  return evidence;
}

// Runs the files before they are written.
Evidence prove_files(const Session& session, const Planned& planned, const std::string& path,
                     const std::string& id, const RevisionParts& parts, Shadow& shadow) {
  const RevisionSql& sql = parts.sql.get();
  return prove_planned(
      planned, parts.facts.get(),
      {id, path + "/up.sql", sql.up, path + "/down.sql", sql.down, script_digest(sql.up)},
      *shadow.get(), session.sink);
}

// What programs are told, people's texts aside.
Json result_of(const NewRevision& revision, const Planned& planned, const RevisionSql& sql,
               bool written) {
  Json lost = Json::array();
  for (const ObjectId& id : planned.up.lost) lost.push_back(to_string(id));
  Json result{{"revision", revision.id},
              {"parents", revision.parents},
              {"written", written},
              {"destroys", std::move(lost)},
              {"up", sql.up},
              {"down", sql.down}};
  if (written) result["proof"] = evidence_to_json(*revision.proof);
  return result;
}

// What the way up destroys and what stands in its way, at the lines of the file.
void report_revision(const Planned& planned, const std::shared_ptr<const SourceFile>& up_sql,
                     const PlanFacts& up, const Session& session) {
  report_doubts(planned, session.sink);
  report_hazards(up, up_sql, session.settings.allow, Severity::warning, true, session.sink);
}

}  // namespace

Outcome write_proven(const RevisionDraft& draft, NewRevision revision,
                     const std::function<void(const WrittenRevision&)>& on_written) {
  const Session& session = draft.session;
  const Planned& planned = draft.planned;
  const std::string path = session.settings.migrations + "/" + revision.id;
  if (!draft.dry_run) revision.proof = no_proof(draft);
  RevisionParts parts = make_parts(revision, planned);
  const bool proves = !draft.dry_run && !revision.proof;
  if (proves) {
    revision.proof = prove_files(session, planned, path, revision.id, parts, draft.shadow);
    if (draft.further_proof) draft.further_proof(*revision.proof);
  }
  const bool writes = !draft.dry_run && !session.sink.has_errors();
  // With what was proven in their headers.
  if (proves && writes) parts.sql = make_sql(revision, planned);
  Outcome outcome;
  if (writes) {
    on_written(write_revision(draft.history, revision, planned, parts));
    describe_written(path, planned, *revision.proof, outcome);
  }
  const RevisionSql& sql = parts.sql.get();
  const std::string up_path = path + "/up.sql";
  // Most often nobody looks into it.
  const auto up_sql = writes ? std::make_shared<const SourceFile>(up_path, read_text)
                             : std::make_shared<const SourceFile>(up_path, sql.up);
  report_revision(planned, up_sql, parts.facts.get().up, session);
  if (draft.dry_run) outcome.text = sql.up + "\n" + sql.down;
  if (session.settings.format == Format::json)
    outcome.result = result_of(revision, planned, sql, writes);
  outcome.exit_code = writes || draft.dry_run ? kExitDone : kExitFailed;
  return outcome;
}

}  // namespace schemac
