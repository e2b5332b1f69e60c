#include "tests/harness/survival.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "compiler/diff/diff.h"

namespace schemac::test {

namespace {

using Key = std::string;  // kind and path of an id

Key key_of(const ObjectId& id) {
  return std::string(id.kind().name) + '\0' + id.key();
}

// How closely a value must be kept.
enum class Keep { exactly, as_label, whether_null, not_at_all };

struct ColumnPair {
  std::size_t before, after;  // columns of the rows
  Keep keep = Keep::exactly;
  std::map<std::string, std::string> labels;  // of an enum whose labels changed
};

bool flag(const Object& object, std::string_view field) {
  return !object.value(field).absent();
}

// Texts and integers keep their spelling when they get more room.
int width_in_family(const TypeRef& type, int& family) {
  const std::string& name = type.name.name.text;
  const bool built_in = type.name.schema.empty() && type.dimensions == 0;
  family = 0;
  if (!built_in) return 0;
  const auto integers = {"smallint", "integer", "bigint"};
  if (const auto at = std::find(integers.begin(), integers.end(), name); at != integers.end()) {
    family = 1;
    return static_cast<int>(at - integers.begin());
  }
  if (name == "text" || name == "character varying") {
    family = 2;
    return type.modifiers.empty() ? 1 << 30 : std::stoi(type.modifiers.front());
  }
  return 0;
}

bool widens(const TypeRef& was, const TypeRef& now) {
  int family_was = 0, family_now = 0;
  const int from = width_in_family(was, family_was), to = width_in_family(now, family_now);
  return family_was != 0 && family_was == family_now && from <= to;
}

class Survival {
 public:
  Survival(const Catalog& from, const Catalog& to, const Plan& plan,
           const std::vector<Rename>& renames)
      : from_(from), to_(to), moved_(apply_renames(from, to, renames).catalog) {
    for (const Rename& rename : renames) renamed_[key_of(rename.from)] = rename.to;
    for (const ObjectId& id : plan.lost) lost_.insert(key_of(id));
    for (const Object& object : to.objects())
      if (object.kind().name == "attribute")
        attributes_to_[key_of(object.parent)].push_back(&object);
    for (const Object& object : moved_.objects())
      if (object.kind().name == "attribute")
        attributes_from_[key_of(object.parent)].push_back(&object);
    for (const Object& object : from.objects())
      if (object.kind().name == "column") columns_[key_of(object.parent)].push_back(&object);
  }

  std::string check(const Rows& before, const Rows& after) {
    std::string text;
    for (const Object& table : from_.objects()) {
      if (table.kind().name != "table") continue;
      const auto path = table.id.path();
      const auto held = before.find({std::string(path[0]), std::string(path[1])});
      if (held == before.end() || held->second.rows.empty()) continue;
      text += check_table(table, held->second, after);
    }
    return text;
  }

 private:
  ObjectId id_after(const ObjectId& id) const {
    const auto given = renamed_.find(key_of(id));
    if (given != renamed_.end()) return given->second;
    auto path = id.path();
    if (path.size() == 3) {
      const ObjectId table(*find_kind("table"), {path[0], path[1]});
      const ObjectId now = id_after(table);
      const auto now_path = now.path();
      return ObjectId(id.kind(), {now_path[0], now_path[1], path[2]});
    }
    const auto schema = renamed_.find(key_of(ObjectId(*find_kind("schema"), {path[0]})));
    if (schema == renamed_.end()) return id;
    return ObjectId(id.kind(), {schema->second.name(), path[1]});
  }

  bool declared_lost(const ObjectId& was, const ObjectId& now) const {
    return lost_.contains(key_of(was)) || lost_.contains(key_of(now));
  }

  std::string check_table(const Object& table, const TableRows& before, const Rows& all) {
    const ObjectId now = id_after(table.id);
    if (declared_lost(table.id, now)) return "";
    const auto path = now.path();
    const auto held = all.find({std::string(path[0]), std::string(path[1])});
    if (!to_.contains(now) || held == all.end())
      return to_string(table.id) + " is gone, and its loss was not declared\n";
    const TableRows& after = held->second;
    std::string text;
    std::vector<ColumnPair> pairs;
    for (const Object* column : columns_[key_of(table.id)]) {
      const ObjectId column_now = id_after(column->id);
      if (declared_lost(column->id, column_now)) continue;
      const auto here = std::find(before.columns.begin(), before.columns.end(), column->id.name());
      const auto there = std::find(after.columns.begin(), after.columns.end(), column_now.name());
      if (here == before.columns.end() || flag(*column, "generated")) continue;
      if (there == after.columns.end())
        text += to_string(column->id) + " is gone, and its loss was not declared\n";
      else
        pairs.push_back(pair(column_now, static_cast<std::size_t>(here - before.columns.begin()),
                             static_cast<std::size_t>(there - after.columns.begin())));
    }
    return text + compare(table.id, before, after, pairs);
  }

