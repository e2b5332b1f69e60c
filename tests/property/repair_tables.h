#pragma once
// What tables that have something from above can be, and what of them no longer holds.

#include "tests/property/model.h"

namespace schemac::property {

// Whether a table may be partitioned by the key.
bool can_partition(const Model& model, const Table& table, const std::string& strategy,
                   const PartitionKey& key);
// What a partition has from the tables above and may name, or switch, as its own: without an id
// yet, triggers with the state in which they come.
std::vector<Inherited> inheritable(const Model& model, const Table& partition);
// Whether another partition of its table has some of a partition's rows.
bool overlaps_other(const Model& model, const Table& partition);

// Takes out of tables what is not possible for want, or because, of what is above them. Returns
// whether anything was.
bool repair_tables(Model& model);
// Likewise of policies, and of what an index is marked as.
bool repair_members(Model& model, Table& table);

}  // namespace schemac::property
