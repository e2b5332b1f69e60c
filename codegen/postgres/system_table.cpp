#include "compiler/kinds/system_table.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// It is always there.
Actions nothing(const Object&, const Context&) {
  return {};
}

Sql address(const Object& table) {
  return sql("TABLE ", QName{Ident("pg_catalog"), typed<SystemTable>(table).table.name});
}

constexpr FieldRule kFields[] = {
    replaces("table"),
};
static_assert(covers(system_table_kind, kFields),
              "every field of a system table needs a rule, in their order");

}  // namespace

extern constexpr KindRules system_table_rules{.create = nothing,
                                              .drop = nothing,
                                              .drop_keeps_parts = true,
                                              .address = address,
                                              .fields = kFields};

}  // namespace schemac::postgres
