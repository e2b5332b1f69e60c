#include "cli/proving.h"

#include <algorithm>
#include <set>

#include "cli/acknowledgement.h"
#include "cli/proof_diags.h"
#include "runner/script.h"

namespace schemac {
namespace {

// What the templates say besides the statements of a plan.
constexpr std::string_view kUncheckedBodies = "SET LOCAL check_function_bodies = off";

// From the statement at `offset` to the end of its line.
SourceSpan span_at(const std::shared_ptr<const SourceFile>& file, std::size_t offset) {
  const std::size_t end = std::min(file->text().find('\n', offset), file->text().size());
  return {file, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(end)};
}

bool accepted(const Revision& revision, std::string_view code, const HazardPolicy& policy) {
  if (policy.accepts(code, revision.id)) return true;
  const Script script = read_script(revision.up_sql->text());
  return !script.statements.empty() && acknowledged(script, 0, code);
}

void check_proof(const Revision& revision, const HazardPolicy& policy, Sink& sink) {
  const SourceSpan place{revision.up_sql, 0, 0};
  const std::string way_out = "`schemac verify " + revision.id + " --record` proves it";
  const auto report = [&](const Message& message) {
    if (!accepted(revision, message.code, policy))
      sink.report(message, place).about(revision.id).hint(way_out);
  };
  if (!revision.proof()) return report(diags::not_proven(revision.id, "there is no evidence"));
  const Evidence& proof = *revision.proof();
  if (proof.skipped) return report(diags::proof_skipped(revision.id));
  if (!proof.proven) return report(diags::not_proven(revision.id, proof.reason));
  if (is_outdated(revision)) report(diags::proof_outdated(revision.id));
}

}  // namespace

std::optional<std::size_t> unknown_statement(const std::string& sql, const PlanFacts& facts) {
  std::set<std::string> known{script_digest(kUncheckedBodies)};
  for (const StatementFacts& statement : facts.statements) known.insert(statement.sql);
  for (const ScriptStatement& statement : read_script(sql).statements)
    if (statement.role == StatementRole::ordinary && !known.contains(script_digest(statement.text)))
      return statement.begin;
  return std::nullopt;
}

bool is_template_statement(std::string_view sql) {
  return script_digest(sql) == script_digest(kUncheckedBodies);
}

bool is_outdated(const Revision& revision) {
  const std::optional<Evidence>& proof = revision.proof();
  return proof && proof->proven &&
         (proof->up != script_digest(revision.up_sql->text()) ||
          proof->down != script_digest(revision.down_sql->text()));
}

std::optional<std::vector<ObjectId>> touched_by(const RevisionFiles& files, const PlanFacts& up,
                                                const PlanFacts& down) {
  // One that a hand has written may do anything.
  if (unknown_statement(files.up_sql, up) || unknown_statement(files.down_sql, down)) return {};
  std::vector<ObjectId> touched;
  for (const PlanFacts* facts : {&up, &down})
    for (const StatementFacts& statement : facts->statements) {
      touched.push_back(statement.step->subject);
      for (const Touch& touch : statement.step->action.touches) touched.push_back(touch.relation);
    }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  return touched;
}

void report_failures(const Proof& proof, const std::string& revision, const RevisionSources& files,
                     Sink& sink) {
  for (const ProofFailure& failure : proof.failures) {
    const auto& file = failure.direction == Direction::up ? files.up : files.down;
    const SourceSpan place =
        failure.offset ? span_at(file, *failure.offset) : SourceSpan{file, 0, 0};
    sink.report(diags::proof_failed(failure.object + (failure.object.empty() ? "" : ": "),
                                    failure.text),
                place)
        .about(failure.object.empty() ? revision : failure.object)
        .hint(failure.hint);
  }
}

Evidence prove_planned(const Planned& planned, const RevisionFacts& facts,
                       const RevisionFiles& files, postgres::Throwaway& throwaway, Sink& sink) {
  const Intents intents = intents_of(planned.from, planned.to);
  const auto touched = touched_by(files, facts.up, facts.down);
  const Proof proof =
      prove({planned.from, planned.to, intents, planned.up.lost, planned.down.lost, touched, files},
            throwaway);
  report_failures(proof, files.id,
                  {std::make_shared<const SourceFile>(files.up_path, files.up_sql),
                   std::make_shared<const SourceFile>(files.down_path, files.down_sql)},
                  sink);
  Evidence evidence = proof.evidence;
  evidence.time = utc_time();
  return evidence;
}

std::string with_proof(const std::string& sql, const Evidence& evidence) {
  const std::string line = "-- " + summary(evidence) + "\n";
  std::size_t place = 0;  // where it goes if there is none yet: above how to run the file
  for (std::size_t at = 0; sql.compare(at, 2, "--") == 0;) {
    const std::size_t end = std::min(sql.find('\n', at), sql.size() - 1) + 1;
    if (sql.compare(at, 3, "-- ") == 0 &&
        is_summary(std::string_view(sql).substr(at + 3, end - at - 3)))
      return sql.substr(0, at) + line + sql.substr(end);
    if (sql.compare(at, 13, "-- Run it by:") == 0) place = at;
    at = end;
  }
  return sql.substr(0, place) + line + sql.substr(place);
}

void check_proofs(const History& history, const HazardPolicy& policy, Sink& sink) {
  for (const Revision& revision : history.revisions)
    if (!revision.baseline) check_proof(revision, policy, sink);
}

}  // namespace schemac
