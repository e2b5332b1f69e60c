#include "compiler/kinds/publication_table.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter(const Typed<PublicationTable>& member) {
  return sql("ALTER PUBLICATION ", Ident(std::string(member.object->parent.name())));
}

std::vector<Touch> locked(const Typed<PublicationTable>& member, const Context& plan) {
  for (const Edge& edge : member.object->depends)
    if (edge.target.kind().spaces.relation)
      return touch_only(plan, edge.target, Lock::share_update_exclusive);
  return {};
}

Actions create(const Typed<PublicationTable>& member, const Context& plan) {
  // Without ONLY the server adds every heir too, as members of their own.
  Sql head = sql(alter(member), " ADD TABLE ONLY ", member.table);
  if (!member.columns.empty()) head.add(sql(" (", names(member.columns), ")"));
  if (member.where) head.add(sql(" WHERE ", parenthesised(*member.where, *member.object)));
  return {statement(std::move(head), locked(member, plan))};
}

Actions drop(const Typed<PublicationTable>& member, const Context& plan) {
  return {statement(sql(alter(member), " DROP TABLE ONLY ", member.table), locked(member, plan),
                    Loss::rebuildable)};
}

constexpr FieldRule kFields[] = {
    replaces("table"),
    replaces("columns"),
    replaces("where"),
};
static_assert(covers(publication_table_kind, kFields),
              "every field of a table of a publication needs a rule, in their order");

}  // namespace

extern constexpr KindRules publication_table_rules{
    .create = on<create>, .drop = on<drop>, .fields = kFields};

}  // namespace schemac::postgres
