#include "compiler/kinds/materialized_view_column.h"

#include "codegen/postgres/parts.h"
#include "codegen/postgres/postgres.h"
#include "codegen/postgres/text.h"

namespace schemac::postgres {
namespace {

Sql alter_column(const Typed<MaterializedViewColumn>& column) {
  return sql("ALTER MATERIALIZED VIEW ", column.qname(), " ALTER COLUMN ", column.name());
}

std::vector<Touch> locked(const Typed<MaterializedViewColumn>& column, const Context& plan,
                          Lock lock) {
  return touch(plan, column.object->parent, lock);
}

// Before 16 no statement asks for the type's own way, and the type is known to the server alone.
constexpr int kStorageDefault = 16;

Sql storage_of_type(const Typed<MaterializedViewColumn>& column) {
  const std::string command = render(sql(alter_column(column), " SET STORAGE "), dialect());
  const std::string relation = render(sql(column.qname()), dialect());
  const std::string body =
      render(sql("\nBEGIN\n  EXECUTE ", Literal{command}, " || (\n",
                 "    SELECT CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'\n",
                 "                             WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END\n",
                 "    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid\n",
                 "    WHERE a.attrelid = ", Literal{relation}, "::regclass AND a.attname = ",
                 Literal{std::string(column.object->id.name())}, ");\nEND\n"),
             dialect());
  return sql("DO ", dollar_quoted(body));
}

Action storage_to(const Typed<MaterializedViewColumn>& column,
                  const std::optional<std::string>& word, const Context& plan) {
  Sql command = word ? sql(alter_column(column), " SET STORAGE ", Word{*word})
                : plan.server_version() >= kStorageDefault
                    ? sql(alter_column(column), " SET STORAGE DEFAULT")
                    : storage_of_type(column);
  return statement(std::move(command), locked(column, plan, Lock::access_exclusive));
}

Action compression_to(const Typed<MaterializedViewColumn>& column,
                      const std::optional<Ident>& method, const Context& plan) {
  return statement(
      sql(alter_column(column), " SET COMPRESSION ", method.value_or(Ident("default"))),
      locked(column, plan, Lock::access_exclusive));
}

Action statistics_to(const Typed<MaterializedViewColumn>& column,
                     const std::optional<std::int64_t>& target, const Context& plan) {
  return statement(sql(alter_column(column), " SET STATISTICS ", target.value_or(-1)),
                   locked(column, plan, Lock::share_update_exclusive));
}

Actions options_to(const Typed<MaterializedViewColumn>& column, const std::vector<Setting>& was,
                   const std::vector<Setting>& now, const Context& plan) {
  return set_parameters(alter_column(column), was, now,
                        locked(column, plan, Lock::share_update_exclusive));
}

// The view's query makes the column; only what it carries takes a statement.
Actions create(const Typed<MaterializedViewColumn>& column, const Context& plan) {
  Actions actions;
  if (column.storage) actions.push_back(storage_to(column, column.storage, plan));
  if (column.compression) actions.push_back(compression_to(column, column.compression, plan));
  if (column.statistics) actions.push_back(statistics_to(column, column.statistics, plan));
  append(actions, options_to(column, {}, column.options, plan));
  return actions;
}

Actions drop(const Typed<MaterializedViewColumn>& column, const Context& plan) {
  Actions actions;
  if (column.storage) actions.push_back(storage_to(column, std::nullopt, plan));
  if (column.compression) actions.push_back(compression_to(column, std::nullopt, plan));
  if (column.statistics) actions.push_back(statistics_to(column, std::nullopt, plan));
  append(actions, options_to(column, column.options, {}, plan));
  return actions;
}

Actions rename(const Typed<MaterializedViewColumn>& was, const Typed<MaterializedViewColumn>& now,
               const Context& plan) {
  return {statement(sql("ALTER MATERIALIZED VIEW ", now.qname(), " RENAME COLUMN ", was.name(),
                        " TO ", now.name()),
                    locked(now, plan, Lock::access_exclusive))};
}

std::optional<Actions> set_storage(const Typed<MaterializedViewColumn>&,
                                   const Typed<MaterializedViewColumn>& now, const Context& plan) {
  return Actions{storage_to(now, now.storage, plan)};
}

std::optional<Actions> set_compression(const Typed<MaterializedViewColumn>&,
                                       const Typed<MaterializedViewColumn>& now,
                                       const Context& plan) {
  return Actions{compression_to(now, now.compression, plan)};
}

std::optional<Actions> set_statistics(const Typed<MaterializedViewColumn>&,
                                      const Typed<MaterializedViewColumn>& now,
                                      const Context& plan) {
  return Actions{statistics_to(now, now.statistics, plan)};
}

std::optional<Actions> set_options(const Typed<MaterializedViewColumn>& was,
                                   const Typed<MaterializedViewColumn>& now, const Context& plan) {
  return options_to(now, was.options, now.options, plan);
}

Sql address(const Object& column) {
  return sql("COLUMN ", qname(column.id), ".", Ident(std::string(column.id.name())));
}

constexpr FieldRule kFields[] = {
    alters<set_storage>("storage"),
    alters<set_compression>("compression"),
    alters<set_statistics>("statistics"),
    alters<set_options>("options"),
};
static_assert(covers(materialized_view_column_kind, kFields),
              "every field of a materialized view's column needs a rule, in their order");

}  // namespace

extern constexpr KindRules materialized_view_column_rules{.create = on<create>,
                                                          .drop = on<drop>,
                                                          .rename = on_both<rename>,
                                                          .address = address,
                                                          .fields = kFields};

}  // namespace schemac::postgres
