#include "codegen/postgres/family_members.h"

namespace schemac::postgres {
namespace {

Sql in_parens(const std::vector<TypeRef>& types) {
  std::vector<Sql> names;
  for (const TypeRef& type : types) names.push_back(type_name(type));
  return names.empty() ? Sql() : sql(" (", join(names, ", "), ")");
}

}  // namespace

Sql member(const FamilyOperator& operation) {
  const QName& name = operation.operation;
  Sql result = sql("OPERATOR ", operation.number, " ");
  if (!name.schema.empty()) result.add(sql(name.schema, "."));
  result.add(sql(Fragment{name.name.text}, in_parens(operation.types)));
  if (operation.order_family) result.add(sql(" FOR ORDER BY ", *operation.order_family));
  return result;
}

Sql member(const FamilyFunction& function) {
  return sql("FUNCTION ", function.number, in_parens(function.types), " ",
             routine_name(function.function));
}

}  // namespace schemac::postgres
