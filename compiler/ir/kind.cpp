#include "compiler/ir/kind.h"

#include <cstdio>
#include <cstdlib>

namespace schemac {

FieldIndex field_index(const KindInfo& kind, std::string_view name) {
  for (std::size_t i = 0; i < kind.fields.size(); ++i)
    if (kind.fields[i].name == name) return static_cast<FieldIndex>(i);
  std::fprintf(stderr, "schemac: kind `%.*s` has no field `%.*s`: a bug in schemac\n",
               static_cast<int>(kind.name.size()), kind.name.data(), static_cast<int>(name.size()),
               name.data());
  std::abort();
}

const KindInfo& namespace_kind() {
  for (const KindInfo* kind : all_kinds())
    if (kind->names_others) return *kind;
  std::abort();
}

const KindInfo* find_kind(std::string_view name) {
  for (const KindInfo* kind : all_kinds())
    if (kind->name == name) return kind;
  return nullptr;
}

}  // namespace schemac
