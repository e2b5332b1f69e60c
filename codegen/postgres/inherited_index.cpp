#include "compiler/kinds/inherited_index.h"

#include "codegen/postgres/inheritance.h"
#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql address(const Object& index) {
  return sql("INDEX ",
             QName{Ident(std::string(index.id.path()[0])), Ident(std::string(index.id.name()))});
}

constexpr FieldRule kFields[] = {
    replaces("of"),
};
static_assert(covers(inherited_index_kind, kFields),
              "every field of an inherited index needs a rule, in their order");

}  // namespace

extern constexpr KindRules inherited_index_rules{.create = name_inherited_key,
                                                 .drop = unname_inherited_key,
                                                 .drop_keeps_parts = true,
                                                 .rename = rename_inherited_key,
                                                 .address = address,
                                                 .fields = kFields};

}  // namespace schemac::postgres
