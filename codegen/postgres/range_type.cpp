#include "compiler/kinds/range_type.h"

#include "codegen/postgres/parts.h"
#include "codegen/postgres/shells.h"

namespace schemac::postgres {
namespace {

constexpr int kMultiranges = 14;

Actions create(const Typed<RangeType>& range, const Context& plan) {
  std::vector<Sql> options{sql("SUBTYPE = ", type_name(range.subtype))};
  if (range.opclass) options.push_back(sql("SUBTYPE_OPCLASS = ", *range.opclass));
  if (range.collation) options.push_back(sql("COLLATION = ", *range.collation));
  if (range.canonical) options.push_back(sql("CANONICAL = ", *range.canonical));
  if (range.subtype_diff) options.push_back(sql("SUBTYPE_DIFF = ", *range.subtype_diff));
  if (range.multirange && plan.server_version() >= kMultiranges)
    options.push_back(sql("MULTIRANGE_TYPE_NAME = ", *range.multirange));
  Actions actions;
  if (needs_shell(*range.object, plan)) actions.push_back(create_shell(*range.object));
  actions.push_back(statement(
      sql("CREATE TYPE ", range.qname(), " AS RANGE (\n    ", join(options, ",\n    "), "\n)")));
  return actions;
}

Actions drop(const Typed<RangeType>& range, const Context& plan) {
  return drop_type(*range.object, range.name(), plan);
}

// The multirange type of a range that is, or was, called `name`.
Ident multirange_of(const Typed<RangeType>& range, const Ident& name) {
  return Ident(multirange_name(name.text, range.object->values));
}

// The server makes functions of a range type's name, and leaves them theirs when it is renamed.
Actions rename_all(const Typed<RangeType>& range, const Ident& from, const Ident& to,
                   const Ident& multi_from, const Ident& multi_to, const Context& plan) {
  const Ident schema = range.qname().schema;
  const QName before{schema, from};
  const QName after{schema, to};
  const Sql bound = type_name(range.subtype);
  Actions actions{statement(sql("ALTER TYPE ", before, " RENAME TO ", to))};
  actions.push_back(
      statement(sql("ALTER FUNCTION ", before, "(", bound, ", ", bound, ") RENAME TO ", to)));
  actions.push_back(
      statement(sql("ALTER FUNCTION ", before, "(", bound, ", ", bound, ", text) RENAME TO ", to)));
  if (plan.server_version() < kMultiranges || multi_from == multi_to) return actions;
  const QName multi{schema, multi_from};
  actions.push_back(statement(sql("ALTER TYPE ", multi, " RENAME TO ", multi_to)));
  for (const Sql& arguments : {sql("()"), sql("(", after, ")"), sql("(VARIADIC ", after, "[])")})
    actions.push_back(statement(sql("ALTER FUNCTION ", multi, arguments, " RENAME TO ", multi_to)));
  return actions;
}

Actions rename(const Typed<RangeType>& was, const Typed<RangeType>& now, const Context& plan) {
  return rename_all(now, was.name(), now.name(), multirange_of(was, was.name()),
                    multirange_of(now, now.name()), plan);
}

Ident retired(const Ident& name) {
  return suffixed(name, "__retired");
}

Actions retire(const Typed<RangeType>& was, const Context& plan) {
  const Ident multi = multirange_of(was, was.name());
  Actions actions = retire_functions(*was.object, plan);
  append(actions, rename_all(was, was.name(), retired(was.name()), multi, retired(multi), plan));
  return actions;
}

Actions drop_retired(const Typed<RangeType>& was, const Context& plan) {
  return drop_type(*was.object, retired(was.name()), plan);
}

Sql address(const Object& range) {
  return sql("TYPE ", qname(range.id));
}

constexpr FieldRule kFields[] = {
    replaces("subtype"),   replaces("opclass"),      replaces("collation"),
    replaces("canonical"), replaces("subtype_diff"), replaces("multirange_type_name"),
};
static_assert(covers(range_type_kind, kFields),
              "every field of a range type needs a rule, in their order");

}  // namespace

extern constexpr KindRules range_type_rules{.create = on<create>,
                                            .drop = on<drop>,
                                            .rename = on_both<rename>,
                                            .retire = on<retire>,
                                            .drop_retired = on<drop_retired>,
                                            .address = address,
                                            .fields = kFields};

}  // namespace schemac::postgres
