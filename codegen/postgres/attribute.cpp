#include "compiler/kinds/attribute.h"

#include <functional>

#include "codegen/postgres/column.h"
#include "codegen/postgres/inherited_column.h"
#include "codegen/postgres/parts.h"
#include "codegen/postgres/statistics.h"
#include "codegen/postgres/type_change.h"

namespace schemac::postgres {
namespace {

Sql alter_type(const Typed<Attribute>& attribute) {
  return sql("ALTER TYPE ", attribute.qname(), " ");
}

Sql definition(const Typed<Attribute>& attribute) {
  return sql(attribute.name(), " ", type_name(attribute.type), collate_clause(attribute.collation));
}

// Tables that are made of the type change with it, once those that are no more have left it. A name
// changes before anything else, in all of them.
Action change(Sql change, const Typed<Attribute>& attribute, const Context& plan, bool rewrites,
              Loss loss = Loss::nothing, bool renames = false) {
  const ObjectId& type = attribute.object->parent;
  std::vector<Touch> touches;
  bool cascades = false;
  std::vector<ObjectId> leaving;
  for (const Side side : {Side::before, Side::after})
    for (const Object* table :
         side == Side::before ? plan.dependents_before(type) : plan.dependents_after(type)) {
      if (&table->kind() != &table_kind || above(*table) != std::vector<ObjectId>{type}) continue;
      const Object* now = plan.after(table->id);
      if (now != nullptr && above(*now) != std::vector<ObjectId>{type} && !renames) {
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
                 plan, false, Loss::nothing, true)};
}

// Tables that are made of the type before and after.
std::vector<const Object*> tables_of(const ObjectId& type, const Context& plan) {
  std::vector<const Object*> tables;
  for (const Object* table : plan.dependents_before(type)) {
    const Object* now = plan.after(table->id);
    if (&table->kind() == &table_kind && above(*table) == std::vector<ObjectId>{type} &&
        now != nullptr && above(*now) == std::vector<ObjectId>{type})
      tables.push_back(now);
  }
  return tables;
}

// `convert` changes the columns of tables of the type, which are not of it meanwhile: the server
// converts their values by itself or not at all. Without, it does.
Actions change_type(const Object& was, const Object& object, const Context& plan,
                    const std::function<Actions(const Object&, const Object&)>& convert) {
  const auto now = typed<Attribute>(object);
  const auto tables =
      convert == nullptr ? std::vector<const Object*>() : tables_of(object.parent, plan);
  const Sql type = type_name({qname(object.parent), {}, 0});
  const auto alter = [&](const Object& table, const Sql& how) {
    return statement(sql("ALTER TABLE ", qname(table.id), how),
                     touch_only(plan, table.id, Lock::access_exclusive));
  };
  Actions actions;
  for (const Object* table : tables) actions.push_back(alter(*table, sql(" NOT OF")));
  Action to_type = change(sql(alter_type(now), "ALTER ATTRIBUTE ", now.name(), " TYPE ",
                              type_name(now.type), collate_clause(now.collation)),
                          now, plan, tables.empty());
  clear_defaults_below(plan, was, actions, to_type);
  actions.push_back(std::move(to_type));
  for (const Object* table : tables) {
    const Object former = as_own(was, *table);
    append(actions, convert(former, as_own(object, *table)));
    actions.push_back(alter(*table, sql(" OF ", type)));
  }
  // The server forgets what tables of the type say of how the column is stored.
  append(actions, restore_storage_below(plan, object));
  append(actions, restore_cleared_below(plan, object));
  append(actions, restore_targets(object.id, plan));
  return actions;
}

std::optional<Actions> set_type(const Typed<Attribute>& was, const Typed<Attribute>& now,
                                const Context& plan) {
  if (was.type == now.type || !type_change(was.type, now.type, plan).explicit_cast)
    return change_type(*was.object, *now.object, plan, nullptr);
  return change_type(*was.object, *now.object, plan,
                     [&](const Object& former, const Object& column) {
                       return *set_column_type(typed<Column>(former), typed<Column>(column), plan);
                     });
}

// A composite type has no rows of its own; where a column has the type, the server refuses.
Actions carry(const Object& was, const Object& now, const ObjectId& replaced, const Context& plan) {
  return change_type(was, now, plan, [&](const Object& former, const Object& column) {
    return carry_column(former, column, replaced, plan);
  });
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
