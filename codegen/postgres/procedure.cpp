#include "compiler/kinds/procedure.h"

#include "codegen/postgres/routine.h"

namespace schemac::postgres {
namespace {

Sql definition(const Typed<Procedure>& procedure) {
  const Object& object = *procedure.object;
  Sql result =
      sql("PROCEDURE ", procedure.qname(), "(", argument_list(procedure.arguments, object), ")",
          "\n    LANGUAGE ", procedure.language, transform_clause(procedure.transforms));
  if (procedure.security_definer) result.add(" SECURITY DEFINER");
  result.add(setting_clauses(procedure.settings));
  if (procedure.atomic)
    result.add(sql("\nBEGIN ATOMIC\n", statements(*procedure.atomic, object), "\nEND"));
  else
    result.add(sql("\n    AS ", text_body(procedure.language, procedure.library, procedure.body)));
  return result;
}

Actions create(const Typed<Procedure>& procedure, const Context&) {
  return {statement(sql("CREATE ", definition(procedure)))};
}

Actions drop(const Typed<Procedure>& procedure, const Context&) {
  return {
      statement(sql("DROP PROCEDURE ", routine_address(*procedure.object)), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Procedure>& was, const Typed<Procedure>& now, const Context&) {
  return {statement(sql("ALTER PROCEDURE ", renamed_address(*was.object, *now.object),
                        " RENAME TO ", now.qname().name))};
}

std::optional<Actions> redefine(const Typed<Procedure>& was, const Typed<Procedure>& now,
                                const Context&) {
  if (!keeps_arguments(was.arguments, now.arguments)) return std::nullopt;
  return Actions{statement(sql("CREATE OR REPLACE ", definition(now)))};
}

Sql address(const Object& procedure) {
  return sql("PROCEDURE ", routine_address(procedure));
}

constexpr FieldRule kFields[] = {
    alters<redefine>("arguments"),  alters<redefine>("language"),
    alters<redefine>("transforms"), alters<redefine>("security_definer"),
    alters<redefine>("settings"),   alters<redefine>("library"),
    alters<redefine>("body"),       alters<redefine>("atomic"),
};
static_assert(covers(procedure_kind, kFields),
              "every field of a procedure needs a rule, in their order");

}  // namespace

extern constexpr KindRules procedure_rules{.create = on<create>,
                                           .drop = on<drop>,
                                           .rename = on_both<rename>,
                                           .address = address,
                                           .fields = kFields};

}  // namespace schemac::postgres
