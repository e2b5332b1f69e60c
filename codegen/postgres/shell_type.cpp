#include "compiler/kinds/shell_type.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql name_of(const Object& type) {
  return type_name({qname(type.id), {}, 0});
}

Actions create(const Typed<ShellType>& type, const Context&) {
  return {statement(sql("CREATE TYPE ", name_of(*type.object)))};
}

Actions drop(const Typed<ShellType>& type, const Context&) {
  return {statement(sql("DROP TYPE ", name_of(*type.object)), {}, Loss::rebuildable)};
}

Sql address(const Object& type) {
  return sql("TYPE ", name_of(type));
}

static_assert(covers(shell_type_kind, {}),
              "every field of a shell type needs a rule, in their order");

}  // namespace

extern constexpr KindRules shell_type_rules{
    .create = on<create>, .drop = on<drop>, .address = address};

}  // namespace schemac::postgres
