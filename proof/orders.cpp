#include "proof/orders.h"

#include <algorithm>

namespace schemac {
namespace {

std::string in_words(const std::vector<RevisionFiles>& files) {
  std::string text;
  for (const RevisionFiles& revision : files) text += (text.empty() ? "" : ", ") + revision.id;
  return text;
}

std::vector<ProofFailure> prove_order(const Catalog& base, const Catalog& end,
                                      const std::vector<RevisionFiles>& files,
                                      postgres::Throwaway& throwaway) {
  const ThrowawayDatabase database(throwaway);
  postgres::build_catalog(base, database.url());
  try {
    apply_revisions(database.url(), files, {});
  } catch (const StatementError& error) {
    if (is_environment(error.sqlstate)) throw;
    return {{.promise = "order",
             .object = "",
             .text = "in the order " + in_words(files) + ": " + error.path + ": " + error.what(),
             .sqlstate = error.sqlstate}};
  }
  return catalog_failures("order", end, "the order " + in_words(files), database.url(),
                          throwaway.server_version());
}

}  // namespace

std::vector<ProofFailure> prove_orders(const Orders& orders, postgres::Throwaway& throwaway) {
  throwaway.provide_for(orders.base);
  throwaway.provide_for(orders.end);
  // Revisions that were written without a server do not know its texts.
  const Catalog end = postgres::canonical_catalog(orders.end, throwaway);
  std::vector<ProofFailure> failures;
  std::vector<std::vector<RevisionFiles>> lines = orders.lines;
  for (int order = 0; order < 2; ++order) {
    std::vector<RevisionFiles> files;
    for (const std::vector<RevisionFiles>& line : lines)
      files.insert(files.end(), line.begin(), line.end());
    const std::vector<ProofFailure> found = prove_order(orders.base, end, files, throwaway);
    failures.insert(failures.end(), found.begin(), found.end());
    std::reverse(lines.begin(), lines.end());
  }
  return failures;
}

}  // namespace schemac
