#include "compiler/kinds/extension_function.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// It comes and goes with its extension.
Actions nothing(const Object&, const Context&) {
  return {};
}

Sql address(const Object& member) {
  const auto it = typed<ExtensionFunction>(member);
  return sql("FUNCTION ", routine_name({it.routine.name, it.routine.arguments}));
}

constexpr FieldRule kFields[] = {
    replaces("routine"),
};
static_assert(covers(extension_function_kind, kFields),
              "every field of an extension's member needs a rule, in their order");

}  // namespace

extern constexpr KindRules extension_function_rules{.create = nothing,
                                                    .drop = nothing,
                                                    .drop_keeps_parts = true,
                                                    .address = address,
                                                    .fields = kFields};

}  // namespace schemac::postgres
