#include "compiler/kinds/view.h"

#include <algorithm>

#include "codegen/postgres/parts.h"
#include "compiler/diff/diff.h"
#include "compiler/sqltext/sqltext.h"

namespace schemac::postgres {
namespace {

// `shop.active (id, name) WITH (security_barrier = true) AS` and the query on lines of its own.
Sql definition(const Typed<View>& view, const Context& plan) {
  Sql result = sql(view.qname());
  if (!view.columns.empty()) result.add(sql(" (", names(view.columns), ")"));
  result.add(with_clause(view.with));
  result.add(sql(" AS\n", query(view.query, *view.object, plan)));
  return result;
}

std::vector<Touch> locked(const Typed<View>& view, const Context& plan) {
  return touch(plan, view.id(), Lock::access_exclusive);
}

Actions create(const Typed<View>& view, const Context& plan) {
  return {statement(sql("CREATE VIEW ", definition(view, plan)), locked(view, plan))};
}

Actions drop(const Typed<View>& view, const Context& plan) {
  return {statement(sql("DROP VIEW ", view.qname()), locked(view, plan), Loss::rebuildable)};
}

Actions rename(const Typed<View>& was, const Typed<View>& now, const Context& plan) {
  return {statement(
      sql("ALTER VIEW ", QName{now.qname().schema, was.name()}, " RENAME TO ", now.qname().name),
      locked(now, plan))};
}

// Whether a star in a query that stays as it is stands for other columns than before.
bool finds_other_columns(const Typed<View>& was, const Typed<View>& now, const Context& plan) {
  if (now.query.written.find('*') == std::string::npos) return false;
  const auto is_column = [](const Edge& edge) { return edge.target.kind().recorded_order; };
  const auto comes = [&](const Edge& edge) { return is_column(edge) && !plan.before(edge.target); };
  const auto goes = [&](const Edge& edge) { return is_column(edge) && !plan.after(edge.target); };
  const auto &had = was.object->depends, &has = now.object->depends;
  return std::any_of(had.begin(), had.end(), goes) || std::any_of(has.begin(), has.end(), comes);
}

bool keeps_columns(const Typed<View>& was, const Typed<View>& now, const Context& plan) {
  if (!was.query.canonical.empty() && !now.query.canonical.empty())
    return keeps_output(was.query.canonical, now.query.canonical);
  return was.columns == now.columns && keeps_output(was.query.written, now.query.written) &&
         !finds_other_columns(was, now, plan);
}

// CREATE OR REPLACE takes a query whose first columns are those of the old one, and sets the
// options anew; options alone need less.
std::optional<Actions> alter(const Typed<View>& was, const Typed<View>& now, const Context& plan) {
  const FieldIndex field = field_index(view_kind, "query");
  if (same(view_kind.fields[field], was.object->values[field], now.object->values[field]).same &&
      !finds_other_columns(was, now, plan))
    return set_parameters(sql("ALTER VIEW ", now.qname()), was.with, now.with, locked(now, plan));
  if (!keeps_columns(was, now, plan)) return std::nullopt;
  return Actions{
      statement(sql("CREATE OR REPLACE VIEW ", definition(now, plan)), locked(now, plan))};
}

// Once a server has seen a query, its text names the columns, and a change of theirs is one of it.
std::optional<Actions> set_columns(const Typed<View>& was, const Typed<View>& now, const Context&) {
  if (was.query.canonical.empty() || now.query.canonical.empty()) return std::nullopt;
  return Actions{};
}

Sql address(const Object& view) {
  return sql("VIEW ", qname(view.id));
}

constexpr FieldRule kFields[] = {
    alters<set_columns>("columns"),
    alters<alter>("with"),
    alters<alter>("query"),
};
static_assert(covers(view_kind, kFields), "every field of a view needs a rule, in their order");

}  // namespace

extern constexpr KindRules view_rules{.create = on<create>,
                                      .drop = on<drop>,
                                      .rename = on_both<rename>,
                                      .address = address,
                                      .fields = kFields};

}  // namespace schemac::postgres
