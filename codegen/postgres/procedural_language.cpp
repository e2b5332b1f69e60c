#include "compiler/kinds/procedural_language.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql definition(const Typed<ProceduralLanguage>& language) {
  Sql result = sql(language.trusted ? sql("TRUSTED LANGUAGE ") : sql("LANGUAGE "), language.name(),
                   " HANDLER ", language.handler);
  if (language.inline_handler) result.add(sql(" INLINE ", *language.inline_handler));
  if (language.validator) result.add(sql(" VALIDATOR ", *language.validator));
  return result;
}

Actions create(const Typed<ProceduralLanguage>& language, const Context&) {
  return {statement(sql("CREATE ", definition(language)))};
}

std::optional<Actions> redefine(const Typed<ProceduralLanguage>&,
                                const Typed<ProceduralLanguage>& now, const Context&) {
  return Actions{statement(sql("CREATE OR REPLACE ", definition(now)))};
}

Actions drop(const Typed<ProceduralLanguage>& language, const Context&) {
  return {statement(sql("DROP LANGUAGE ", language.name()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<ProceduralLanguage>& was, const Typed<ProceduralLanguage>& now,
               const Context&) {
  return {statement(sql("ALTER LANGUAGE ", was.name(), " RENAME TO ", now.name()))};
}

Sql address(const Object& language) {
  return sql("LANGUAGE ", Ident(std::string(language.id.name())));
}

constexpr FieldRule kFields[] = {
    alters<redefine>("trusted"),
    alters<redefine>("handler"),
    alters<redefine>("inline"),
    alters<redefine>("validator"),
};
static_assert(covers(procedural_language_kind, kFields),
              "every field of a language needs a rule, in their order");

}  // namespace

extern constexpr KindRules procedural_language_rules{.create = on<create>,
                                                     .drop = on<drop>,
                                                     .rename = on_both<rename>,
                                                     .address = address,
                                                     .fields = kFields};

}  // namespace schemac::postgres
