#include "proof/survival.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "codegen/postgres/parts.h"
#include "codegen/postgres/postgres.h"
#include "compiler/ir/type.h"

namespace schemac {

namespace {

// Objects by what they stand in.
using Parts = std::unordered_map<ObjectId, std::vector<const Object*>, ObjectIdHash>;

// How closely a value must be kept.
enum class Keep { exactly, as_label, whether_null, not_at_all };

// How a column is called that holds the values of another one as `type`.
std::string cast_name(std::string_view column, const TypeRef& type) {
  return std::string(column) + "::" + to_string(type);
}

struct ColumnPair {
  std::size_t before, after;  // columns of the rows
  Keep keep = Keep::exactly;
  std::map<std::string, std::string> labels;  // of an enum whose labels changed
};

bool flag(const Object& object, std::string_view field) {
  return !object.value(field).absent();
}

class Survival {
 public:
  explicit Survival(const Passage& passage)
      : from_(passage.from),
        to_(passage.to),
        intents_(passage.intents),
        renamed_(apply_renames(from_, to_, intents_.renames)),
        moved_(renamed_.catalog),
        lost_(passage.lost.begin(), passage.lost.end()) {
    for (const Object& object : to_.objects())
      if (object.kind().name == "attribute") attributes_to_[object.parent].push_back(&object);
    for (const Object& object : moved_.objects())
      if (object.kind().name == "attribute") attributes_from_[object.parent].push_back(&object);
    for (const Object& object : from_.objects())
      if (object.kind().name == "column") columns_[object.parent].push_back(&object);
  }

  Comparison check(const Rows& before, const Rows& after) {
    for (const Object& table : from_.objects()) {
      if (table.kind().name != "table") continue;
      const auto path = table.id.path();
      const auto held = before.find({std::string(path[0]), std::string(path[1])});
      if (held == before.end() || held->second.rows.empty()) continue;
      check_table(table, held->second, after);
    }
    return std::move(result_);
  }

  std::vector<CastColumn> casts() const {
    std::vector<CastColumn> found;
    for (const Object& table : from_.objects()) {
      if (table.kind().name != "table") continue;
      const auto path = table.id.path();
      for (const Object* column : columns_of(table)) {
        const ObjectId& now = id_after(column->id);
        const Object* was = moved_.find(now);
        const Object* is = to_.find(now);
        if (was == nullptr || is == nullptr) continue;
        const TypeRef &old_type = *was->value("type").type(), &type = *is->value("type").type();
        if (old_type == type) continue;
        const std::string name(column->id.name());
        found.push_back({{std::string(path[0]), std::string(path[1])},
                         name,
                         cast_name(name, type),
                         render(postgres::type_name(type), postgres::dialect())});
      }
    }
    return found;
  }

 private:
  const ObjectId& id_after(const ObjectId& id) const {
    const auto now = renamed_.ids.find(id);
    return now == renamed_.ids.end() ? id : now->second;
  }

  // Its own columns and those of the tables above it that it does not declare again.
  std::vector<const Object*> columns_of(const Object& table) const {
    std::vector<const Object*> columns;
    const auto own = columns_.find(table.id);
    if (own != columns_.end()) columns = own->second;
    const auto add = [&](const Value& above) {
      const QName* name = above.qname();
      if (name == nullptr) return;
      const Object* other =
          from_.find(ObjectId(table.kind(), {name->schema.text, name->name.text}));
      if (other == nullptr || other == &table) return;
      for (const Object* column : columns_of(*other))
        if (std::none_of(columns.begin(), columns.end(), [&](const Object* known) {
              return known->id.name() == column->id.name();
            }))
          columns.push_back(column);
    };
    const auto fields = table.kind().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!fields[i].brings_columns) continue;
      add(table.values[i]);
      if (const List* list = table.values[i].list())
        for (const Value& item : *list) add(item);
    }
    return columns;
  }

  bool declared_lost(const ObjectId& was, const ObjectId& now) const {
    return lost_.contains(was) || lost_.contains(now);
  }

  void report(const ObjectId& id, const std::string& text) {
    result_.lost.push_back({to_string(id), text});
  }

  void check_table(const Object& table, const TableRows& before, const Rows& all) {
    const ObjectId now = id_after(table.id);
    if (declared_lost(table.id, now)) return;
    const auto path = now.path();
    const auto held = all.find({std::string(path[0]), std::string(path[1])});
    if (!to_.contains(now) || held == all.end())
      return report(table.id, "is gone, and its loss was not declared");
    const TableRows& after = held->second;
    std::vector<ColumnPair> pairs;
    for (const Object* column : columns_of(table)) {
      const ObjectId column_now = id_after(column->id);
      const std::string here_lost = now.key() + '\0' + std::string(column_now.name());
      if (declared_lost(column->id, column_now) ||
          lost_.contains(ObjectId::from_key(column->kind(), here_lost)))
        continue;
      const auto here = before.column(column->id.name());
      const auto there = after.column(column_now.name());
      if (!here || flag(*column, "generated")) continue;
      if (!there) {
        report(column->id, "is gone, and its loss was not declared");
        continue;
      }
      pairs.push_back(pair(column_now, before, *here, *there));
      if (pairs.back().keep == Keep::whether_null) result_.only_nulls.push_back(column_now);
    }
    compare(table.id, before, after, pairs);
  }

