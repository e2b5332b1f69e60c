#include "compiler/kinds/inherited_constraint.h"

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

constexpr FieldRule kFields[] = {
    replaces("of"),
};
static_assert(covers(inherited_constraint_kind, kFields),
              "every field of an inherited constraint needs a rule, in their order");

}  // namespace

extern constexpr KindRules inherited_constraint_rules{.create = name_inherited_key,
                                                      .drop = unname_inherited_key,
                                                      .drop_keeps_parts = true,
                                                      .rename = rename_inherited_key,
                                                      .said_of_remade = true,
                                                      .address = constraint_address,
                                                      .fields = kFields};

}  // namespace schemac::postgres
