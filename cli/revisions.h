#pragma once
// The migrations folder: revisions, their order, schemac.sum.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/revision_json.h"
#include "cli/sum.h"
#include "compiler/ir/catalog.h"

namespace schemac {

// One revision as its folder holds it.
struct Revision {
  std::string id;  // the folder's name
  std::string name;
  std::vector<std::string> parents;
  bool baseline = false;  // describes what was there before, and was never meant to run there
  // The files; spans of findings point into them.
  std::shared_ptr<const SourceFile> up_sql, down_sql, json;
  std::vector<Object> added;      // objects that are new or changed, as they are after it
  std::vector<ObjectId> removed;  // objects that are no more
  Intents intents;
  std::optional<Evidence> proof;
  PlanFacts up, down;
};

struct History {
  std::string folder;
  std::vector<Revision> revisions;  // parents first; among equals by id
  std::vector<std::string> heads;
  std::vector<SumLine> sum;

  const Revision* find(const std::string& id) const;
};

// Reads a migrations folder. Missing files, broken JSON, unknown parents, cycles and sums that do
// not match are reported with the file; a folder that does not exist is an empty history.
History read_history(const std::string& folder, Sink& sink);

// The same without a word on schemac.sum, for writing it anew.
History read_revisions(const std::string& folder, Sink& sink);

// The lines of a sum that is true of `history`.
std::vector<SumLine> compute_sum(const History& history);

// The catalog after revision `id` ("" for before the first): the fold of the deltas of its
// ancestors.
Catalog catalog_after(const History& history, const std::string& id);

// `catalog` after one more revision.
void apply_delta(const Revision& revision, Catalog& catalog);

// `id` and all revisions that it continues, parents first.
std::vector<const Revision*> lineage(const History& history, const std::string& id);

// The one head, "" where there is no revision yet. Several are an error.
std::string single_head(const History& history, Sink& sink);

}  // namespace schemac
