#include "compiler/kinds/extension_language.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

// It comes and goes with its extension.
Actions nothing(const Object&, const Context&) {
  return {};
}

Sql address(const Object& member) {
  const auto it = typed<ExtensionLanguage>(member);
  return sql("LANGUAGE ", it.language);
}

constexpr FieldRule kFields[] = {
    replaces("language"),
};
static_assert(covers(extension_language_kind, kFields),
              "every field of an extension's member needs a rule, in their order");

}  // namespace

extern constexpr KindRules extension_language_rules{.create = nothing,
                                                    .drop = nothing,
                                                    .drop_keeps_parts = true,
                                                    .address = address,
                                                    .fields = kFields};

}  // namespace schemac::postgres
