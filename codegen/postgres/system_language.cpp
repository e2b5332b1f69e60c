#include "compiler/kinds/system_language.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// It is there, whatever is said of it.
Actions nothing(const Object&, const Context&) {
  return {};
}

Sql address(const Object& language) {
  return sql("LANGUAGE ", Ident(typed<SystemLanguage>(language).language));
}

constexpr FieldRule kFields[] = {
    replaces("language"),
};
static_assert(covers(system_language_kind, kFields),
              "every field of a system language needs a rule, in their order");

}  // namespace

extern constexpr KindRules system_language_rules{.create = nothing,
                                                 .drop = nothing,
                                                 .drop_keeps_parts = true,
                                                 .address = address,
                                                 .fields = kFields};

}  // namespace schemac::postgres
