#include "compiler/kinds/transform.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql name_of(const Typed<Transform>& transform) {
  return sql("TRANSFORM FOR ", type_name(transform.type), " LANGUAGE ", transform.language);
}

Sql definition(const Typed<Transform>& transform) {
  std::vector<Sql> ways;
  if (transform.from_sql)
    ways.push_back(sql("FROM SQL WITH FUNCTION ", *transform.from_sql, "(internal)"));
  if (transform.to_sql)
    ways.push_back(sql("TO SQL WITH FUNCTION ", *transform.to_sql, "(internal)"));
  return sql(name_of(transform), " (", join(ways, ", "), ")");
}

Actions create(const Typed<Transform>& transform, const Context&) {
  return {statement(sql("CREATE ", definition(transform)))};
}

Actions drop(const Typed<Transform>& transform, const Context&) {
  return {statement(sql("DROP ", name_of(transform)), {}, Loss::rebuildable)};
}

std::optional<Actions> redefine(const Typed<Transform>&, const Typed<Transform>& now,
                                const Context&) {
  return Actions{statement(sql("CREATE OR REPLACE ", definition(now)))};
}

Sql address(const Object& transform) {
  return name_of(typed<Transform>(transform));
}

constexpr FieldRule kFields[] = {
    replaces("type"),
    replaces("language"),
    alters<redefine>("from_sql"),
    alters<redefine>("to_sql"),
};
static_assert(covers(transform_kind, kFields),
              "every field of a transform needs a rule, in their order");

}  // namespace

extern constexpr KindRules transform_rules{
    .create = on<create>, .drop = on<drop>, .address = address, .fields = kFields};

}  // namespace schemac::postgres
