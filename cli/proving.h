#pragma once
// Proofs of revisions, and what is said of them.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/new_revision.h"
#include "cli/planning.h"
#include "cli/revisions.h"
#include "proof/prove.h"

namespace schemac {

// A revision's SQL as findings point into it.
struct RevisionSources {
  std::shared_ptr<const SourceFile> up, down;
};

// What the files act on, if the facts tell: nothing where a file holds a statement that they do not
// know.
std::optional<std::vector<ObjectId>> touched_by(const RevisionFiles& files, const PlanFacts& up,
                                                const PlanFacts& down);

// Where the first statement stands that the facts do not know: one that a hand has written.
std::optional<std::size_t> unknown_statement(const std::string& sql, const PlanFacts& facts);

// Whether a statement is one that templates say besides those of a plan.
bool is_template_statement(std::string_view sql);

// Whether a proven revision's files were edited since.
bool is_outdated(const Revision& revision);

// Each promise that is not kept, at its statement.
void report_failures(const Proof& proof, const std::string& revision, const RevisionSources& files,
                     Sink& sink);

// Proves the files that `planned` was rendered to. What fails is reported; the evidence then says
// that nothing is proven.
Evidence prove_planned(const Planned& planned, const RevisionFacts& facts,
                       const RevisionFiles& files, postgres::Throwaway& throwaway, Sink& sink);

// The SQL of a revision with the line of its header that tells of its proof.
std::string with_proof(const std::string& sql, const Evidence& evidence);

// What `check` says of the proofs: revisions that have none, and files that were edited since.
void check_proofs(const History& history, const HazardPolicy& policy, Sink& sink);

}  // namespace schemac
