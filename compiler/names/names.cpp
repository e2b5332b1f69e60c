#include "compiler/names/names.h"

#include <algorithm>

#include "compiler/parse/type_parser.h"

namespace schemac {
namespace {

std::string key_of(std::string_view schema, std::string_view name) {
  std::string key(schema);
  key += '\0';
  key += name;
  return key;
}

}  // namespace

void Names::add(Space space, std::string_view schema, std::string_view name, std::uint32_t handle) {
  const auto at = static_cast<std::size_t>(space);
  Entry& entry = spaces_[at][key_of(schema, name)];
  if (entry.handles.empty()) {
    entry.name = {Ident(std::string(schema)), Ident(std::string(name))};
    of_schema_[at][std::string(schema)].emplace_back(name);
  }
  entry.handles.push_back(handle);
}

void Names::add(const KindInfo& kind, std::string_view schema, std::string_view name,
                std::string_view further_type, std::uint32_t handle) {
  const NameSpaces& spaces = kind.spaces;
  if (spaces.relation) add(Space::relation, schema, name, handle);
  if (spaces.type) add(Space::type, schema, name, handle);
  if (spaces.routine) add(Space::routine, schema, name, handle);
  if (spaces.collation) add(Space::collation, schema, name, handle);
  if (spaces.operation) add(Space::operation, schema, name, handle);
  if (!further_type.empty()) add(Space::type, schema, further_type, handle);
  Entry& entry = kinds_[&kind][key_of(schema, name)];
  entry.name = {Ident(std::string(schema)), Ident(std::string(name))};
  entry.handles.push_back(handle);
}

void Names::add_extension(std::string_view name, std::string_view schema, std::uint32_t handle) {
  extensions_.push_back({std::string(name), std::string(schema), find_extension(name), handle});
}

void Names::add_schema(std::string_view name) {
  schemas_.emplace(name, true);
}

void Names::each(const std::function<void(const QName&)>& visit) const {
  for (const Entries& space : spaces_)
    for (const auto& [key, entry] : space) visit(entry.name);
  for (const auto& [kind, entries] : kinds_)
    for (const auto& [key, entry] : entries) visit(entry.name);
}

const Names::Entry* Names::find_in(Space space, std::string_view schema,
                                   std::string_view name) const {
  const auto at = entries(space).find(key_of(schema, name));
  return at == entries(space).end() ? nullptr : &at->second;
}

const Names::Entry* Names::find(Space space, const QName& written, std::string_view home) const {
  if (!written.schema.empty()) return find_in(space, written.schema.text, written.name.text);
  if (const Entry* entry = find_in(space, home, written.name.text)) return entry;
  return home == kPublic ? nullptr : find_in(space, kPublic, written.name.text);
}

const Names::Entry* Names::find(const KindInfo& kind, const QName& written,
                                std::string_view home) const {
  const auto entries = kinds_.find(&kind);
  if (entries == kinds_.end()) return nullptr;
  const auto in = [&](std::string_view schema) {
    const auto at = entries->second.find(key_of(schema, written.name.text));
    return at == entries->second.end() ? nullptr : &at->second;
  };
  if (kind.scope == Scope::database) return in("");
  if (!written.schema.empty()) return in(written.schema.text);
  if (const Entry* entry = in(home)) return entry;
  return home == kPublic ? nullptr : in(kPublic);
}

bool Names::has_schema(std::string_view name) const {
  return name == kPublic || schemas_.contains(std::string(name));
}

const Names::Installed* Names::installed(Space space, const QName& written) const {
  for (const Installed& extension : extensions_) {
    if (extension.info == nullptr) continue;
    if (!written.schema.empty() && written.schema.text != extension.schema) continue;
    const std::string_view brought = space == Space::type      ? extension.info->types
                                     : space == Space::routine ? extension.info->functions
                                                               : extension.info->relations;
    if (holds(brought, written.name.text)) return &extension;
  }
  return nullptr;
}

const Names::Installed* Names::unknown_extension() const {
  for (const Installed& extension : extensions_)
    if (extension.info == nullptr) return &extension;
  return nullptr;
}

std::vector<std::string_view> Names::candidates(Space space, std::string_view home) const {
  std::vector<std::string_view> names;
  const auto add_all = [&](std::string_view schema) {
    const auto& lists = of_schema_[static_cast<std::size_t>(space)];
    const auto list = lists.find(std::string(schema));
    if (list != lists.end()) names.insert(names.end(), list->second.begin(), list->second.end());
  };
  add_all(home);
  if (home != kPublic) add_all(kPublic);
  return names;
}

std::vector<std::string_view> Names::candidates(const KindInfo& kind) const {
  std::vector<std::string_view> names;
  if (const auto entries = kinds_.find(&kind); entries != kinds_.end())
    for (const auto& [key, entry] : entries->second) names.push_back(entry.name.name.text);
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<TypeRef> resolve_type(const Names& names, TypeRef type, std::string_view home) {
  QName& name = type.name;
  if (name.schema.text == "pg_catalog") {
    const auto parsed = parse_type(name.name.text);
    if (parsed && parsed->length == name.name.text.size())
      name = parsed->type.name;
    else
      name.schema = Ident();
    return type;
  }
  if (name.schema.empty() && is_builtin_type(name.name.text)) return type;
  if (const Names::Entry* entry = names.find(Space::type, name, home)) {
    name = entry->name;
    return type;
  }
  if (const auto* extension = names.installed(Space::type, name)) {
    name.schema = Ident(extension->schema);
    return type;
  }
  // What an extension brings of which nothing is known can only be taken on trust.
  if (!name.schema.empty() && names.unknown_extension() != nullptr) return type;
  return std::nullopt;
}

}  // namespace schemac
