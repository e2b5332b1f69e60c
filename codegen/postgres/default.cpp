#include "compiler/kinds/default.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter_column(const Typed<Default>& value) {
  return sql(alter_table(value.id()), "ALTER COLUMN ", value.name());
}

std::vector<Touch> metadata(const Typed<Default>& value, const Context& plan) {
  return touch(plan, table_of(value.id()), Lock::access_exclusive);
}

Actions create(const Typed<Default>& value, const Context& plan) {
  const Fragment text = default_value(value.expression, *value.object);
  Action action = statement(sql(alter_column(value), " SET DEFAULT ", text), metadata(value, plan));
  action.folded = sql("DEFAULT ", text);
  return {action};
}

Actions drop(const Typed<Default>& value, const Context& plan) {
  return {statement(sql(alter_column(value), " DROP DEFAULT"), metadata(value, plan))};
}

std::optional<Actions> set_expression(const Typed<Default>&, const Typed<Default>& now,
                                      const Context& plan) {
  return Actions{
      statement(sql(alter_column(now), " SET DEFAULT ", default_value(now.expression, *now.object)),
                metadata(now, plan))};
}

constexpr FieldRule kFields[] = {
    alters<set_expression>("expression"),
};
static_assert(covers(default_kind, kFields),
              "every field of a default needs a rule, in their order");

}  // namespace

extern constexpr KindRules default_rules{.create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
