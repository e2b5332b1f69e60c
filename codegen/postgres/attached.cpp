#include "codegen/postgres/attached.h"

#include <algorithm>

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/not_null.h"
#include "codegen/postgres/parts.h"
#include "compiler/kinds/check.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/inherited_column.h"
#include "compiler/kinds/inherited_constraint.h"
#include "compiler/kinds/inherited_index.h"
#include "compiler/kinds/inherited_trigger.h"
#include "compiler/kinds/not_null.h"
#include "compiler/kinds/trigger.h"

namespace schemac::postgres {

std::vector<Touch> touch_by_word(const Object& target, const Context& plan) {
  // The relation that holds the object, or the object itself where that is one.
  const Object* at = &target;
  while (at != nullptr && !at->kind().spaces.relation)
    at = at->parent.empty() ? nullptr : plan.after(at->parent);
  if (at == nullptr) return {};
  return touch(plan, at->id, Lock::share_update_exclusive);
}

bool says_of_gone(const ObjectId& said, const Context& plan) {
  const KindInfo* kind = &said.kind();
  const auto is_there = [&](const KindInfo& meant) {
    const ObjectId own = ObjectId::from_key(meant, said.key());
    return plan.after(own) != nullptr || inherited(plan, Side::after, own) != nullptr;
  };
  if (kind == &not_null_kind && plan.before(said) != nullptr)
    return goes_with_column(plan, *plan.before(said));
  if (kind == &inherited_column_kind) return !is_there(column_kind);
  if (kind == &inherited_trigger_kind) return !is_there(trigger_kind);
  if (kind != &inherited_constraint_kind && kind != &inherited_index_kind) return false;
  const Object* was = plan.before(said);
  if (was == nullptr || inherited_key_of(plan, Side::after, *was) != nullptr) return false;
  if (kind == &inherited_constraint_kind && is_there(check_kind)) return false;
  const auto& parts = plan.children_after(was->parent);
  return std::none_of(parts.begin(), parts.end(), [&](const Object* part) {
    return comes_to_partitions(*part) && part->id.name() == said.name();
  });
}

}  // namespace schemac::postgres