  ColumnPair pair(const ObjectId& now, std::size_t before, std::size_t after) const {
    ColumnPair result{before, after, Keep::exactly, {}};
    const Object* was = moved_.find(now);
    const Object* is = to_.find(now);
    if (was == nullptr || is == nullptr || flag(*is, "generated") || flag(*is, "using") ||
        flag(*is, "backfill")) {
      result.keep = Keep::not_at_all;
      return result;
    }
    const TypeRef& old_type = *was->value("type").type();
    const TypeRef& new_type = *is->value("type").type();
    if (!(old_type == new_type))
      result.keep = widens(old_type, new_type) ? Keep::exactly : Keep::whether_null;
    else
      look_into_type(new_type, result);
    return result;
  }

  // A column may keep its type, which itself has changed.
  void look_into_type(const TypeRef& type, ColumnPair& pair) const {
    for (const char* kind : {"enum", "domain", "composite_type"}) {
      const ObjectId id(*find_kind(kind), {type.name.schema.text, type.name.name.text});
      const Object* was = moved_.find(id);
      const Object* is = to_.find(id);
      if ((was == nullptr) != (is == nullptr)) pair.keep = Keep::whether_null;
      if (was == nullptr || is == nullptr) continue;
      if (std::string_view(kind) == "domain" && was->value("type") == is->value("type")) {
        TypeRef base = *is->value("type").type();
        if (base.dimensions == 0) base.dimensions = type.dimensions;
        look_into_type(base, pair);
      }
      if (was->values == is->values && same_attributes(id)) continue;
      const bool labels = std::string_view(kind) == "enum" && type.dimensions == 0;
      pair.keep = labels ? Keep::as_label : Keep::whether_null;
      if (labels) pair.labels = label_changes(*was, *is);
    }
  }

  bool same_attributes(const ObjectId& id) const {
    const auto was = attributes_from_.find(key_of(id)), is = attributes_to_.find(key_of(id));
    if (was == attributes_from_.end() || is == attributes_to_.end())
      return (was == attributes_from_.end()) == (is == attributes_to_.end());
    return std::equal(was->second.begin(), was->second.end(), is->second.begin(), is->second.end(),
                      [](const Object* a, const Object* b) {
                        return a->id == b->id && a->values == b->values &&
                               a->position == b->position;
                      });
  }

  // Label before → label after; one that goes away without a successor is missing.
  static std::map<std::string, std::string> label_changes(const Object& was, const Object& is) {
    const auto labels = [](const Object& object) {
      std::map<std::string, std::string> found;  // label → what it was
      for (const Value& label : *object.value("labels").list()) {
        const List& record = *label.list();
        found[*record[0].text()] = record[1].absent() ? "" : *record[1].text();
      }
      return found;
    };
    const auto before = labels(was), after = labels(is);
    std::map<std::string, std::string> changes;
    for (const auto& [label, former] : before) {
      if (after.contains(label)) changes[label] = label;
      // On the way back it is the schema before that says what a label was.
      else if (!former.empty() && after.contains(former))
        changes[label] = former;
    }
    for (const auto& [label, former] : after)
      if (!former.empty() && before.contains(former) && !after.contains(former))
        changes[former] = label;
    return changes;
  }

  using Kept = std::vector<std::optional<std::string>>;

  static Kept kept(const std::vector<std::optional<std::string>>& row,
                   const std::vector<ColumnPair>& pairs, bool after) {
    Kept values;
    for (const ColumnPair& pair : pairs) {
      const std::optional<std::string>& value = row[after ? pair.after : pair.before];
      switch (pair.keep) {
        case Keep::not_at_all:
          break;
        case Keep::exactly:
          values.push_back(value);
          break;
        case Keep::whether_null:
          values.push_back(value ? std::optional<std::string>("a value") : value);
          break;
        case Keep::as_label: {
          const auto now = value && !after ? pair.labels.find(*value) : pair.labels.end();
          values.push_back(now == pair.labels.end() ? value : now->second);
          break;
        }
      }
    }
    return values;
  }

  static std::string compare(const ObjectId& table, const TableRows& before, const TableRows& after,
                             const std::vector<ColumnPair>& pairs) {
    std::vector<Kept> expected, actual;
    for (const auto& row : before.rows) expected.push_back(kept(row, pairs, false));
    for (const auto& row : after.rows) actual.push_back(kept(row, pairs, true));
    std::sort(expected.begin(), expected.end());
    std::sort(actual.begin(), actual.end());
    if (expected == actual) return "";
    const auto show = [](const std::vector<Kept>& rows) {
      std::string text;
      for (const Kept& row : rows) {
        text += "    ";
        for (const auto& value : row) text += (value ? "'" + *value + "'" : "null") + " ";
        text += "\n";
      }
      return text;
    };
    return to_string(table) + " held\n" + show(expected) + "  and holds\n" + show(actual);
  }

  const Catalog& from_;
  const Catalog& to_;
  const Catalog moved_;
  std::map<Key, ObjectId> renamed_;
  std::set<Key> lost_;
  std::map<Key, std::vector<const Object*>> columns_;
  std::map<Key, std::vector<const Object*>> attributes_from_, attributes_to_;
};

}  // namespace

std::string find_lost_rows(const Catalog& from, const Catalog& to, const Plan& plan,
                           const std::vector<Rename>& renames, const Rows& before,
                           const Rows& after) {
  return Survival(from, to, plan, renames).check(before, after);
}

}  // namespace schemac::test
