#include "compiler/kinds/aggregate.h"

#include "codegen/postgres/routine.h"

namespace schemac::postgres {
namespace {

Sql argument_types(const std::vector<Argument>& arguments) {
  std::vector<Sql> types;
  for (const Argument& argument : arguments)
    types.push_back(
        sql(argument.mode == "variadic" ? sql("VARIADIC ") : Sql(), type_name(argument.type)));
  return join(types, ", ");
}

// `(integer)`, `(double precision ORDER BY integer)`, `(*)`
Sql in_parens(const Sql& direct, const Sql& ordered) {
  if (direct.empty() && ordered.empty()) return sql("(*)");
  if (ordered.empty()) return sql("(", direct, ")");
  return sql("(", direct, direct.empty() ? Sql() : sql(" "), "ORDER BY ", ordered, ")");
}

Sql address_as(const QName& name, const Typed<Aggregate>& aggregate) {
  return sql(name,
             in_parens(argument_types(aggregate.arguments), argument_types(aggregate.order_by)));
}

void add_function(std::vector<Sql>& options, const Sql& name,
                  const std::optional<QName>& function) {
  if (function) options.push_back(sql(name, " = ", *function));
}

void add_final(std::vector<Sql>& options, const Sql& name, const std::optional<QName>& function,
               bool extra, const std::optional<std::string>& modify) {
  add_function(options, name, function);
  if (extra) options.push_back(sql(name, "_EXTRA"));
  if (modify) options.push_back(sql(name, "_MODIFY = ", Word{*modify}));
}

void add_moving(std::vector<Sql>& options, const Typed<Aggregate>& a) {
  add_function(options, sql("MSFUNC"), a.msfunc);
  add_function(options, sql("MINVFUNC"), a.minvfunc);
  if (a.mstype) options.push_back(sql("MSTYPE = ", type_name(*a.mstype)));
  if (a.msspace) options.push_back(sql("MSSPACE = ", *a.msspace));
  add_final(options, sql("MFINALFUNC"), a.mfinalfunc, a.mfinalfunc_extra, a.mfinalfunc_modify);
  if (a.minitcond) options.push_back(sql("MINITCOND = ", Literal{*a.minitcond}));
}

Sql definition(const Typed<Aggregate>& a) {
  std::vector<Sql> options{sql("SFUNC = ", *a.sfunc), sql("STYPE = ", type_name(a.stype))};
  if (a.sspace) options.push_back(sql("SSPACE = ", *a.sspace));
  add_final(options, sql("FINALFUNC"), a.finalfunc, a.finalfunc_extra, a.finalfunc_modify);
  add_function(options, sql("COMBINEFUNC"), a.combinefunc);
  add_function(options, sql("SERIALFUNC"), a.serialfunc);
  add_function(options, sql("DESERIALFUNC"), a.deserialfunc);
  if (a.initcond) options.push_back(sql("INITCOND = ", Literal{*a.initcond}));
  add_moving(options, a);
  if (a.sortop) options.push_back(sql("SORTOP = ", operator_name(*a.sortop)));
  if (a.parallel != "unsafe") options.push_back(sql("PARALLEL = ", Word{a.parallel}));
  if (a.hypothetical) options.push_back(sql("HYPOTHETICAL"));
  const Object& object = *a.object;
  return sql("AGGREGATE ", a.qname(),
             in_parens(argument_list(a.arguments, object), argument_list(a.order_by, object)),
             " (\n    ", join(options, ",\n    "), "\n)");
}

Actions create(const Typed<Aggregate>& aggregate, const Context&) {
  return {statement(sql("CREATE ", definition(aggregate)))};
}

Actions drop(const Typed<Aggregate>& aggregate, const Context&) {
  return {statement(sql("DROP AGGREGATE ", address_as(aggregate.qname(), aggregate)), {},
                    Loss::rebuildable)};
}

Actions rename(const Typed<Aggregate>& was, const Typed<Aggregate>& now, const Context&) {
  const QName before{now.qname().schema, was.qname().name};
  return {
      statement(sql("ALTER AGGREGATE ", address_as(before, now), " RENAME TO ", now.qname().name))};
}

std::optional<Actions> redefine(const Typed<Aggregate>&, const Typed<Aggregate>& now,
                                const Context&) {
  return Actions{statement(sql("CREATE OR REPLACE ", definition(now)))};
}

Sql address(const Object& object) {
  return sql("AGGREGATE ", address_as(qname(object.id), typed<Aggregate>(object)));
}

// What may change the type of the result, or the names of arguments, needs a new one.
constexpr FieldRule kFields[] = {
    replaces("arguments"),
    replaces("order_by"),
    replaces("hypothetical"),
    alters<redefine>("sfunc"),
    replaces("stype"),
    alters<redefine>("sspace"),
    replaces("finalfunc"),
    alters<redefine>("finalfunc_extra"),
    alters<redefine>("finalfunc_modify"),
    alters<redefine>("combinefunc"),
    alters<redefine>("serialfunc"),
    alters<redefine>("deserialfunc"),
    alters<redefine>("initcond"),
    alters<redefine>("msfunc"),
    alters<redefine>("minvfunc"),
    alters<redefine>("mstype"),
    alters<redefine>("msspace"),
    alters<redefine>("mfinalfunc"),
    alters<redefine>("mfinalfunc_extra"),
    alters<redefine>("mfinalfunc_modify"),
    alters<redefine>("minitcond"),
    alters<redefine>("sortop"),
    alters<redefine>("parallel"),
};
static_assert(covers(aggregate_kind, kFields),
              "every field of an aggregate needs a rule, in their order");

}  // namespace

extern constexpr KindRules aggregate_rules{.create = on<create>,
                                           .drop = on<drop>,
                                           .rename = on_both<rename>,
                                           .address = address,
                                           .fields = kFields};

}  // namespace schemac::postgres
