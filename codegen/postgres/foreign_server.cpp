#include "compiler/kinds/foreign_server.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<ForeignServer>& server, const Context&) {
  Sql head = sql("CREATE SERVER ", server.name());
  if (server.type) head.add(sql(" TYPE ", Literal{*server.type}));
  if (server.version) head.add(sql(" VERSION ", Literal{*server.version}));
  return {statement(
      sql(head, " FOREIGN DATA WRAPPER ", server.wrapper, options_clause(server.options)))};
}

std::optional<Actions> set_version(const Typed<ForeignServer>&, const Typed<ForeignServer>& now,
                                   const Context&) {
  const Sql version = now.version ? sql(Literal{*now.version}) : sql("NULL");
  return Actions{statement(sql("ALTER SERVER ", now.name(), " VERSION ", version))};
}

std::optional<Actions> set_options(const Typed<ForeignServer>& was, const Typed<ForeignServer>& now,
                                   const Context&) {
  return Actions{statement(
      sql("ALTER SERVER ", now.name(), changed_options_clause(was.options, now.options)))};
}

Actions drop(const Typed<ForeignServer>& server, const Context&) {
  return {statement(sql("DROP SERVER ", server.name()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<ForeignServer>& was, const Typed<ForeignServer>& now, const Context&) {
  return {statement(sql("ALTER SERVER ", was.name(), " RENAME TO ", now.name()))};
}

Sql address(const Object& server) {
  return sql("SERVER ", Ident(std::string(server.id.name())));
}

constexpr FieldRule kFields[] = {
    replaces("type"),
    alters<set_version>("version"),
    replaces("wrapper"),
    alters<set_options>("options"),
};
static_assert(covers(foreign_server_kind, kFields),
              "every field of a server needs a rule, in their order");

}  // namespace

extern constexpr KindRules foreign_server_rules{.create = on<create>,
                                                .drop = on<drop>,
                                                .rename = on_both<rename>,
                                                .address = address,
                                                .fields = kFields};

}  // namespace schemac::postgres
