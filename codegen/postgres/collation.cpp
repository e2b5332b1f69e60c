#include "compiler/kinds/collation.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<Collation>& collation, const Context&) {
  std::vector<Sql> options{sql("PROVIDER = ", Fragment{collation.provider})};
  if (collation.locale) options.push_back(sql("LOCALE = ", Literal{*collation.locale}));
  if (collation.lc_collate) options.push_back(sql("LC_COLLATE = ", Literal{*collation.lc_collate}));
  if (collation.lc_ctype) options.push_back(sql("LC_CTYPE = ", Literal{*collation.lc_ctype}));
  if (collation.nondeterministic) options.push_back(sql("DETERMINISTIC = false"));
  if (collation.rules) options.push_back(sql("RULES = ", Literal{*collation.rules}));
  return {statement(sql("CREATE COLLATION ", collation.qname(), " (", join(options, ", "), ")"))};
}

Actions drop(const Typed<Collation>& collation, const Context&) {
  return {statement(sql("DROP COLLATION ", collation.qname()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Collation>& was, const Typed<Collation>& now, const Context&) {
  return {statement(
      sql("ALTER COLLATION ", QName{now.qname().schema, was.name()}, " RENAME TO ", now.name()))};
}

Actions retire(const Typed<Collation>& was, const Context&) {
  return {statement(
      sql("ALTER COLLATION ", was.qname(), " RENAME TO ", suffixed(was.name(), "__retired")))};
}

Actions drop_retired(const Typed<Collation>& was, const Context&) {
  return {statement(
      sql("DROP COLLATION ", QName{was.qname().schema, suffixed(was.name(), "__retired")}))};
}

Sql address(const Object& collation) {
  return sql("COLLATION ", qname(collation.id));
}

constexpr FieldRule kFields[] = {
    replaces("locale"),   replaces("lc_collate"),       replaces("lc_ctype"),
    replaces("provider"), replaces("nondeterministic"), replaces("rules"),
};
static_assert(covers(collation_kind, kFields),
              "every field of a collation needs a rule, in their order");

}  // namespace

extern constexpr KindRules collation_rules{.create = on<create>,
                                           .drop = on<drop>,
                                           .rename = on_both<rename>,
                                           .retire = on<retire>,
                                           .drop_retired = on<drop_retired>,
                                           .address = address,
                                           .fields = kFields};

}  // namespace schemac::postgres
