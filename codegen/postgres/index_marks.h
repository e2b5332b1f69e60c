#pragma once
// What is said of an index apart from its definition: that it is the replica identity of its table,
// that CLUSTER goes by it, a comment where a constraint stands before it. The model keeps all of
// these with the index, or with the constraint that it backs.

#include "codegen/postgres/inherited_index.h"
#include "codegen/postgres/made_names.h"

namespace schemac::postgres {

// Whether an index of the table is its replica identity after the plan, or CLUSTER goes by it.
bool has_replica_index(const Context& plan, const ObjectId& table);
bool is_clustered(const Context& plan, const ObjectId& table);

// Statements behind the one that creates the index.
Actions mark_created(const Object& index, const Context& plan);
// Statements before the one that drops the index: the server would go on asking for it.
Actions unmark_dropped(const Object& index, const Context& plan);

// An index of a partition comes behind those further up that the server would take it for.
void wait_for_indexes_above(const Object& index, const Context& plan, Action& create);

// Rules of kinds with an index, from those of the index alone, with its marks; only what differs
// where its table has or gets it from further up.
template <auto create_alone>
Actions create_marked(const Object& index, const Context& plan) {
  if (comes_silently(plan, index)) return take_over(plan, index);
  Actions actions = on<create_alone>(index, plan);
  wait_for_indexes_above(index, plan, actions.front());
  wait_for_leavers(index.parent, plan, actions.front());
  append(actions, mark_created(index, plan));
  append(actions, settle_names_below(index, plan));
  return actions;
}
template <auto drop_alone>
Actions drop_marked(const Object& index, const Context& plan) {
  if (goes_silently(plan, index)) return hand_over(plan, index);
  Actions actions = unmark_dropped(index, plan);
  append(actions, on<drop_alone>(index, plan));
  return actions;
}

// Changes of the marks of an index that stays.
std::optional<Actions> set_replica_mark(const Object& was, const Object& now, const Context& plan);
std::optional<Actions> set_cluster_mark(const Object& was, const Object& now, const Context& plan);
inline constexpr FieldRule kReplicaMark{"replica_identity", OnChange::alter, set_replica_mark};
std::optional<Actions> set_index_comment(const Object& was, const Object& now, const Context& plan);
inline constexpr FieldRule kClusterMark{"cluster", OnChange::alter, set_cluster_mark};
inline constexpr FieldRule kIndexComment{"index_comment", OnChange::alter, set_index_comment};

}  // namespace schemac::postgres
