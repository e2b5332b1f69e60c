#include "compiler/kinds/conversion.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<Conversion>& conversion, const Context&) {
  return {statement(
      sql(conversion.is_default ? sql("CREATE DEFAULT CONVERSION ") : sql("CREATE CONVERSION "),
          conversion.qname(), " FOR ", Literal{conversion.source}, " TO ",
          Literal{conversion.target}, " FROM ", conversion.function))};
}

Actions drop(const Typed<Conversion>& conversion, const Context&) {
  return {statement(sql("DROP CONVERSION ", conversion.qname()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<Conversion>& was, const Typed<Conversion>& now, const Context&) {
  return {statement(
      sql("ALTER CONVERSION ", QName{now.qname().schema, was.name()}, " RENAME TO ", now.name()))};
}

Sql address(const Object& conversion) {
  return sql("CONVERSION ", qname(conversion.id));
}

constexpr FieldRule kFields[] = {
    replaces("default"),
    replaces("for"),
    replaces("to"),
    replaces("from"),
};
static_assert(covers(conversion_kind, kFields),
              "every field of a conversion needs a rule, in their order");

}  // namespace

extern constexpr KindRules conversion_rules{.create = on<create>,
                                            .drop = on<drop>,
                                            .rename = on_both<rename>,
                                            .address = address,
                                            .fields = kFields};

}  // namespace schemac::postgres
