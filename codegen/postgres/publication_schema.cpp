#include "compiler/kinds/publication_schema.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter(const Typed<PublicationSchema>& member) {
  return sql("ALTER PUBLICATION ", Ident(std::string(member.object->parent.name())));
}

Actions create(const Typed<PublicationSchema>& member, const Context&) {
  return {statement(sql(alter(member), " ADD TABLES IN SCHEMA ", member.schema))};
}

Actions drop(const Typed<PublicationSchema>& member, const Context&) {
  return {statement(sql(alter(member), " DROP TABLES IN SCHEMA ", member.schema), {},
                    Loss::rebuildable)};
}

constexpr FieldRule kFields[] = {
    replaces("of_schema"),
};
static_assert(covers(publication_schema_kind, kFields),
              "every field of a schema of a publication needs a rule, in their order");

}  // namespace

extern constexpr KindRules publication_schema_rules{
    .create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
