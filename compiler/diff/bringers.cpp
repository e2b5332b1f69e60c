#include "compiler/diff/bringers.h"

#include "compiler/names/vocabulary.h"

namespace schemac {

std::vector<ObjectId> bringers(const Object& object) {
  std::vector<ObjectId> found;
  const auto add = [&](const QName& name) {
    for (const Edge& edge : object.depends) {
      const auto path = edge.target.path();
      if (path.size() == 2 && path[0] == name.schema.text && path[1] == name.name.text)
        found.push_back(edge.target);
    }
  };
  for (std::size_t i = 0; i < object.kind().fields.size(); ++i) {
    if (!object.kind().fields[i].brings_columns) continue;
    const Value& value = object.values[i];
    if (value.type() != nullptr) add(value.type()->name);
    if (value.qname() != nullptr) add(*value.qname());
    if (value.list() == nullptr) continue;
    for (const Value& item : *value.list())
      if (item.qname() != nullptr) add(*item.qname());
  }
  return found;
}

bool speaks_of_part(const Object& object, const Object& parent) {
  const KindInfo* parts = members_of(&parent.kind()).anonymous;
  return parts != nullptr && &object.kind() != parts && object.kind().noun == parts->noun;
}

std::string_view renamed_part(const Catalog& catalog, const Object& relation, std::string_view name,
                              const IdMap& renames) {
  auto path = relation.id.path();
  path.push_back(name);
  if (const KindInfo* parts = members_of(&relation.kind()).anonymous)
    if (const auto at = renames.find(ObjectId(*parts, path)); at != renames.end())
      return at->second.name();
  for (const ObjectId& above : bringers(relation))
    if (const Object* holder = catalog.find(above))
      if (const auto now = renamed_part(catalog, *holder, name, renames); now != name) return now;
  return name;
}

}  // namespace schemac
