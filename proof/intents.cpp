#include "proof/intents.h"

#include <algorithm>

namespace schemac {
namespace {

// An expression of the author makes the column's values.
bool is_converted(const Object& object) {
  const auto& fields = object.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if ((fields[i].name == "using" || fields[i].name == "backfill") &&
        fields[i].role == Role::intent && !object.values[i].absent())
      return true;
  return false;
}

}  // namespace

Intents intents_of(const Catalog& from, const Catalog& to) {
  Intents intents;
  intents.renames = find_renames(from, to);
  Renamed renamed;
  const bool any = !intents.renames.empty() || renames_values(from, to);
  if (any) renamed = apply_renames(from, to, intents.renames);
  const Catalog& before = any ? renamed.catalog : from;
  for (const Object& now : to.objects()) {
    const Object* was = before.find(now.id);
    if (was == nullptr) continue;
    for (const ValueRename& label : value_renames(*was, now))
      intents.labels.push_back({now.id, label.from, label.to});
    if (is_converted(now)) intents.converted.push_back(now.id);
  }
  return intents;
}

Intents reversed(const Intents& intents) {
  Intents back;
  back.renames = reversed(intents.renames);
  for (const LabelRename& label : intents.labels) {
    // The type itself may have another name before.
    ObjectId type = label.type;
    for (const Rename& rename : intents.renames)
      if (rename.to == type) type = rename.from;
    back.labels.push_back({type, label.to, label.from});
  }
  return back;
}

}  // namespace schemac
