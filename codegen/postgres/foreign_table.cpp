#include "compiler/kinds/foreign_table.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<ForeignTable>& table, const Context&) {
  Action action = statement(sql("CREATE FOREIGN TABLE ", table.qname()));
  action.style = Elements::parens;
  action.tail = sql(" SERVER ", table.server, options_clause(table.options));
  return {action};
}

// The rows stay where they are.
Actions drop(const Typed<ForeignTable>& table, const Context& plan) {
  return {statement(sql("DROP FOREIGN TABLE ", table.qname()),
                    touch(plan, table.id(), Lock::access_exclusive), Loss::rebuildable)};
}

Actions rename(const Typed<ForeignTable>& was, const Typed<ForeignTable>& now,
               const Context& plan) {
  return {statement(
      sql("ALTER FOREIGN TABLE ", QName{now.qname().schema, was.name()}, " RENAME TO ", now.name()),
      touch(plan, now.id(), Lock::access_exclusive))};
}

std::optional<Actions> set_options(const Typed<ForeignTable>& was, const Typed<ForeignTable>& now,
                                   const Context& plan) {
  return Actions{statement(
      sql("ALTER FOREIGN TABLE ", now.qname(), changed_options_clause(was.options, now.options)),
      touch(plan, now.id(), Lock::access_exclusive))};
}

Sql address(const Object& table) {
  return sql("FOREIGN TABLE ", qname(table.id));
}

constexpr FieldRule kFields[] = {
    replaces("server"),
    alters<set_options>("options"),
};
static_assert(covers(foreign_table_kind, kFields),
              "every field of a foreign table needs a rule, in their order");

}  // namespace

extern constexpr KindRules foreign_table_rules{.create = on<create>,
                                               .drop = on<drop>,
                                               .rename = on_both<rename>,
                                               .address = address,
                                               .fields = kFields};

}  // namespace schemac::postgres
