#pragma once
// What an index of a partition has for itself, though it comes from a table above: its storage, its
// statistics targets, its marks.

#include "codegen/postgres/inheritance.h"

namespace schemac::postgres {

// Behind a statement on the statistics targets of an index, which reaches the partitions: what they
// say of their own.
Actions restore_statistics_below(const Context& plan, const Object& index);
// The statistics targets that a new partition's indexes get, where one further up has some.
Actions give_statistics(const Context& plan, const Object& partition);
// Partitions' indexes follow one further up to its tablespace, which the server leaves to them.
Actions move_below(const Context& plan, const Object& key);

// An index that is its table's own before the plan and comes from above after it, or the other way:
// what is not as the other has it.
Actions hand_over(const Context& plan, const Object& own);
Actions take_over(const Context& plan, const Object& own);

}  // namespace schemac::postgres
