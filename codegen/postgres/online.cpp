#include "codegen/postgres/online.h"

#include "codegen/postgres/inheritance.h"
#include "compiler/kinds/table.h"

namespace schemac::postgres {
namespace {

constexpr std::string_view kInvalidIndex =
    "If it stops, it leaves an invalid index, which the next run drops and builds again.";
constexpr std::string_view kIndexLeft =
    "If it stops, the index is left without use, and the next run drops it.";
constexpr std::string_view kNotValidated =
    "If it stops, the constraint holds for new rows alone, and the next run validates it.";

bool is_foreign(const Context& plan, const ObjectId& relation) {
  const Object* object = plan.before(relation);
  return object != nullptr && &object->kind() == &table_kind && typed<Table>(*object).foreign;
}

Action validate(const Sql& alter, const Ident& name, std::vector<Touch> touches) {
  Action action = statement(sql(alter, "VALIDATE CONSTRAINT ", name), std::move(touches));
  action.tx = Tx::alone;
  action.if_stopped = kNotValidated;
  return action;
}

}  // namespace

bool is_indexed_online(const Context& plan, const ObjectId& relation) {
  return plan.online(relation) && !is_partitioned(plan, relation);
}

bool is_validated_online(const Context& plan, const ObjectId& table) {
  return plan.online(table) && !is_foreign(plan, table);
}

Action build_concurrently(Sql create, const ObjectId& relation, const Context& plan) {
  Action action = statement(std::move(create),
                            touch_only(plan, relation, Lock::share_update_exclusive, false, true));
  action.tx = Tx::outside;
  action.if_stopped = kInvalidIndex;
  return action;
}

Action drop_concurrently(const Sql& index, const ObjectId& id, const ObjectId& relation,
                         const Context& plan) {
  std::vector<Touch> touches = touch_only(plan, relation, Lock::share_update_exclusive);
  touches.push_back({id, Lock::access_exclusive, false, false});
  Action action =
      statement(sql("DROP INDEX CONCURRENTLY ", index), std::move(touches), Loss::rebuildable);
  action.tx = Tx::outside;
  action.if_stopped = kIndexLeft;
  return action;
}

Ident build_name(const Object& index, const Context& plan) {
  const Ident name{std::string(index.id.name())};
  return plan.replaces(index.id) ? suffixed(name, "_new") : name;
}

Actions add_key(const Object& constraint, const KeyParts& key, bool folds, const Context& plan) {
  const ObjectId& table = constraint.parent;
  const Sql alter = key.alone ? alter_table_alone(constraint.id) : alter_table(constraint.id);
  const auto locked = [&](bool scans) {
    return key.alone ? touch_only(plan, table, Lock::access_exclusive, false, scans)
                     : touch(plan, table, Lock::access_exclusive, false, scans);
  };
  const Sql nulls = key.nulls_not_distinct ? sql(" NULLS NOT DISTINCT") : Sql();
  if (key.without_overlaps || !is_indexed_online(plan, table)) {
    const Sql definition =
        sql(key.keyword, nulls, " (", names(key.columns),
            key.without_overlaps ? sql(" WITHOUT OVERLAPS)") : sql(")"), key.include, key.with,
            index_tablespace(key.tablespace), key.deferrable);
    return {add_constraint(constraint, alter, definition, folds, locked(true))};
  }
  const Ident name = build_name(constraint, plan);
  Sql build = sql("CREATE UNIQUE INDEX CONCURRENTLY ", name, " ON ", qname(table), " (",
                  names(key.columns), ")", key.include, nulls, key.with);
  if (key.tablespace) build.add(sql(" TABLESPACE ", *key.tablespace));
  Actions actions{build_concurrently(std::move(build), table, plan)};
  actions.front().ahead = plan.replaces(constraint.id);
  actions.push_back(add_constraint(constraint, alter,
                                   sql(key.keyword, " USING INDEX ", name, key.deferrable), false,
                                   locked(false)));
  return actions;
}

Action validate_apart(const Object& constraint, std::vector<Touch> touches) {
  return validate(alter_table(constraint.id), Ident(std::string(constraint.id.name())),
                  std::move(touches));
}

Actions set_not_null_online(const Context& plan, const ObjectId& table, const Ident& column) {
  const Ident proof(made_name(table.name(), column.text, "is_set"));
  const Sql alter = sql("ALTER TABLE ", qname(table), " ");
  const auto briefly = [&](Sql head) {
    return statement(std::move(head), touch(plan, table, Lock::access_exclusive));
  };
  return {
      briefly(sql(alter, "ADD CONSTRAINT ", proof, " CHECK (", column, " IS NOT NULL) NOT VALID")),
      validate(alter, proof, touch(plan, table, Lock::share_update_exclusive, false, true)),
      briefly(sql(alter, "ALTER COLUMN ", column, " SET NOT NULL")),
      briefly(sql(alter, "DROP CONSTRAINT ", proof))};
}

}  // namespace schemac::postgres
