#include "compiler/kinds/sql_operator.h"

#include "codegen/postgres/parts.h"

namespace schemac::postgres {
namespace {

constexpr int kSettableOnce = 17;

Sql own_name(const Object& object) {
  const QName name = qname(object.id);
  return sql(name.schema, ".", Fragment{name.name.text});
}

// `shop.===(integer, integer)`, `shop.!!(NONE, integer)`
Sql address_of(const Object& object) {
  const auto operation = typed<SqlOperator>(object);
  std::vector<Sql> operands;
  for (const TypeRef& type : operation.operands) operands.push_back(type_name(type));
  if (operands.size() == 1)
    operands.insert(operation.postfix ? operands.end() : operands.begin(), sql("NONE"));
  return sql(own_name(object), " (", join(operands, ", "), ")");
}

Actions create(const Typed<SqlOperator>& operation, const Context&) {
  const std::vector<TypeRef>& operands = operation.operands;
  std::vector<Sql> options{sql("FUNCTION = ", operation.function)};
  if (operands.size() == 2 || operation.postfix)
    options.push_back(sql("LEFTARG = ", type_name(operands.front())));
  if (!operation.postfix) options.push_back(sql("RIGHTARG = ", type_name(operands.back())));
  if (operation.commutator)
    options.push_back(sql("COMMUTATOR = ", operator_name(*operation.commutator)));
  if (operation.negator) options.push_back(sql("NEGATOR = ", operator_name(*operation.negator)));
  if (operation.restriction) options.push_back(sql("RESTRICT = ", *operation.restriction));
  if (operation.join) options.push_back(sql("JOIN = ", *operation.join));
  if (operation.hashes) options.push_back(sql("HASHES"));
  if (operation.merges) options.push_back(sql("MERGES"));
  return {statement(sql("CREATE OPERATOR ", own_name(*operation.object), " (\n    ",
                        join(options, ",\n    "), "\n)"))};
}

Actions drop(const Typed<SqlOperator>& operation, const Context&) {
  return {statement(sql("DROP OPERATOR ", address_of(*operation.object)), {}, Loss::rebuildable)};
}

Action set(const Object& object, const Sql& option) {
  return statement(sql("ALTER OPERATOR ", address_of(object), " SET (", option, ")"));
}

Sql estimator(const std::optional<QName>& function) {
  return function ? sql(*function) : sql("NONE");
}

std::optional<Actions> set_restriction(const Typed<SqlOperator>&, const Typed<SqlOperator>& now,
                                       const Context&) {
  return Actions{set(*now.object, sql("RESTRICT = ", estimator(now.restriction)))};
}

std::optional<Actions> set_join(const Typed<SqlOperator>&, const Typed<SqlOperator>& now,
                                const Context&) {
  return Actions{set(*now.object, sql("JOIN = ", estimator(now.join)))};
}

// These can be said later, but never taken back.
std::optional<Actions> say(bool unsaid, const Typed<SqlOperator>& now, const Sql& option,
                           const Context& plan) {
  if (!unsaid || plan.server_version() < kSettableOnce) return std::nullopt;
  return Actions{set(*now.object, option)};
}

std::optional<Actions> set_commutator(const Typed<SqlOperator>& was, const Typed<SqlOperator>& now,
                                      const Context& plan) {
  if (!now.commutator) return std::nullopt;
  return say(!was.commutator, now, sql("COMMUTATOR = ", operator_name(*now.commutator)), plan);
}

std::optional<Actions> set_negator(const Typed<SqlOperator>& was, const Typed<SqlOperator>& now,
                                   const Context& plan) {
  if (!now.negator) return std::nullopt;
  return say(!was.negator, now, sql("NEGATOR = ", operator_name(*now.negator)), plan);
}

std::optional<Actions> set_hashes(const Typed<SqlOperator>& was, const Typed<SqlOperator>& now,
                                  const Context& plan) {
  return say(!was.hashes, now, sql("HASHES"), plan);
}

std::optional<Actions> set_merges(const Typed<SqlOperator>& was, const Typed<SqlOperator>& now,
                                  const Context& plan) {
  return say(!was.merges, now, sql("MERGES"), plan);
}

Sql address(const Object& operation) {
  return sql("OPERATOR ", address_of(operation));
}

constexpr FieldRule kFields[] = {
    replaces("operands"),           replaces("postfix"),
    replaces("function"),           alters<set_commutator>("commutator"),
    alters<set_negator>("negator"), alters<set_restriction>("restrict"),
    alters<set_join>("join"),       alters<set_hashes>("hashes"),
    alters<set_merges>("merges"),
};
static_assert(covers(sql_operator_kind, kFields),
              "every field of an operator needs a rule, in their order");

}  // namespace

extern constexpr KindRules sql_operator_rules{
    .create = on<create>, .drop = on<drop>, .address = address, .fields = kFields};

}  // namespace schemac::postgres
