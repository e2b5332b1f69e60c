#include "compiler/kinds/access_method.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Actions create(const Typed<AccessMethod>& method, const Context&) {
  return {statement(sql("CREATE ACCESS METHOD ", method.name(), " TYPE ", Word{method.type},
                        " HANDLER ", method.handler))};
}

Actions drop(const Typed<AccessMethod>& method, const Context&) {
  return {statement(sql("DROP ACCESS METHOD ", method.name()), {}, Loss::rebuildable)};
}

Sql address(const Object& method) {
  return sql("ACCESS METHOD ", Ident(std::string(method.id.name())));
}

constexpr FieldRule kFields[] = {
    replaces("type"),
    replaces("handler"),
};
static_assert(covers(access_method_kind, kFields),
              "every field of an access method needs a rule, in their order");

}  // namespace

extern constexpr KindRules access_method_rules{
    .create = on<create>, .drop = on<drop>, .address = address, .fields = kFields};

}  // namespace schemac::postgres
