#include <algorithm>

#include "compiler/diff/diff.h"

namespace schemac {
namespace {

// The `was` in the records of a field.
const FieldInfo* former_name(const FieldInfo& field) {
  const auto at = std::find_if(field.record.begin(), field.record.end(),
                               [](const FieldInfo& part) { return part.name == "was"; });
  return at == field.record.end() ? nullptr : &*at;
}

bool can_rename_values(const KindInfo& kind) {
  return std::any_of(kind.fields.begin(), kind.fields.end(),
                     [](const FieldInfo& field) { return former_name(field) != nullptr; });
}

struct Named {
  std::string name, former;
};

// The values that have names and may say what they were called before: records with a `was`.
std::vector<Named> named_values(const Object& object) {
  std::vector<Named> found;
  const auto fields = object.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldInfo* was = former_name(fields[i]);
    if (was == nullptr || object.values[i].list() == nullptr) continue;
    const auto place = static_cast<std::size_t>(was - fields[i].record.data());
    for (const Value& item : *object.values[i].list()) {
      const List& values = *item.list();
      const std::string* former = values[place].text();
      found.push_back({*values.front().text(), former == nullptr ? "" : *former});
    }
  }
  return found;
}

}  // namespace

std::vector<ValueRename> value_renames(const Object& was, const Object& now) {
  if (!can_rename_values(was.kind())) return {};
  const std::vector<Named> before = named_values(was), after = named_values(now);
  std::vector<ValueRename> wanted;
  for (const Named& value : after)
    if (!value.former.empty()) wanted.push_back({value.former, value.name});
  for (const Named& value : before)
    if (!value.former.empty()) wanted.push_back({value.name, value.former});
  const auto has = [](const std::vector<Named>& values, const std::string& name) {
    return std::any_of(values.begin(), values.end(),
                       [&](const Named& value) { return value.name == name; });
  };
  std::vector<ValueRename> renames;
  for (const ValueRename& rename : wanted) {
    const bool taken = std::any_of(renames.begin(), renames.end(), [&](const ValueRename& other) {
      return other.from == rename.from || other.to == rename.to;
    });
    if (!taken && has(before, rename.from) && !has(after, rename.from) && has(after, rename.to) &&
        !has(before, rename.to))
      renames.push_back(rename);
  }
  return renames;
}

bool renames_values(const Catalog& from, const Catalog& to) {
  return std::any_of(from.objects().begin(), from.objects().end(), [&](const Object& was) {
    const Object* now = can_rename_values(was.kind()) ? to.find(was.id) : nullptr;
    return now != nullptr && !value_renames(was, *now).empty();
  });
}

}  // namespace schemac
