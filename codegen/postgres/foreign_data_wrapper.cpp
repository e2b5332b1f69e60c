#include "compiler/kinds/foreign_data_wrapper.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter(const Typed<ForeignDataWrapper>& wrapper) {
  return sql("ALTER FOREIGN DATA WRAPPER ", wrapper.name());
}

Sql handler(const Typed<ForeignDataWrapper>& wrapper) {
  return wrapper.handler ? sql(" HANDLER ", *wrapper.handler) : sql(" NO HANDLER");
}

Sql validator(const Typed<ForeignDataWrapper>& wrapper) {
  return wrapper.validator ? sql(" VALIDATOR ", *wrapper.validator) : sql(" NO VALIDATOR");
}

Actions create(const Typed<ForeignDataWrapper>& wrapper, const Context&) {
  Sql head = sql("CREATE FOREIGN DATA WRAPPER ", wrapper.name());
  if (wrapper.handler) head.add(handler(wrapper));
  if (wrapper.validator) head.add(validator(wrapper));
  return {statement(sql(head, options_clause(wrapper.options)))};
}

std::optional<Actions> set_handler(const Typed<ForeignDataWrapper>&,
                                   const Typed<ForeignDataWrapper>& now, const Context&) {
  return Actions{statement(sql(alter(now), handler(now)))};
}

std::optional<Actions> set_validator(const Typed<ForeignDataWrapper>&,
                                     const Typed<ForeignDataWrapper>& now, const Context&) {
  return Actions{statement(sql(alter(now), validator(now)))};
}

std::optional<Actions> set_options(const Typed<ForeignDataWrapper>& was,
                                   const Typed<ForeignDataWrapper>& now, const Context&) {
  return Actions{statement(sql(alter(now), changed_options_clause(was.options, now.options)))};
}

Actions drop(const Typed<ForeignDataWrapper>& wrapper, const Context&) {
  return {statement(sql("DROP FOREIGN DATA WRAPPER ", wrapper.name()), {}, Loss::rebuildable)};
}

Actions rename(const Typed<ForeignDataWrapper>& was, const Typed<ForeignDataWrapper>& now,
               const Context&) {
  return {statement(sql("ALTER FOREIGN DATA WRAPPER ", was.name(), " RENAME TO ", now.name()))};
}

Sql address(const Object& wrapper) {
  return sql("FOREIGN DATA WRAPPER ", Ident(std::string(wrapper.id.name())));
}

constexpr FieldRule kFields[] = {
    alters<set_handler>("handler"),
    alters<set_validator>("validator"),
    alters<set_options>("options"),
};
static_assert(covers(foreign_data_wrapper_kind, kFields),
              "every field of a foreign data wrapper needs a rule, in their order");

}  // namespace

extern constexpr KindRules foreign_data_wrapper_rules{.create = on<create>,
                                                      .drop = on<drop>,
                                                      .rename = on_both<rename>,
                                                      .address = address,
                                                      .fields = kFields};

}  // namespace schemac::postgres
