#include "compiler/bind/bind.h"

#include <algorithm>

#include "compiler/bind/binding.h"
#include "compiler/bind/check_text.h"

namespace schemac {

Catalog bind(std::vector<ParsedFile> files, Sink& sink, int server_version) {
  // Names that a server would number depend on the order, so it must not be the caller's.
  std::stable_sort(files.begin(), files.end(), [](const ParsedFile& a, const ParsedFile& b) {
    return a.file->path() < b.file->path();
  });
  Binding binding(sink, server_version);
  declare_all(binding, std::move(files));
  Catalog catalog;
  name_all(binding, catalog);
  catalog.sort();
  CatalogNames names(catalog, binding.cache);
  check_all(binding, catalog, names);
  check_versions(binding);
  find_dependencies(catalog, names);
  check_cycles(binding, catalog);
  return catalog;
}

}  // namespace schemac
