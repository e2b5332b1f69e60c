#pragma once
// Lines of revisions that begin at one schema and shall be able to run in any order.

#include "proof/prove.h"

namespace schemac {

struct Orders {
  const Catalog& base;  // where all of them begin
  const Catalog& end;   // where all of them together lead
  std::vector<std::vector<RevisionFiles>> lines;
};

// Runs the lines one behind the other on a database that holds `base`, in their order and in the
// reverse, which must both end in `end`. Throws DatabaseError where the server fails.
std::vector<ProofFailure> prove_orders(const Orders& orders, postgres::Throwaway& throwaway);

}  // namespace schemac
