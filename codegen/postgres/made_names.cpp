#include "codegen/postgres/made_names.h"

#include <algorithm>
#include <set>
#include <utility>

#include "codegen/postgres/parts.h"
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

namespace {

// The indexes and keys further up in the order in which a partition gets its own for them: what a
// new partition finds, and then what the plan makes.
std::vector<const Object*> in_order(const Context& plan, Side side, const Object& partition) {
  std::vector<const Object*> keys = keys_above(plan, side, partition);
  std::erase_if(keys, [](const Object* key) { return &key->kind() == &foreign_key_kind; });
  const auto comes_later = [&](const Object* key) {
    return side == Side::after && !stays(plan, key->id);
  };
  std::sort(keys.begin(), keys.end(), [&](const Object* a, const Object* b) {
    return std::pair(comes_later(a), a->id) < std::pair(comes_later(b), b->id);
  });
  return keys;
}

// The indexes and keys further up that a partition has when the plan makes others. What goes does
// so behind those, unless one takes its name over.
std::vector<const Object*> keys_before(const Context& plan, const ObjectId& partition) {
  std::vector<const Object*> keys = in_order(plan, Side::before, *plan.before(partition));
  std::erase_if(keys, [&](const Object* key) {
    return plan.after(key->id) != nullptr && !stays(plan, key->id);
  });
  return keys;
}

std::set<std::string> names_of(const std::vector<const Object*>& keys, const Context& plan,
                               const ObjectId& partition) {
  std::set<std::string> names;
  for (const Object* key : keys) names.insert(inherited_name(plan, Side::before, *key, partition));
  return names;
}

// The number of one among those that the plan makes where a partition has the names `taken`.
int number_of_new(const Context& plan, const Object& above, const ObjectId& partition,
                  std::set<std::string> taken) {
  for (const Object* key : in_order(plan, Side::after, *plan.after(partition))) {
    if (stays(plan, key->id)) continue;
    int number = 0;
    while (!taken.insert(made_name(*key, partition.name(), number)).second) ++number;
    if (key->id == above.id) return number;
  }
  return 0;
}

}  // namespace

int number_below(const Context& plan, Side side, const Object& above, const ObjectId& partition) {
  const bool in_place = stays_in_place(plan, partition);
  if (in_place && stays(plan, above.id)) side = Side::before;
  const Object* table = find(plan, side, partition);
  if (table == nullptr || &above.kind() == &foreign_key_kind) return 0;
  if (side == Side::after && in_place)
    return number_of_new(plan, above, partition,
                         names_of(keys_before(plan, partition), plan, partition));
  std::set<std::string> taken;
  for (const Object* key : in_order(plan, side, *table)) {
    int number = 0;
    while (!taken.insert(made_name(*key, partition.name(), number)).second) ++number;
    if (key->id == above.id) return number;
  }
  return 0;
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

Action rename_key(const Object& key, const ObjectId& partition, const Ident& from, const Ident& to,
                  const Context& plan) {
  const bool foreign = &key.kind() == &foreign_key_kind;
  const QName table = qname(partition);
  return statement(
      foreign ? sql("ALTER TABLE ", table, " RENAME CONSTRAINT ", from, " TO ", to)
              : sql("ALTER INDEX ", QName{table.schema, from}, " RENAME TO ", to),
      touch_only(plan, partition, foreign ? Lock::access_exclusive : Lock::share_update_exclusive));
}

Actions settle_names_below(const Object& key, const Context& plan) {
  Actions actions;
  for (const ObjectId& partition : tables_below(plan, key.parent)) {
    const std::string first = made_name(key, partition.name(), 0);
    const std::string given = made_name(plan, Side::after, key, partition);
    if (given == first || !stays_in_place(plan, partition) ||
        inherited_name(plan, Side::after, key, partition) != given)
      continue;
    std::vector<const Object*> stay, go;
    for (const Object* other : keys_before(plan, partition))
      (plan.after(other->id) != nullptr ? stay : go).push_back(other);
    std::set<std::string> taken = names_of(stay, plan, partition);
    const int number = number_of_new(plan, key, partition, std::move(taken));
    const std::string settled = made_name(key, partition.name(), number);
    if (given == settled) continue;
    actions.push_back(rename_key(key, partition, Ident(given), Ident(settled), plan));
    actions.back().late = true;
    for (const Object* other : go)
      if (made_name(*other, partition.name(), 0) == first)
        actions.back().after.push_back(other->id);
  }
  return actions;
}

}  // namespace schemac::postgres
