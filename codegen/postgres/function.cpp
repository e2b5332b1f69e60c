#include "compiler/kinds/function.h"

#include "codegen/postgres/routine.h"

namespace schemac::postgres {
namespace {

Sql returns_clause(const Typed<Function>& function) {
  if (!function.returns_table.empty()) {
    std::vector<Sql> columns;
    for (const ResultColumn& column : function.returns_table)
      columns.push_back(sql(strict_name(column.name), " ", type_name(column.type)));
    return sql(" RETURNS TABLE (", join(columns, ", "), ")");
  }
  if (!function.returns) return {};
  return sql(function.returns_set ? sql(" RETURNS SETOF ") : sql(" RETURNS "),
             type_name(*function.returns));
}

Sql attributes(const Typed<Function>& function) {
  Sql result;
  if (function.window) result.add(" WINDOW");
  if (function.volatility != "volatile") result.add(sql(" ", Word{function.volatility}));
  if (function.leakproof) result.add(" LEAKPROOF");
  if (function.strict) result.add(" STRICT");
  if (function.security_definer) result.add(" SECURITY DEFINER");
  if (function.parallel != "unsafe") result.add(sql(" PARALLEL ", Word{function.parallel}));
  if (!function.cost.empty()) result.add(sql(" COST ", Fragment{function.cost}));
  if (!function.rows.empty()) result.add(sql(" ROWS ", Fragment{function.rows}));
  if (function.support) result.add(sql(" SUPPORT ", *function.support));
  return result;
}

Sql body_clause(const Typed<Function>& function) {
  const Object& object = *function.object;
  if (function.atomic)
    return sql("\nBEGIN ATOMIC\n", statements(*function.atomic, object), "\nEND");
  if (function.expression) return sql("\nRETURN ", expression(*function.expression, object));
  return sql("\n    AS ", text_body(function.language, function.library, function.body));
}

Sql definition(const Typed<Function>& function) {
  return sql("FUNCTION ", function.qname(), "(",
             argument_list(function.arguments, *function.object), ")", returns_clause(function),
             "\n    LANGUAGE ", function.language, transform_clause(function.transforms),
             attributes(function), setting_clauses(function.settings), body_clause(function));
}

Actions create(const Typed<Function>& function, const Context&) {
  return {statement(sql("CREATE ", definition(function)))};
}

Actions drop(const Typed<Function>& function, const Context&) {
  return {
      statement(sql("DROP FUNCTION ", routine_address(*function.object)), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Function>& was, const Typed<Function>& now, const Context&) {
  return {statement(sql("ALTER FUNCTION ", renamed_address(*was.object, *now.object), " RENAME TO ",
                        now.qname().name))};
}

std::optional<Actions> redefine(const Typed<Function>& was, const Typed<Function>& now,
                                const Context&) {
  if (!keeps_arguments(was.arguments, now.arguments)) return std::nullopt;
  return Actions{statement(sql("CREATE OR REPLACE ", definition(now)))};
}

Sql address(const Object& function) {
  return sql("FUNCTION ", routine_address(function));
}

constexpr FieldRule kFields[] = {
    alters<redefine>("arguments"),
    replaces("returns_set"),
    replaces("returns"),
    replaces("returns_table"),
    alters<redefine>("language"),
    alters<redefine>("transforms"),
    replaces("window"),
    alters<redefine>("volatility"),
    alters<redefine>("leakproof"),
    alters<redefine>("strict"),
    alters<redefine>("security_definer"),
    alters<redefine>("parallel"),
    alters<redefine>("cost"),
    alters<redefine>("rows"),
    alters<redefine>("support"),
    alters<redefine>("settings"),
    alters<redefine>("library"),
    alters<redefine>("body"),
    alters<redefine>("atomic"),
    alters<redefine>("expression"),
};
static_assert(covers(function_kind, kFields),
              "every field of a function needs a rule, in their order");

}  // namespace

extern constexpr KindRules function_rules{.create = on<create>,
                                          .drop = on<drop>,
                                          .rename = on_both<rename>,
                                          .address = address,
                                          .fields = kFields};

}  // namespace schemac::postgres
