#include "compiler/kinds/attribute.h"

#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/statistics.h"

namespace schemac::postgres {
namespace {

Sql alter_type(const Typed<Attribute>& attribute) {
  return sql("ALTER TYPE ", attribute.qname(), " ");
}

Sql definition(const Typed<Attribute>& attribute) {
  return sql(attribute.name(), " ", type_name(attribute.type), collate_clause(attribute.collation));
}

// Tables that are made of the type change with it, once those that are no more have left it.
Action change(Sql change, const Typed<Attribute>& attribute, const Context& plan, bool rewrites,
              Loss loss = Loss::nothing) {
  const ObjectId& type = attribute.object->parent;
  std::vector<Touch> touches;
  bool cascades = false;
  std::vector<ObjectId> leaving;
  for (const Side side : {Side::before, Side::after})
    for (const Object* table :
         side == Side::before ? plan.dependents_before(type) : plan.dependents_after(type)) {
      if (&table->kind() != &table_kind || above(*table) != std::vector<ObjectId>{type}) continue;
      const Object* now = plan.after(table->id);
      if (now != nullptr && above(*now) != std::vector<ObjectId>{type}) {
        leaving.push_back(table->id);
        continue;
      }
      append(touches, touch(plan, table->id, Lock::access_exclusive, rewrites, rewrites));
      cascades = true;
    }
  if (cascades) change.add(sql(" CASCADE"));
  Action action = statement(std::move(change), std::move(touches), loss);
  action.after = std::move(leaving);
  return action;
}

Actions create(const Typed<Attribute>& attribute, const Context& plan) {
  Action action = change(sql(alter_type(attribute), "ADD ATTRIBUTE ", definition(attribute)),
                         attribute, plan, false);
  action.folded = definition(attribute);
  return {action};
}

// Values of the attribute go with it wherever a column has the type.
Actions drop(const Typed<Attribute>& attribute, const Context& plan) {
  return {change(sql(alter_type(attribute), "DROP ATTRIBUTE ", attribute.name()), attribute, plan,
                 false, Loss::rows)};
}

Actions rename(const Typed<Attribute>& was, const Typed<Attribute>& now, const Context& plan) {
  return {change(sql(alter_type(now), "RENAME ATTRIBUTE ", was.name(), " TO ", now.name()), now,
                 plan, false)};
}

// The server forgets what tables of the type say of how the column is stored.
std::optional<Actions> set_type(const Typed<Attribute>&, const Typed<Attribute>& now,
                                const Context& plan) {
  Actions actions{change(sql(alter_type(now), "ALTER ATTRIBUTE ", now.name(), " TYPE ",
                             type_name(now.type), collate_clause(now.collation)),
                         now, plan, true)};
  append(actions, restore_storage_below(plan, *now.object));
  append(actions, restore_targets(now.object->id, plan));
  return actions;
}

// A composite type has no rows of its own; where a column has the type, the server refuses.
Actions carry(const Object&, const Object& now, const ObjectId&, const Context& plan) {
  const auto attribute = typed<Attribute>(now);
  return *set_type(attribute, attribute, plan);
}

Sql address(const Object& attribute) {
  return sql("COLUMN ", qname(attribute.id), ".", Ident(std::string(attribute.id.name())));
}

constexpr FieldRule kFields[] = {
    alters_under_texts<set_type>("type"),
    alters_under_texts<set_type>("collation"),
};
static_assert(covers(attribute_kind, kFields),
              "every field of an attribute needs a rule, in their order");

}  // namespace

extern constexpr KindRules attribute_rules{.create = on<create>,
                                           .drop = on<drop>,
                                           .rename = on_both<rename>,
                                           .carry = carry,
                                           .address = address,
                                           .fields = kFields};

}  // namespace schemac::postgres
