// verify [REVISION…] [--record]: proofs of revisions that are written, as their files stand now.

#include <algorithm>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/head_lines.h"
#include "cli/new_revision.h"
#include "cli/proving.h"
#include "cli/revision_expression.h"
#include "cli/revision_graph.h"
#include "cli/revision_writer.h"
#include "cli/runs.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

class Verifier {
 public:
  Verifier(const Session& session, const History& history, postgres::Throwaway& throwaway)
      : session_(session), history_(history), throwaway_(throwaway) {}

  // Every revision on top of the one before, from nothing; the first one that fails ends it.
  void verify_history() {
    Prover prover(throwaway_, {});
    Catalog before;
    for (const Revision& revision : history_.revisions) {
      Catalog after = before;
      apply_delta(revision, after);
      after.sort();
      if (!judge(revision, prover.prove(claim_of(revision, before, after)))) return;
      before = std::move(after);
    }
  }

  void verify(const Revision& revision) {
    Catalog before;
    for (const Revision* parent : lineage(history_, revision.id))
      if (parent != &revision) apply_delta(*parent, before);
    before.sort();
    judge(revision,
          prove(claim_of(revision, before, catalog_after(history_, revision.id)), throwaway_));
  }

  // By revision, in the order in which they were proven.
  const std::vector<std::pair<const Revision*, Evidence>>& proven() const { return proven_; }

 private:
  Claim claim_of(const Revision& revision, const Catalog& before, const Catalog& after) {
    session_.output.progress("proving " + revision.id);
    const RevisionFiles files = files_of(revision);
    return {before,
            after,
            revision.intents(),
            revision.lost_up(),
            revision.lost_down(),
            touched_by(files, revision.up(), revision.down()),
            files};
  }

  bool judge(const Revision& revision, Proof proof) {
    report_failures(proof, revision.id, {revision.up_sql, revision.down_sql}, session_.sink);
    if (!proof.failures.empty()) return false;
    const std::size_t errors = session_.sink.error_count();
    if (revision.parents.size() > 1)
      prove_lines(lines_to(revision.parents, history_), throwaway_, proof.evidence, session_.sink);
    if (session_.sink.error_count() > errors) return false;
    proof.evidence.time = utc_time();
    proven_.emplace_back(&revision, std::move(proof.evidence));
    return true;
  }

  const Session& session_;
  const History& history_;
  postgres::Throwaway& throwaway_;
  std::vector<std::pair<const Revision*, Evidence>> proven_;
};

// The revision.json of a revision with other evidence.
std::string with_proof(const Revision& revision, const Evidence& evidence) {
  const RevisionText before(revision.json->path());
  RevisionHead head = before.head();
  head.proof = evidence;
  std::string text;
  RevisionWriter writer(head, [&](std::string_view piece) { text += piece; });
  before.each_delta([&](const Delta& delta) {
    const auto state = [](const Object& object) { return object.id.empty() ? nullptr : &object; };
    writer.add(state(delta.before), state(delta.after));
  });
  writer.finish(before.up(), before.down());
  return text;
}

// Puts the evidence into the revisions and the headers of their files, and their sum in order if it
// was before: nothing else of them has changed.
void record(const Session& session, const Verifier& verifier) {
  const std::string& folder = session.settings.migrations;
  const FolderLock lock(folder);
  Sink before, after;
  read_history(folder, before);
  for (const auto& [revision, evidence] : verifier.proven()) {
    write_atomically(revision->json->path(), with_proof(*revision, evidence));
    for (const auto& file : {revision->up_sql, revision->down_sql})
      write_atomically(file->path(), with_proof(std::string(file->text()), evidence));
  }
  if (before.has_errors()) return;
  write_atomically(folder + "/" + std::string(kSumFile),
                   sum_text(compute_sum(read_revisions(folder, after))));
}

// The revisions that are asked for; none where a name is wrong, which is then reported.
std::vector<const Revision*> chosen(const History& history, const std::vector<std::string>& names,
                                    Sink& sink) {
  std::vector<const Revision*> revisions;
  for (const std::string& name : names) {
    const auto named = resolve_revisions(name, history, sink);
    if (!named) return {};
    revisions.insert(revisions.end(), named->begin(), named->end());
  }
  return revisions;
}

}  // namespace

Outcome run_verify(const Session& session, const VerifyOptions& options) {
  Outcome outcome;
  outcome.exit_code = kExitFailed;
  const History history = read_revisions(session.settings.migrations, session.sink);
  const auto revisions = chosen(history, options.revisions, session.sink);
  if (session.sink.has_errors()) return outcome;
  const auto throwaway =
      postgres::Throwaway::open(session.settings.shadow, session.settings.server_version);
  Verifier verifier(session, history, *throwaway);
  if (options.revisions.empty()) verifier.verify_history();
  for (const Revision* revision : revisions) verifier.verify(*revision);
  if (options.record) record(session, verifier);
  outcome.findings_are_result = true;
  outcome.exit_code = session.sink.has_errors() ? kExitFindings : kExitDone;
  Json proven = Json::array();
  for (const auto& [revision, evidence] : verifier.proven()) {
    outcome.text += revision->id + "\n  " + summary(evidence) + "\n";
    for (const std::string& limit : evidence.limits) outcome.text += "  - " + limit + "\n";
    proven.push_back({{"revision", revision->id}, {"proof", evidence_to_json(evidence)}});
  }
  outcome.result = {{"revisions", std::move(proven)}, {"recorded", options.record}};
  return outcome;
}

}  // namespace schemac
