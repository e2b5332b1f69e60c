#include "compiler/bind/catalog_names.h"

#include <algorithm>

namespace schemac {

namespace {
// Deeper than any server allows in practice; a table that inherits from itself ends here.
constexpr int kInheritanceDepthMax = 100;
// What FieldInfo::object has for all that has a name among constraints and none among relations.
constexpr std::string_view kConstraints = "constraint";
}  // namespace

CatalogNames::CatalogNames(const Catalog& catalog, TextCache& cache)
    : catalog_(catalog), cache_(cache), children_(catalog) {
  for (std::uint32_t i = 0; i < catalog.objects().size(); ++i) {
    const Object& object = catalog.objects()[i];
    const KindInfo& kind = object.kind();
    if (kind.scope == Scope::database) {
      if (kind.names_others) names_.add_schema(object.id.name());
      names_.add(kind, "", object.id.name(), "", i);
      for (std::size_t f = 0; f < kind.fields.size(); ++f) {
        if (!kind.brings_objects || kind.fields[f].refers != Refers::schema) continue;
        const Ident* schema = object.values[f].ident();
        names_.add_extension(
            object.id.name(),
            schema == nullptr ? kind.fields[f].absent : std::string_view(schema->text), i);
      }
      continue;
    }
    if (kind.scope != Scope::schema && kind.scope != Scope::signature) continue;
    const auto path = object.id.path();
    const std::string further =
        kind.further_type == nullptr ? std::string() : kind.further_type(path[1], object.values);
    names_.add(kind, path[0], path[1], further, i);
  }
}

std::string_view CatalogNames::home_of(const Object& object) {
  const auto path = object.id.path();
  return object.kind().scope == Scope::database || stands_on_others(object.kind()) ? kPublic
                                                                                   : path[0];
}

const Object* CatalogNames::relation(const QName& written, std::string_view home) const {
  const Names::Entry* entry = names_.find(Space::relation, written, home);
  return entry == nullptr ? extension(Space::relation, written)
                          : &catalog_.objects()[entry->handles.front()];
}

const Object* CatalogNames::type(const QName& written, std::string_view home) const {
  const Names::Entry* entry = names_.find(Space::type, written, home);
  if (entry != nullptr) return &catalog_.objects()[entry->handles.front()];
  return extension(Space::type, written);
}

std::vector<const Object*> CatalogNames::routines(const QName& written,
                                                  std::string_view home) const {
  return objects(Space::routine, written, home);
}

std::vector<const Object*> CatalogNames::found(const Names::Entry* entry) const {
  std::vector<const Object*> objects;
  if (entry != nullptr)
    for (const std::uint32_t handle : entry->handles)
      objects.push_back(&catalog_.objects()[handle]);
  return objects;
}

std::vector<const Object*> CatalogNames::objects(Space space, const QName& written,
                                                 std::string_view home) const {
  return found(names_.find(space, written, home));
}

std::vector<const Object*> CatalogNames::objects(const KindInfo& kind, const QName& written,
                                                 std::string_view home) const {
  return found(names_.find(kind, written, home));
}

const Object* CatalogNames::extension(Space space, const QName& written) const {
  const Names::Installed* extension = names_.installed(space, written);
  return extension == nullptr ? nullptr : &catalog_.objects()[extension->handle];
}

const Object* CatalogNames::schema(std::string_view name) const {
  return catalog_.find(ObjectId(namespace_kind(), {name}));
}

const Object* CatalogNames::relation_of(const Object& object) const {
  const Object* found = &object;
  while (found != nullptr && !(found->kind().spaces.relation && found->kind().parents.empty()))
    found = found->parent.empty() ? nullptr : catalog_.find(found->parent);
  return found;
}

const Object* CatalogNames::row_of(const Object& object) const {
  if (const Object* own = relation_of(object)) return own;
  const Value* named = referring_value(object, Refers::relation);
  if (named == nullptr || named->qname() == nullptr || !is_named_by_values(object.kind()))
    return nullptr;
  return relation(*named->qname(), home_of(object));
}

std::vector<const Object*> CatalogNames::column_sources(const Object& relation) const {
  std::vector<const Object*> sources;
  const auto add = [&](const Object* source) {
    if (source != nullptr && source != &relation) sources.push_back(source);
  };
  for_each_value(relation.kind().fields, relation.values,
                 [&](const FieldInfo& field, const Value& value) {
                   if (!field.brings_columns) return;
                   if (value.qname() != nullptr) add(this->relation(*value.qname(), {}));
                   if (value.type() != nullptr) add(type(value.type()->name, {}));
                 });
  return sources;
}

const Object* CatalogNames::column(const Object& relation, std::string_view name, int depth) const {
  const KindInfo* kind = members_of(&relation.kind()).anonymous;
  if (kind == nullptr || depth > kInheritanceDepthMax) return nullptr;
  const ObjectId id = ObjectId::from_key(*kind, relation.id.key() + '\0' + std::string(name));
  if (const Object* own = catalog_.find(id)) return own;
  for (const Object* source : column_sources(relation))
    if (const Object* inherited = column(*source, name, depth + 1)) return inherited;
  return nullptr;
}

const Object* CatalogNames::above(const Object& relation, const FieldInfo& field,
                                  std::string_view name, int depth) const {
  if (depth > kInheritanceDepthMax) return nullptr;
  const auto is_meant = [&](const KindInfo& kind) {
    if (field.object == kConstraints) return kind.spaces.constraint && !kind.spaces.relation;
    return field.object.empty() ? kind.spaces.relation : kind.name == field.object;
  };
  for (const Object* source : column_sources(relation)) {
    for (const Object* child : children_.of(source->id))
      if (is_meant(child->kind()) && child->id.name() == name) return child;
    if (const Object* further = above(*source, field, name, depth + 1)) return further;
  }
  return nullptr;
}

std::vector<const Object*> CatalogNames::columns(const Object& relation, int depth) const {
  std::vector<const Object*> found;
  if (depth > kInheritanceDepthMax) return found;
  const KindInfo* kind = members_of(&relation.kind()).anonymous;
  for (const Object* source : column_sources(relation))
    for (const Object* column : columns(*source, depth + 1)) found.push_back(column);
  for (const Object* child : children_.of(relation.id))
    if (&child->kind() == kind) found.push_back(child);
  return found;
}

const std::set<std::string>* CatalogNames::column_names(const Object& relation) {
  const auto [at, added] = column_names_.try_emplace(&relation);
  if (added) at->second = find_column_names(relation);
  return at->second ? &*at->second : nullptr;
}

std::optional<std::set<std::string>> CatalogNames::find_column_names(const Object& relation) const {
  std::set<std::string> names;
  const KindInfo& kind = relation.kind();
  if (members_of(&kind).anonymous != nullptr) {
    for (const Object* column : columns(relation)) names.emplace(column->id.name());
    return names;
  }
  if (kind.output_kind.empty()) return std::nullopt;
  for (std::size_t i = 0; i < kind.fields.size(); ++i) {
    const Value& value = relation.values[i];
    if (kind.fields[i].shape == Shape::ident && kind.fields[i].listing == Listing::parens &&
        value.list() != nullptr) {
      for (const Value& name : *value.list()) names.insert(name.ident()->text);
    } else if (kind.fields[i].shape == Shape::query && value.sql() != nullptr) {
      // Names in parentheses stand for the first columns; the query may have more.
      const auto output = output_columns(value.sql()->written);
      if (!output) return std::nullopt;
      for (const Ident& name : *output) names.insert(name.text);
    }
  }
  return names;
}

std::optional<std::vector<std::string>> CatalogNames::key_of(const Object& object) {
  const KindInfo& kind = object.kind();
  if (kind.identifies == Identifies::nothing) return std::nullopt;
  std::optional<std::vector<std::string>> columns;
  for (std::size_t i = 0; i < kind.fields.size(); ++i) {
    const FieldInfo& field = kind.fields[i];
    const Value& value = object.values[i];
    if (field.place == Place::lead && value.absent()) return std::nullopt;
    if (field.name == "where" && !value.absent()) return std::nullopt;
    if (!field.required || field.listing != Listing::parens || value.list() == nullptr) continue;
    columns.emplace();
    for (const Value& key : *value.list()) {
      const Ident* column = key.list() == nullptr ? key.ident() : key.list()->front().ident();
      if (column == nullptr) return std::nullopt;
      columns->push_back(column->text);
    }
  }
  return columns;
}

std::vector<const Object*> CatalogNames::keys(const Object& relation) const {
  std::vector<const Object*> found;  // children stand by rank, and primary keys rank first
  for (const Object* child : children_.of(relation.id))
    if (key_of(*child) && !can_wait(*child)) found.push_back(child);
  return found;
}

const Value* referring_value(const Object& object, Refers refers) {
  const auto fields = object.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].refers == refers) return &object.values[i];
  return nullptr;
}

namespace {

void visit_value(const FieldInfo& field, const Value& value, const VisitValue& visit) {
  if (value.absent()) return;
  if (field.shape == Shape::record)
    for_each_value(field.record, *value.list(), visit);
  else
    visit(field, value);
}

}  // namespace

void for_each_value(std::span<const FieldInfo> fields, const FieldValues& values,
                    const VisitValue& visit) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (values[i].absent()) continue;
    if (!is_list(fields[i])) {
      visit_value(fields[i], values[i], visit);
    } else {
      for (const Value& item : *values[i].list()) visit_value(fields[i], item, visit);
    }
  }
}

}  // namespace schemac
