#include "compiler/kinds/attribute.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

Sql alter_type(const Typed<Attribute>& attribute) {
  return sql("ALTER TYPE ", attribute.qname(), " ");
}

Sql definition(const Typed<Attribute>& attribute) {
  return sql(attribute.name(), " ", type_name(attribute.type), collate_clause(attribute.collation));
}

Actions create(const Typed<Attribute>& attribute, const Context&) {
  Action action = statement(sql(alter_type(attribute), "ADD ATTRIBUTE ", definition(attribute)));
  action.folded = definition(attribute);
  return {action};
}

// Values of the attribute go with it wherever a column has the type.
Actions drop(const Typed<Attribute>& attribute, const Context&) {
  return {
      statement(sql(alter_type(attribute), "DROP ATTRIBUTE ", attribute.name()), {}, Loss::rows)};
}

Actions rename(const Typed<Attribute>& was, const Typed<Attribute>& now, const Context&) {
  return {statement(sql(alter_type(now), "RENAME ATTRIBUTE ", was.name(), " TO ", now.name()))};
}

std::optional<Actions> set_type(const Typed<Attribute>&, const Typed<Attribute>& now,
                                const Context&) {
  return Actions{statement(sql(alter_type(now), "ALTER ATTRIBUTE ", now.name(), " TYPE ",
                               type_name(now.type), collate_clause(now.collation)))};
}

// A composite type has no rows of its own; where a column has the type, the server refuses.
Actions carry(const Object&, const Object& now, const ObjectId&, const Context& plan) {
  const auto attribute = typed<Attribute>(now);
  return *set_type(attribute, attribute, plan);
}

Sql address(const Object& attribute) {
  return sql("COLUMN ", qname(attribute.id), ".", Ident(std::string(attribute.id.name())));
}

constexpr FieldRule kFields[] = {
    alters_under_texts<set_type>("type"),
    alters_under_texts<set_type>("collation"),
};
static_assert(covers(attribute_kind, kFields),
              "every field of an attribute needs a rule, in their order");

}  // namespace

extern constexpr KindRules attribute_rules{.create = on<create>,
                                           .drop = on<drop>,
                                           .rename = on_both<rename>,
                                           .carry = carry,
                                           .address = address,
                                           .fields = kFields};

}  // namespace schemac::postgres
