#include "compiler/kinds/extension.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<Extension>& extension, const Context&) {
  return {statement(sql("CREATE EXTENSION ", extension.name(), " SCHEMA ", extension.schema))};
}

Actions drop(const Typed<Extension>& extension, const Context&) {
  return {statement(sql("DROP EXTENSION ", extension.name()), {}, Loss::rebuildable)};
}

std::optional<Actions> set_schema(const Typed<Extension>&, const Typed<Extension>& now,
                                  const Context&) {
  return Actions{statement(sql("ALTER EXTENSION ", now.name(), " SET SCHEMA ", now.schema))};
}

Sql address(const Object& extension) {
  return sql("EXTENSION ", Ident(std::string(extension.id.name())));
}

constexpr FieldRule kFields[] = {
    alters<set_schema>("schema"),
};
static_assert(covers(extension_kind, kFields),
              "every field of an extension needs a rule, in their order");

}  // namespace

extern constexpr KindRules extension_rules{
    .create = on<create>, .drop = on<drop>, .address = address, .fields = kFields};

}  // namespace schemac::postgres
