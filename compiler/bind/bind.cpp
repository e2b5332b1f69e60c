#include "compiler/bind/bind.h"

#include <algorithm>

#include "compiler/bind/binding.h"
#include "compiler/bind/check_text.h"

namespace schemac {

namespace {

// What is asked for, by the ids that objects have now; `catalog` is in the order of the drafts.
std::vector<Retained> retained_in(const Binding& binding, const Catalog& catalog) {
  std::vector<Retained> found;
  for (const RetentionMention& retention : binding.retentions) {
    std::string key = retention.schema;
    if (retention.parent != Draft::none) key = catalog.objects()[retention.parent].id.key();
    found.push_back(
        {ObjectId::from_key(*retention.kind, key + '\0' + retention.name), retention.at});
  }
  return found;
}

}  // namespace

Catalog bind(std::vector<ParsedFile> files, Sink& sink, int server_version,
             std::vector<Retained>* retained) {
  // Names that a server would number depend on the order, so it must not be the caller's.
  std::stable_sort(files.begin(), files.end(), [](const ParsedFile& a, const ParsedFile& b) {
    return a.file->path() < b.file->path();
  });
  Binding binding(sink, server_version);
  declare_all(binding, std::move(files));
  Catalog catalog;
  name_all(binding, catalog);
  if (retained != nullptr) *retained = retained_in(binding, catalog);
  catalog.sort();
  CatalogNames names(catalog, binding.cache);
  check_all(binding, catalog, names);
  check_versions(binding);
  find_dependencies(catalog, names);
  check_cycles(binding, catalog);
  return catalog;
}

}  // namespace schemac
