#include "compiler/kinds/table.h"

#include "codegen/postgres/parts.h"
#include "compiler/kinds/column.h"
#include "compiler/kinds/foreign_key.h"

namespace schemac::postgres {
namespace {

Sql alter(const Typed<Table>& table) {
  return sql("ALTER TABLE ", table.qname());
}

Actions create(const Typed<Table>& table, const Context&) {
  Action action = statement(
      sql(table.unlogged ? sql("CREATE UNLOGGED TABLE ") : sql("CREATE TABLE "), table.qname()));
  action.style = Elements::parens;
  if (table.access_method) action.tail.add(sql(" USING ", *table.access_method));
  action.tail.add(with_clause(table.with));
  if (table.tablespace) action.tail.add(sql(" TABLESPACE ", *table.tablespace));
  return {action};
}

// The constraint's triggers on the tables that it refers to go as well, hence their locks.
Actions drop(const Typed<Table>& table, const Context& plan) {
  std::vector<Touch> touches = touch(plan, table.id(), Lock::access_exclusive);
  for (const Object* child : plan.children_before(table.id())) {
    if (&child->kind() != &foreign_key_kind) continue;
    const ObjectId other = relation_id(table_kind, typed<ForeignKey>(*child).references);
    if (other == table.id()) continue;
    for (const Touch& t : touch(plan, other, Lock::access_exclusive)) touches.push_back(t);
  }
  return {statement(sql("DROP TABLE ", table.qname()), std::move(touches), Loss::rows)};
}

// Sequences of identity columns are named after the table; where the model does not name them, they
// follow it.
Actions rename(const Typed<Table>& was, const Typed<Table>& now, const Context& plan) {
  const QName to = now.qname();
  Actions actions{
      statement(sql("ALTER TABLE ", QName{to.schema, was.name()}, " RENAME TO ", to.name),
                touch(plan, now.id(), Lock::access_exclusive))};
  for (const Object* child : plan.children_after(now.id())) {
    if (&child->kind() != &column_kind) continue;
    const Object* before = plan.before(child->id);
    if (before == nullptr) continue;
    const auto column = typed<Column>(*before);
    if (!column.identity || column.identity->sequence) continue;
    // Columns are renamed after their table.
    const std::string_view name = plan.former_name(column.id());
    const Ident old_name(made_name(was.name().text, name, "seq"));
    const Ident new_name(made_name(now.name().text, name, "seq"));
    actions.push_back(
        statement(sql("ALTER SEQUENCE ", QName{to.schema, old_name}, " RENAME TO ", new_name)));
  }
  return actions;
}

// A logged table cannot refer to an unlogged one, at no time.
std::optional<Actions> set_logged(const Typed<Table>&, const Typed<Table>& now,
                                  const Context& plan) {
  const Sql state = now.unlogged ? sql(" SET UNLOGGED") : sql(" SET LOGGED");
  Action action =
      statement(sql(alter(now), state), touch(plan, now.id(), Lock::access_exclusive, true, true));
  for (const Object* child : plan.children_before(now.id())) {
    if (&child->kind() != &foreign_key_kind) continue;
    const ObjectId other = relation_id(table_kind, typed<ForeignKey>(*child).references);
    if (other == now.id()) continue;
    (now.unlogged ? action.before : action.after).push_back(other);
  }
  return Actions{std::move(action)};
}

// Before 15 no statement moves the rows over, so the table is made anew and its rows are lost.
std::optional<Actions> set_access_method(const Typed<Table>&, const Typed<Table>& now,
                                         const Context& plan) {
  if (plan.server_version() < 15) return std::nullopt;
  return Actions{
      statement(sql(alter(now), " SET ACCESS METHOD ", now.access_method.value_or(Ident("heap"))),
                touch(plan, now.id(), Lock::access_exclusive, true, true))};
}

std::optional<Actions> set_tablespace(const Typed<Table>&, const Typed<Table>& now,
                                      const Context& plan) {
  return Actions{
      statement(sql(alter(now), " SET TABLESPACE ", now.tablespace.value_or(Ident("pg_default"))),
                touch(plan, now.id(), Lock::access_exclusive, true))};
}

std::optional<Actions> set_storage(const Typed<Table>& was, const Typed<Table>& now,
                                   const Context& plan) {
  const auto is_catalog = [](const std::vector<Setting>& settings) {
    for (const Setting& setting : settings)
      if (setting.name == "user_catalog_table") return true;
    return false;
  };
  const bool strong = is_catalog(was.with) || is_catalog(now.with);
  Actions actions = set_parameters(
      alter(now), was.with, now.with,
      touch(plan, now.id(), strong ? Lock::access_exclusive : Lock::share_update_exclusive));
  // The server forgets what is set for a side table that is not there until a column needs it.
  const auto toast = [](std::vector<Setting> settings) {
    std::erase_if(settings, [](const Setting& s) { return !s.name.starts_with("toast."); });
    return settings;
  };
  if (toast(was.with) == toast(now.with)) return actions;
  for (Action& action : actions) {
    action.late = true;
    for (const Object* child : plan.children_after(now.id()))
      if (&child->kind() == &column_kind) action.after.push_back(child->id);
  }
  return actions;
}

Sql address(const Object& table) {
  return sql("TABLE ", qname(table.id));
}

constexpr FieldRule kFields[] = {
    alters<set_logged>("unlogged"),
    alters<set_access_method>("access_method"),
    alters<set_tablespace>("tablespace"),
    alters<set_storage>("with"),
};
static_assert(covers(table_kind, kFields), "every field of a table needs a rule, in their order");

}  // namespace

extern constexpr KindRules table_rules{.create = on<create>,
                                       .drop = on<drop>,
                                       .rename = on_both<rename>,
                                       .address = address,
                                       .fields = kFields};

}  // namespace schemac::postgres
