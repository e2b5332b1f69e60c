#include "compiler/kinds/operator_class.h"

#include "codegen/postgres/family_members.h"

namespace schemac::postgres {
namespace {

Sql address_as(const QName& name, const Typed<OperatorClass>& one) {
  return sql("OPERATOR CLASS ", name, " USING ", one.method);
}

Actions create(const Typed<OperatorClass>& one, const Context&) {
  std::vector<Sql> parts;
  for (const FamilyOperator& operation : one.operators) parts.push_back(member(operation));
  for (const FamilyFunction& function : one.functions) parts.push_back(member(function));
  // A class must have a part; its own type is what it keeps anyway.
  if (one.storage || parts.empty())
    parts.push_back(sql("STORAGE ", type_name(one.storage.value_or(one.type))));
  return {statement(sql("CREATE OPERATOR CLASS ", one.qname(), "\n    ",
                        one.is_default ? sql("DEFAULT ") : Sql(), "FOR TYPE ", type_name(one.type),
                        " USING ", one.method, " FAMILY ", one.family, " AS\n    ",
                        join(parts, ",\n    ")))};
}

Actions drop(const Typed<OperatorClass>& one, const Context&) {
  return {statement(sql("DROP ", address_as(one.qname(), one)), {}, Loss::rebuildable)};
}

Actions rename(const Typed<OperatorClass>& was, const Typed<OperatorClass>& now, const Context&) {
  const QName before{now.qname().schema, was.qname().name};
  return {statement(sql("ALTER ", address_as(before, now), " RENAME TO ", now.qname().name))};
}

Sql address(const Object& object) {
  return address_as(qname(object.id), typed<OperatorClass>(object));
}

constexpr FieldRule kFields[] = {
    replaces("method"),    replaces("default"),   replaces("type"),    replaces("family"),
    replaces("operators"), replaces("functions"), replaces("storage"),
};
static_assert(covers(operator_class_kind, kFields),
              "every field of an operator class needs a rule, in their order");

}  // namespace

extern constexpr KindRules operator_class_rules{.create = on<create>,
                                                .drop = on<drop>,
                                                .rename = on_both<rename>,
                                                .address = address,
                                                .fields = kFields};

}  // namespace schemac::postgres
