#include "compiler/kinds/view_column.h"

#include "codegen/postgres/parts.h"
namespace schemac::postgres {
namespace {

Action set_default_to(const Typed<ViewColumn>& column, const std::optional<SqlText>& initial,
                      const Context& plan) {
  Sql head = sql("ALTER VIEW ", column.qname(), " ALTER COLUMN ", column.name());
  if (initial)
    head.add(sql(" SET DEFAULT ", default_value(*initial, *column.object)));
  else
    head.add(" DROP DEFAULT");
  return statement(std::move(head), touch(plan, column.object->parent, Lock::access_exclusive));
}

// The view's query makes the column; only what it carries takes a statement.
Actions create(const Typed<ViewColumn>& column, const Context& plan) {
  if (!column.initial) return {};
  return {set_default_to(column, column.initial, plan)};
}

Actions drop(const Typed<ViewColumn>& column, const Context& plan) {
  if (!column.initial) return {};
  return {set_default_to(column, std::nullopt, plan)};
}

Actions rename(const Typed<ViewColumn>& was, const Typed<ViewColumn>& now, const Context& plan) {
  return {
      statement(sql("ALTER VIEW ", now.qname(), " RENAME COLUMN ", was.name(), " TO ", now.name()),
                touch(plan, now.object->parent, Lock::access_exclusive))};
}

std::optional<Actions> set_default(const Typed<ViewColumn>&, const Typed<ViewColumn>& now,
                                   const Context& plan) {
  return Actions{set_default_to(now, now.initial, plan)};
}

Sql address(const Object& column) {
  return sql("COLUMN ", qname(column.id), ".", Ident(std::string(column.id.name())));
}

constexpr FieldRule kFields[] = {
    alters<set_default>("default"),
};
static_assert(covers(view_column_kind, kFields),
              "every field of a view's column needs a rule, in their order");

}  // namespace

extern constexpr KindRules view_column_rules{.create = on<create>,
                                             .drop = on<drop>,
                                             .rename = on_both<rename>,
                                             .address = address,
                                             .fields = kFields};

}  // namespace schemac::postgres
