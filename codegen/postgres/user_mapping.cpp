#include "compiler/kinds/user_mapping.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql name_of(const Typed<UserMapping>& mapping) {
  const Sql user = mapping.user.text == "public" ? sql("PUBLIC") : sql(mapping.user);
  return sql("USER MAPPING FOR ", user, " SERVER ", mapping.server);
}

Actions create(const Typed<UserMapping>& mapping, const Context&) {
  return {statement(sql("CREATE ", name_of(mapping), options_clause(mapping.options)))};
}

Actions drop(const Typed<UserMapping>& mapping, const Context&) {
  return {statement(sql("DROP ", name_of(mapping)), {}, Loss::rebuildable)};
}

// What is not named stays as it is: secrets above all.
std::optional<Actions> set_options(const Typed<UserMapping>& was, const Typed<UserMapping>& now,
                                   const Context&) {
  return Actions{
      statement(sql("ALTER ", name_of(now), changed_options_clause(was.options, now.options)))};
}

constexpr FieldRule kFields[] = {
    replaces("user"),
    replaces("server"),
    alters<set_options>("options"),
};
static_assert(covers(user_mapping_kind, kFields),
              "every field of a user mapping needs a rule, in their order");

}  // namespace

extern constexpr KindRules user_mapping_rules{
    .create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
