#include "compiler/kinds/composite_type.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter_type(const QName& name) {
  return sql("ALTER TYPE ", name, " ");
}

Actions create(const Typed<CompositeType>& type, const Context&) {
  Action action = statement(sql("CREATE TYPE ", type.qname(), " AS"));
  action.style = Elements::parens;
  return {action};
}

Actions drop(const Typed<CompositeType>& type, const Context&) {
  return {statement(sql("DROP TYPE ", type_name({type.qname(), {}, 0})), {}, Loss::rebuildable)};
}

Actions rename(const Typed<CompositeType>& was, const Typed<CompositeType>& now, const Context&) {
  return {
      statement(sql(alter_type({now.qname().schema, was.name()}), "RENAME TO ", now.qname().name))};
}

Actions retire(const Typed<CompositeType>& was, const Context&) {
  return {statement(sql(alter_type(was.qname()), "RENAME TO ", suffixed(was.name(), "__retired")))};
}

Actions drop_retired(const Typed<CompositeType>& was, const Context&) {
  return {statement(sql(
      "DROP TYPE ", type_name({{was.qname().schema, suffixed(was.name(), "__retired")}, {}, 0})))};
}

Sql address(const Object& type) {
  return sql("TYPE ", type_name({qname(type.id), {}, 0}));
}

static_assert(covers(composite_type_kind, {}),
              "every field of a composite type needs a rule, in their order");

}  // namespace

extern constexpr KindRules composite_type_rules{.create = on<create>,
                                                .drop = on<drop>,
                                                .rename = on_both<rename>,
                                                .retire = on<retire>,
                                                .drop_retired = on<drop_retired>,
                                                .address = address};

}  // namespace schemac::postgres
