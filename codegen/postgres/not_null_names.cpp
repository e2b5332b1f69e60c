#include "codegen/postgres/not_null_names.h"

#include <set>
#include <vector>

#include "compiler/kinds/not_null.h"

namespace schemac::postgres {

void settle_not_null_names(Catalog& live, const Catalog& other) {
  if (live.read_by.empty() || !other.read_by.empty()) return;
  std::set<ObjectId> kept;  // tables that name one, and constraints of which there is more to say
  for (const Object& object : other.objects())
    if (&object.kind() == &not_null_kind) kept.insert(object.parent);
  for (const Object& object : live.objects())
    if (!object.parent.empty() && &object.parent.kind() == &not_null_kind)
      kept.insert(object.parent);
  std::vector<ObjectId> forgotten;
  for (const Object& object : live.objects()) {
    if (&object.kind() != &not_null_kind || kept.contains(object.parent) ||
        kept.contains(object.id))
      continue;
    const auto constraint = typed<NotNull>(object);
    if (!constraint.no_inherit && !constraint.not_valid) forgotten.push_back(object.id);
  }
  if (forgotten.empty()) return;
  for (const ObjectId& id : forgotten) live.erase(id);
  live.sort();
}

}  // namespace schemac::postgres
