#pragma once
// The migrations folder: revisions, their order, schemac.sum.

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/revision_json.h"
#include "cli/sum.h"
#include "compiler/ir/catalog.h"
#include "compiler/ir/json.h"

namespace schemac {

// One revision as its folder holds it.
struct Revision {
  std::string id;  // the folder's name
  std::string name;
  std::vector<std::string> parents;  // sorted
  Ties ties;
  bool baseline = false;  // describes what was there before, and was never meant to run there
  // The files, read when they are asked for; spans of findings point into them.
  std::shared_ptr<const SourceFile> up_sql, down_sql, json;

  // What else revision.json holds; its long lists are read anew at each call. These throw
  // BrokenRevision.
  const Intents& intents() const { return text().head().intents; }
  const std::optional<Evidence>& proof() const { return text().head().proof; }
  const std::vector<ObjectId>& lost_up() const { return text().lost_up(); }
  const std::vector<ObjectId>& lost_down() const { return text().lost_down(); }
  std::size_t delta_size() const;
  void each_delta(const std::function<void(Delta)>& visit) const;
  // With the place of each entry.
  void each_delta(const std::function<void(Delta, const RevisionText::Entry&)>& visit) const;
  // All of revision.json, the first piece with all that stands before the delta.
  void each_json_piece(const std::function<void(std::string_view)>& take) const;
  PlanFacts up() const;
  PlanFacts down() const;

 private:
  friend class RevisionReader;
  const RevisionText& text() const;

  mutable std::shared_ptr<const RevisionText> text_;
};

// A revision.json whose long lists hold what they must not, found when they are read.
struct BrokenRevision : std::runtime_error {
  BrokenRevision(const Revision& revision, const JsonError& error);
  std::string id;
  SourceSpan at;
};

struct History {
  std::string folder;
  std::vector<Revision> revisions;  // behind what it needs; among equals by id
  std::vector<std::string> heads;
  std::vector<SumLine> sum;

  const Revision* find(const std::string& id) const;
};

// Reads a migrations folder. Missing files, broken JSON, unknown parents, cycles and sums that do
// not match are reported with the file; a folder that does not exist is an empty history.
History read_history(const std::string& folder, Sink& sink);

// The same where a merge may have left its marks in schemac.sum: both sides must be true of the
// folder, and the sum is what it shall be.
History read_merged_history(const std::string& folder, Sink& sink);

// The same without a word on schemac.sum, for writing it anew.
History read_revisions(const std::string& folder, Sink& sink);

// A history that was read before, from what was kept of it: its revisions with their names, parents
// and heads. The files are read when they are asked for, but for schemac.sum.
History recall_history(const std::string& folder, std::vector<Revision> revisions,
                       std::vector<std::string> heads, Sink& sink);

// The lines of a sum that is true of `history`.
std::vector<SumLine> compute_sum(const History& history);

// Sees which entry of which revision an object has its state from; an empty one where two lines
// have changed it, and no entry has all of that.
using VisitDelta =
    std::function<void(const Revision&, const Delta&, const RevisionText::Entry& place)>;

// The fold of the deltas of these revisions, which come in the history's order.
Catalog catalog_of(const std::vector<const Revision*>& revisions, const VisitDelta& visit = {});
// The catalog after revision `id` ("" for before the first): the fold of all that it needs.
Catalog catalog_after(const History& history, const std::string& id, const VisitDelta& visit = {});

// `catalog` after one more revision.
void apply_delta(const Revision& revision, Catalog& catalog, const VisitDelta& visit = {});

// The one head, "" where there is no revision yet. Several are an error.
std::string single_head(const History& history, Sink& sink);

}  // namespace schemac
