#include "codegen/postgres/roles.h"

namespace schemac::postgres {

Sql role(const Ident& name) {
  if (name.text == "public") return sql("PUBLIC");
  if (name.text == "current_user") return sql("CURRENT_USER");
  return sql(name);
}

Sql roles(const std::vector<Ident>& names) {
  std::vector<Sql> parts;
  for (const Ident& name : names) parts.push_back(role(name));
  return join(parts, ", ");
}

}  // namespace schemac::postgres