  bool converted(const ObjectId& column) const {
    return std::find(intents_.converted.begin(), intents_.converted.end(), column) !=
           intents_.converted.end();
  }

  ColumnPair pair(const ObjectId& now, const TableRows& rows, std::size_t before,
                  std::size_t after) const {
    ColumnPair result{before, after, Keep::exactly, {}};
    const Object* was = moved_.find(now);
    const Object* is = to_.find(now);
    if (was == nullptr || is == nullptr || flag(*is, "generated") || converted(now)) {
      result.keep = Keep::not_at_all;
      return result;
    }
    const TypeRef& old_type = *was->value("type").type();
    const TypeRef& new_type = *is->value("type").type();
    if (old_type == new_type) {
      look_into_type(new_type, result);
      return result;
    }
    // What the values are as the new type was asked of the server beforehand, where it could tell.
    const auto cast = rows.column(cast_name(rows.columns[before], new_type));
    result.keep = cast ? Keep::exactly : Keep::whether_null;
    result.before = cast.value_or(before);
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
      if (was->values == is->values && same_attributes(id)) {
        look_inside(id, pair);
        continue;
      }
      const bool labels = std::string_view(kind) == "enum" && type.dimensions == 0;
      pair.keep = labels ? Keep::as_label : Keep::whether_null;
      if (labels) pair.labels = label_changes(*is);
    }
  }

  // A composite type may stay as it is, and the type of an attribute change.
  void look_inside(const ObjectId& type, ColumnPair& pair) const {
    const auto attributes = attributes_to_.find(type);
    if (attributes == attributes_to_.end()) return;
    for (const Object* attribute : attributes->second) {
      ColumnPair inside = pair;
      look_into_type(*attribute->value("type").type(), inside);
      if (inside.keep != pair.keep) pair.keep = Keep::whether_null;
    }
  }

  bool same_attributes(const ObjectId& id) const {
    const auto was = attributes_from_.find(id), is = attributes_to_.find(id);
    if (was == attributes_from_.end() || is == attributes_to_.end())
      return (was == attributes_from_.end()) == (is == attributes_to_.end());
    return std::equal(was->second.begin(), was->second.end(), is->second.begin(), is->second.end(),
                      [](const Object* a, const Object* b) {
                        return a->id == b->id && a->values == b->values &&
                               a->position == b->position;
                      });
  }

  // Label before → label after, of those that give way to another one.
  std::map<std::string, std::string> label_changes(const Object& type) const {
    const List& labels = *type.value("labels").list();
    std::map<std::string, std::string> changes;
    for (const LabelRename& renamed : intents_.labels) {
      const bool stays = std::any_of(labels.begin(), labels.end(), [&](const Value& label) {
        return *(*label.list())[0].text() == renamed.from;
      });
      if (renamed.type == type.id && !stays) changes[renamed.from] = renamed.to;
    }
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

  static std::string shown(const std::vector<Kept>& rows) {
    std::string text;
    for (const Kept& row : rows) {
      text += "    ";
      for (const auto& value : row) text += (value ? "'" + *value + "'" : "null") + " ";
      text += "\n";
    }
    return text;
  }

  void compare(const ObjectId& table, const TableRows& before, const TableRows& after,
               const std::vector<ColumnPair>& pairs) {
    ++result_.tables;
    result_.rows += static_cast<int>(before.rows.size());
    std::vector<Kept> expected, actual;
    for (const auto& row : before.rows) expected.push_back(kept(row, pairs, false));
    for (const auto& row : after.rows) actual.push_back(kept(row, pairs, true));
    std::sort(expected.begin(), expected.end());
    std::sort(actual.begin(), actual.end());
    if (expected == actual) return;
    std::string columns;
    for (const ColumnPair& pair : pairs)
      columns += (columns.empty() ? "" : ", ") + after.columns[pair.after];
    report(table,
           "its rows (" + columns + ") were\n" + shown(expected) + "  and are\n" + shown(actual));
  }

  const Catalog& from_;
  const Catalog& to_;
  const Intents& intents_;
  const Renamed renamed_;
  const Catalog& moved_;  // `from` under the new names
  const std::set<ObjectId> lost_;
  Comparison result_;
  Parts columns_, attributes_from_, attributes_to_;
};

}  // namespace

std::vector<CastColumn> casts_of(const Passage& passage) {
  return Survival(passage).casts();
}

Comparison compare_rows(const Passage& passage, const Rows& before, const Rows& after) {
  return Survival(passage).check(before, after);
}

}  // namespace schemac
