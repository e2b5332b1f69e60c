#include "compiler/kinds/system_function.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// It is always there.
Actions nothing(const Object&, const Context&) {
  return {};
}

Sql address(const Object& function) {
  const auto it = typed<SystemFunction>(function);
  const QName name{Ident("pg_catalog"), it.routine.name.name};
  return sql("FUNCTION ", routine_name({name, it.routine.arguments}));
}

constexpr FieldRule kFields[] = {
    replaces("routine"),
};
static_assert(covers(system_function_kind, kFields),
              "every field of a system function needs a rule, in their order");

}  // namespace

extern constexpr KindRules system_function_rules{.create = nothing,
                                                 .drop = nothing,
                                                 .drop_keeps_parts = true,
                                                 .address = address,
                                                 .fields = kFields};

}  // namespace schemac::postgres
