#include "compiler/kinds/materialized_view.h"

#include "codegen/postgres/parts.h"
#include "compiler/kinds/table.h"

namespace schemac::postgres {
namespace {

// First server version with the statement.
constexpr int kAccessMethodChanges = 15;

Sql alter(const Typed<MaterializedView>& view) {
  return sql("ALTER MATERIALIZED VIEW ", view.qname());
}

// Filling it reads the tables of its query.
std::vector<Touch> touch_read(const Typed<MaterializedView>& view, const Context& plan) {
  std::vector<Touch> touches;
  for (const Edge& edge : view.object->depends)
    if (&edge.target.kind() == &table_kind)
      append(touches, touch(plan, edge.target, Lock::access_share, false, true));
  return touches;
}

Actions create(const Typed<MaterializedView>& view, const Context& plan) {
  Sql head = sql("CREATE MATERIALIZED VIEW ", view.qname());
  if (!view.columns.empty()) head.add(sql(" (", names(view.columns), ")"));
  if (view.access_method) head.add(sql(" USING ", *view.access_method));
  head.add(with_clause(view.with));
  if (view.tablespace) head.add(sql(" TABLESPACE ", *view.tablespace));
  head.add(sql(" AS\n", query(view.query, *view.object, plan)));
  if (view.no_data) return {statement(sql(head, "\nWITH NO DATA"))};
  return {statement(std::move(head), touch_read(view, plan))};
}

// Nothing of it can be read while it is left empty.
std::optional<Actions> fill(const Typed<MaterializedView>&, const Typed<MaterializedView>& now,
                            const Context& plan) {
  Sql head = sql("REFRESH MATERIALIZED VIEW ", now.qname());
  if (now.no_data) head.add(" WITH NO DATA");
  std::vector<Touch> touches = touch(plan, now.id(), Lock::access_exclusive, true);
  if (!now.no_data) append(touches, touch_read(now, plan));
  return Actions{statement(std::move(head), std::move(touches), Loss::rebuildable)};
}

Actions drop(const Typed<MaterializedView>& view, const Context& plan) {
  return {statement(sql("DROP MATERIALIZED VIEW ", view.qname()),
                    touch(plan, view.id(), Lock::access_exclusive), Loss::rebuildable)};
}

Actions rename(const Typed<MaterializedView>& was, const Typed<MaterializedView>& now,
               const Context& plan) {
  return {statement(sql("ALTER MATERIALIZED VIEW ", QName{now.qname().schema, was.name()},
                        " RENAME TO ", now.qname().name),
                    touch(plan, now.id(), Lock::access_exclusive))};
}

// Before 15 the view is made anew instead.
std::optional<Actions> set_access_method(const Typed<MaterializedView>&,
                                         const Typed<MaterializedView>& now, const Context& plan) {
  if (plan.server_version() < kAccessMethodChanges) return std::nullopt;
  return Actions{
      statement(sql(alter(now), " SET ACCESS METHOD ", now.access_method.value_or(Ident("heap"))),
                touch(plan, now.id(), Lock::access_exclusive, true, true))};
}

std::optional<Actions> set_storage(const Typed<MaterializedView>& was,
                                   const Typed<MaterializedView>& now, const Context& plan) {
  return set_parameters(alter(now), was.with, now.with,
                        touch(plan, now.id(), Lock::share_update_exclusive));
}

std::optional<Actions> set_tablespace(const Typed<MaterializedView>&,
                                      const Typed<MaterializedView>& now, const Context& plan) {
  return Actions{
      statement(sql(alter(now), " SET TABLESPACE ", now.tablespace.value_or(Ident("pg_default"))),
                touch(plan, now.id(), Lock::access_exclusive, true))};
}

// Once a server has seen a query, its text names the columns, and a change of theirs is one of it.
std::optional<Actions> set_columns(const Typed<MaterializedView>& was,
                                   const Typed<MaterializedView>& now, const Context&) {
  if (was.query.canonical.empty() || now.query.canonical.empty()) return std::nullopt;
  return Actions{};
}

Sql address(const Object& view) {
  return sql("MATERIALIZED VIEW ", qname(view.id));
}

constexpr FieldRule kFields[] = {
    alters<set_columns>("columns"),
    alters<set_access_method>("access_method"),
    alters<set_storage>("with"),
    alters<set_tablespace>("tablespace"),
    replaces("query"),
    alters<fill>("no_data"),
};
static_assert(covers(materialized_view_kind, kFields),
              "every field of a materialized view needs a rule, in their order");

}  // namespace

extern constexpr KindRules materialized_view_rules{.create = on<create>,
                                                   .drop = on<drop>,
                                                   .rename = on_both<rename>,
                                                   .address = address,
                                                   .fields = kFields};

}  // namespace schemac::postgres
