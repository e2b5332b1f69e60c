#include "compiler/kinds/schema.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<Schema>& schema, const Context&) {
  return {statement(sql("CREATE SCHEMA ", schema.name()))};
}

Actions drop(const Typed<Schema>& schema, const Context&) {
  return {statement(sql("DROP SCHEMA ", schema.name()))};
}

Actions rename(const Typed<Schema>& was, const Typed<Schema>& now, const Context&) {
  return {statement(sql("ALTER SCHEMA ", was.name(), " RENAME TO ", now.name()))};
}

Sql address(const Object& schema) {
  return sql("SCHEMA ", Ident(std::string(schema.id.name())));
}

static_assert(covers(schema_kind, {}), "every field of a schema needs a rule, in their order");

}  // namespace

extern constexpr KindRules schema_rules{
    .create = on<create>, .drop = on<drop>, .rename = on_both<rename>, .address = address};

}  // namespace schemac::postgres
