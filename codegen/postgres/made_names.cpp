#include "codegen/postgres/made_names.h"

#include <algorithm>

#include "compiler/kinds/foreign_key.h"
#include "compiler/kinds/inherited_constraint.h"
#include "compiler/kinds/inherited_index.h"
#include "compiler/names/auto_name.h"

namespace schemac::postgres {
namespace {

bool stays(const Context& plan, const ObjectId& id) {
  return plan.before(id) != nullptr && plan.after(id) != nullptr && !plan.makes(id);
}

bool stays_in_place(const Context& plan, const ObjectId& partition) {
  return stays(plan, partition) && plan.before(partition)->value("partition_of") ==
                                       plan.after(partition)->value("partition_of");
}

}  // namespace

std::string made_name(const Object& above, std::string_view table, int number) {
  if (&above.kind() == &foreign_key_kind) return std::string(above.id.name());
  TextCache cache;
  const NameParts parts = name_parts(
      above.kind(), above.values, table, [](std::string_view) { return true; }, cache);
  return make_name(parts, number);
}

int number_below(const Context& plan, Side side, const Object& above, const ObjectId& partition) {
  // What stays keeps its number.
  if (side == Side::after && stays(plan, above.id) && stays_in_place(plan, partition))
    side = Side::before;
  const Object *table = find(plan, side, partition), *key = find(plan, side, above.id);
  if (table == nullptr || key == nullptr || &key->kind() == &foreign_key_kind) return 0;
  const std::string name = made_name(*key, partition.name(), 0);
  const auto comes_first = [&](const Object* other) {
    if (&other->kind() != &key->kind() || made_name(*other, partition.name(), 0) != name)
      return false;
    const bool is_new = side == Side::after && !stays(plan, key->id);
    const bool other_is_new = side == Side::after && !stays(plan, other->id);
    return is_new == other_is_new ? other->id < key->id : is_new;
  };
  const std::vector<const Object*> keys = keys_above(plan, side, *table);
  return static_cast<int>(std::count_if(keys.begin(), keys.end(), comes_first));
}

std::string made_name(const Context& plan, Side side, const Object& above,
                      const ObjectId& partition) {
  return made_name(above, partition.name(), number_below(plan, side, above, partition));
}

std::string inherited_name(const Context& plan, Side side, const Object& above,
                           const ObjectId& partition) {
  const KindInfo& said =
      &above.kind() == &foreign_key_kind ? inherited_constraint_kind : inherited_index_kind;
  for (const Object* child : children(plan, side, partition))
    if (&child->kind() == &said && child->value("of").ident()->text == above.id.name())
      return std::string(child->id.name());
  return made_name(plan, side, above, partition);
}

}  // namespace schemac::postgres
