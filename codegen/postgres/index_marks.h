#pragma once
// What a table says of one of its indexes: that it is the replica identity, that CLUSTER goes by
// it. The model keeps both with the index, or with the constraint that it backs.

#include "codegen/postgres/rules.h"

namespace schemac::postgres {

// Whether an index of the table is its replica identity after the plan.
bool has_replica_index(const Context& plan, const ObjectId& table);

// Statements behind the one that creates the index.
Actions mark_created(const Object& index, const Context& plan);
// Statements before the one that drops the index: the server would go on asking for it.
Actions unmark_dropped(const Object& index, const Context& plan);
// Changes of the marks of an index that stays.
Actions set_replica_mark(const Object& now, const Context& plan);
Actions set_cluster_mark(const Object& now, const Context& plan);

}  // namespace schemac::postgres
