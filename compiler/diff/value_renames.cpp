#include <algorithm>
#include <map>
#include <set>

#include "compiler/diff/diff.h"
#include "compiler/diff/likely_renames.h"
#include "compiler/diff/named_values.h"

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

}  // namespace

std::vector<NamedValue> named_values(const Object& object) {
  std::vector<NamedValue> found;
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

std::vector<ValueRename> value_renames(const Object& was, const Object& now) {
  if (!can_rename_values(was.kind())) return {};
  const std::vector<NamedValue> before = named_values(was), after = named_values(now);
  std::vector<ValueRename> wanted;
  for (const NamedValue& value : after)
    if (!value.former.empty()) wanted.push_back({value.former, value.name});
  for (const NamedValue& value : before)
    if (!value.former.empty()) wanted.push_back({value.name, value.former});
  const auto has = [](const std::vector<NamedValue>& values, const std::string& name) {
    return std::any_of(values.begin(), values.end(),
                       [&](const NamedValue& value) { return value.name == name; });
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

std::vector<ValueRename> likely_value_renames(const Object& was, const Object& now) {
  if (!can_rename_values(was.kind())) return {};
  const std::vector<NamedValue> before = named_values(was), after = named_values(now);
  const std::vector<ValueRename> renamed = value_renames(was, now);
  // What the other side has as well, under whatever name.
  std::set<std::string> kept_before, kept_after;
  for (const NamedValue& value : before) kept_before.insert(value.name);
  for (const NamedValue& value : after) kept_after.insert(value.name);
  for (const ValueRename& rename : renamed) {
    kept_after.insert(rename.from);
    kept_before.insert(rename.to);
  }
  // Those of one side alone, by how many of the kept ones stand before them.
  const auto between = [](const std::vector<NamedValue>& values,
                          const std::set<std::string>& kept) {
    std::multimap<std::size_t, std::string> alone;
    std::size_t before_it = 0;
    for (const NamedValue& value : values) {
      if (kept.contains(value.name))
        ++before_it;
      else
        alone.emplace(before_it, value.name);
    }
    return alone;
  };
  const auto going = between(before, kept_after), coming = between(after, kept_before);
  std::vector<ValueRename> likely;
  for (auto gone = going.begin(), come = coming.begin();
       gone != going.end() && come != coming.end();) {
    if (gone->first == come->first) likely.push_back({gone->second, come->second});
    const bool next_gone = gone->first <= come->first, next_come = come->first <= gone->first;
    if (next_gone) ++gone;
    if (next_come) ++come;
  }
  return likely;
}

bool renames_values(const Catalog& from, const Catalog& to) {
  return std::any_of(from.objects().begin(), from.objects().end(), [&](const Object& was) {
    const Object* now = can_rename_values(was.kind()) ? to.find(was.id) : nullptr;
    return now != nullptr && !value_renames(was, *now).empty();
  });
}

}  // namespace schemac
