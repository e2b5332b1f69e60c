#include "compiler/kinds/cast.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql name_of(const Typed<Cast>& cast) {
  return sql("CAST (", type_name(cast.types.source), " AS ", type_name(cast.types.target), ")");
}

Actions create(const Typed<Cast>& cast, const Context&) {
  Sql head = sql("CREATE ", name_of(cast), " ");
  if (cast.function)
    head.add(sql("WITH FUNCTION ", routine_name(*cast.function)));
  else
    head.add(sql(Word{cast.method.value_or("without function")}));
  if (cast.context) head.add(sql(" AS ", Word{*cast.context}));
  return {statement(std::move(head))};
}

Actions drop(const Typed<Cast>& cast, const Context&) {
  return {statement(sql("DROP ", name_of(cast)), {}, Loss::rebuildable)};
}

Sql address(const Object& cast) {
  return name_of(typed<Cast>(cast));
}

constexpr FieldRule kFields[] = {
    replaces("types"),
    replaces("method"),
    replaces("function"),
    replaces("context"),
};
static_assert(covers(cast_kind, kFields), "every field of a cast needs a rule, in their order");

}  // namespace

extern constexpr KindRules cast_rules{
    .create = on<create>, .drop = on<drop>, .address = address, .fields = kFields};

}  // namespace schemac::postgres
