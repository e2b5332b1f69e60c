#include "compiler/plan/claims.h"

namespace schemac {

std::vector<std::string> claims(const ObjectId& id, const ObjectId& parent) {
  std::vector<std::string> names;
  const auto path = id.path();
  const NameSpaces& spaces = id.kind().spaces;
  const std::string in_schema = std::string(path[0]) + '\0' + std::string(id.name());
  if (spaces.relation) names.push_back('r' + in_schema);
  if (spaces.type) names.push_back('t' + in_schema);
  if (spaces.routine) names.push_back('f' + in_schema + '\0' + std::string(path.back()));
  if (spaces.constraint) names.push_back('c' + parent.key() + '\0' + std::string(id.name()));
  return names;
}

std::string own_name(const ObjectId& id) {
  return "i" + std::string(id.kind().name) + '\0' + id.key();
}

ObjectId with_name(const ObjectId& id, std::string_view name) {
  auto path = id.path();
  path[id.kind().scope == Scope::signature ? path.size() - 2 : path.size() - 1] = name;
  return ObjectId(id.kind(), path);
}

}  // namespace schemac
