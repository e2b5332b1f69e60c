// Constraints, indexes and triggers.
#include <algorithm>
#include <tuple>

#include "tests/property/maker.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

using Strings = std::vector<std::string>;

const std::vector<std::string> kActions{"", "", "cascade", "restrict", "set null", "set default"};

template <class T>
std::vector<T> some(Random& random, std::vector<T> items, int most) {
  std::vector<T> chosen;
  for (int i = random.between(1, most); i > 0 && !items.empty(); --i) {
    const auto at = static_cast<std::size_t>(random.below(static_cast<int>(items.size())));
    chosen.push_back(items[at]);
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return chosen;
}

std::vector<Id> ids_of(const std::vector<Shown>& shown) {
  std::vector<Id> ids;
  for (const Shown& column : shown) ids.push_back(column.id);
  return ids;
}

}  // namespace

bool has_extension(const Model& model, const std::string& name) {
  return std::any_of(model.extensions.begin(), model.extensions.end(),
                     [&](const Extension& extension) { return extension.name == name; });
}

bool is_key_type(const Model& model, const Type& type) {
  switch (family_of(model, type)) {
    case Family::number:
    case Family::text:
    case Family::day:
    case Family::moment:
    case Family::uuid:
    case Family::enumeration:
      return true;
    default:
      return false;
  }
}

bool index_takes(const Model& model, const Type& type, const std::string& method,
                 const std::string& opclass) {
  const Family family = family_of(model, type);
  const BaseType* base = base_of(model, type);
  const std::string name(base == nullptr ? "" : base->name);
  if (method.empty()) {
    if (opclass == "text_pattern_ops") return name == "text";
    if (opclass == "varchar_pattern_ops") return name == "varchar";
    if (opclass == "bpchar_pattern_ops") return name == "char";
    return opclass.empty() && is_ordered(model, type);
  }
  if (method == "hash") return opclass.empty() && is_hashed(model, type);
  if (method == "gin") {
    if (opclass == "gin_trgm_ops") return name == "text" && has_extension(model, "pg_trgm");
    if (opclass == "jsonb_path_ops") return name == "jsonb";
    Type element = type;
    element.array = false;
    return opclass.empty() && (name == "jsonb" || family == Family::search ||
                               (type.array && is_ordered(model, element)));
  }
  if (method == "gist") {
    if (opclass == "inet_ops") return name == "inet";
    if (opclass == "gist_trgm_ops") return name == "text" && has_extension(model, "pg_trgm");
    const bool scalar = name == "int" || name == "bigint" || name == "text" || name == "date" ||
                        name == "uuid" || name == "timestamptz";
    return opclass.empty() &&
           (family == Family::range || family == Family::geometry || family == Family::search ||
            (scalar && has_extension(model, "btree_gist")));
  }
  if (opclass == "int4_minmax_multi_ops") return name == "int";
  if (opclass == "date_bloom_ops") return name == "date";
  return opclass.empty() && name != "citext" &&
         (family == Family::number || family == Family::day || family == Family::moment ||
          family == Family::text || family == Family::uuid);
}

// -- Constraints -------------------------------------------------------------------------------

void Maker::add_constraint(Model& model, Table& table) {
  Constraint made;
  made.id = next();
  if (random_.chance(50)) {
    made.name = names_.fresh("con");
    made.comment = comment();
  }
  const std::vector<Shown> shown = columns_of(model, table.id);
  std::vector<Id> keys;
  const std::vector<Column> columns = all_columns(model, table);
  for (const Column& column : columns)
    if (is_key_type(model, column.type)) keys.push_back(column.id);
  const bool has_primary =
      std::any_of(table.constraints.begin(), table.constraints.end(),
                  [](const Constraint& c) { return c.kind == ConstraintKind::primary_key; });
  const int choice = random_.below(100);
  if (!has_primary && !keys.empty() && choice < 55) {
    made.kind = ConstraintKind::primary_key;
    made.columns = some(random_, keys, 2);
    for (const Id id : made.columns)
      if (Column* column = find(table.columns, id)) column->nullable = false;
  } else if (!keys.empty() && choice < 65) {
    made.kind = ConstraintKind::unique;
    made.columns = some(random_, keys, 3);
    made.nulls_not_distinct = random_.chance(20);
  } else if (choice < 80) {
    made.kind = ConstraintKind::foreign_key;
    if (add_foreign_key(model, table, made)) return;
    made.kind = ConstraintKind::check;
  } else if (choice < 85) {
    const std::optional<Constraint> exclusion = this->exclusion(model, table);
    if (exclusion) made = *exclusion;
  }
  if (made.kind == ConstraintKind::check) {
    made.condition = expression(some(random_, ids_of(shown), 2));
    made.columns = made.condition.columns;
    made.not_valid = random_.chance(10);
    made.no_inherit = random_.chance(8);
    const Type type = column_of(model, table.id, made.columns[0])->type;
    for (const Routine& routine : model.routines)
      if (routine.use == Use::mapper && routine.type == type && random_.chance(40))
        made.condition.function = routine.id;
  } else {
    if (made.kind != ConstraintKind::exclusion && random_.chance(15)) {
      for (const Column& column : columns)
        if (std::find(made.columns.begin(), made.columns.end(), column.id) == made.columns.end() &&
            made.include.empty())
          made.include.push_back(column.id);
    }
    if (random_.chance(15)) made.fillfactor = random_.between(20, 90);
    made.deferrable = random_.chance(12);
    made.deferred = made.deferrable && random_.chance(50);
  }
  table.constraints.push_back(made);
}

bool Maker::add_foreign_key(const Model& model, Table& table, Constraint made) {
  std::vector<std::pair<Id, Id>> targets;
  for (const Table& target : model.tables)
    for (const Constraint& key : target.constraints)
      if ((key.kind == ConstraintKind::primary_key || key.kind == ConstraintKind::unique) &&
          !key.deferrable && !(table.unlogged != target.unlogged))
        targets.emplace_back(target.id, key.id);
  if (targets.empty()) return false;
  std::tie(made.target_table, made.target_key) = random_.pick(targets);
  // A reference into the table itself is to what is in hand, which the model may not hold yet.
  const Table target =
      made.target_table == table.id ? table : *find(model.tables, made.target_table);
  const Constraint key = *find(target.constraints, made.target_key);
  for (const Id id : key.columns) {
    const Column to = *find_column(model, target, id);
    Id own = 0;
    for (const Column& column : all_columns(model, table)) {
      const bool used =
          std::find(made.columns.begin(), made.columns.end(), column.id) != made.columns.end();
      if (!used && column.type == to.type && !column.generated &&
          column.collation == to.collation && random_.chance(50))
        own = column.id;
    }
    if (own == 0) {
      if (!has_own_columns(table)) return false;
      add_column(model, table);
      Column& column = table.columns.back();
      const Column fresh = column;
      column = Column{};
      static_cast<Entity&>(column) = fresh;
      column.type = to.type;
      column.collation = to.collation;
      column.nullable = true;
      own = column.id;
    }
    made.columns.push_back(own);
  }
  if (random_.chance(15)) made.match = "full";
  made.on_delete = random_.pick(kActions);
  made.on_update = random_.pick(kActions);
  made.set_columns = made.on_delete.starts_with("set") && random_.chance(30);
  made.deferrable = random_.chance(25);
  made.deferred = made.deferrable && random_.chance(50);
  made.not_valid = random_.chance(10);
  table.constraints.push_back(made);
  return true;
}

std::optional<Constraint> Maker::exclusion(const Model& model, const Table& table) {
  Constraint made;
  made.id = next();
  made.kind = ConstraintKind::exclusion;
  if (random_.chance(50)) made.name = names_.fresh("excl");
  made.method = random_.chance(70) ? "gist" : "btree";
  const std::string method = made.method == "btree" ? "" : made.method;
  for (const Column& column : all_columns(model, table)) {
    const Family family = family_of(model, column.type);
    if (index_takes(model, column.type, method, "") && family != Family::geometry &&
        family != Family::search && made.columns.size() < 2)
      made.columns.push_back(column.id);
  }
  if (made.columns.empty()) return std::nullopt;
  made.partial = random_.chance(30);
  if (made.partial) made.condition = expression({made.columns[0]});
  return made;
}

// -- Indexes -----------------------------------------------------------------------------------

void Maker::add_index(const Model& model, Relation& relation) {
  static const Strings kMethods{"", "", "", "", "hash", "gin", "gist", "brin"};
  static const Strings kOpclasses{"",
                                  "",
                                  "",
                                  "text_pattern_ops",
                                  "varchar_pattern_ops",
                                  "bpchar_pattern_ops",
                                  "gin_trgm_ops",
                                  "gist_trgm_ops",
                                  "jsonb_path_ops",
                                  "inet_ops",
                                  "int4_minmax_multi_ops",
                                  "date_bloom_ops"};
  Index made;
  made.id = next();
  made.method = random_.pick(kMethods);
  std::vector<Shown> suitable;
  const std::string opclass = random_.pick(kOpclasses);
  std::vector<Shown> shown = columns_of(model, relation.id);
  for (const Shown& column : shown)
    if (index_takes(model, column.type, made.method, opclass) ||
        index_takes(model, column.type, made.method, ""))
      suitable.push_back(column);
  if (suitable.empty()) return;
  if (random_.chance(50)) {
    made.name = names_.fresh("idx");
    made.comment = comment();
  }
  for (const Shown& column : some(random_, suitable, made.method == "hash" ? 1 : 3)) {
    IndexKey key;
    key.column = column.id;
    if (index_takes(model, column.type, made.method, opclass)) key.opclass = opclass;
    if (key.opclass == "gist_trgm_ops" && random_.chance(50)) key.siglen = random_.between(8, 64);
    if (made.method.empty()) {
      key.descending = random_.chance(25);
      if (random_.chance(25)) key.nulls = random_.chance(50) ? "first" : "last";
      if (key.opclass.empty() && is_collatable(model, column.type) && random_.chance(15))
        key.collation = collation();
      if (key.opclass.empty() && key.collation.empty() && random_.chance(25)) {
        key.expression = true;
        key.value = expression({column.id});
        if (random_.chance(20)) key.statistics = random_.between(1, 500);
        for (const Routine& routine : model.routines)
          if (routine.use == Use::mapper && routine.type == column.type && random_.chance(40))
            key.value.function = routine.id;
      }
    }
    made.keys.push_back(key);
  }
  if (made.method.empty()) {
    const bool expressions = std::any_of(made.keys.begin(), made.keys.end(),
                                         [](const IndexKey& key) { return key.expression; });
    made.unique = !expressions && random_.chance(15);
    made.nulls_not_distinct = made.unique && random_.chance(20);
    if (random_.chance(15)) made.include.push_back(random_.pick(shown).id);
    if (random_.chance(15)) made.with.emplace_back("deduplicate_items", "off");
  }
  if (made.method != "gin" && made.method != "brin" && random_.chance(15))
    made.with.emplace_back("fillfactor", std::to_string(random_.between(20, 90)));
  if (made.method == "gin" && random_.chance(40)) made.with.emplace_back("fastupdate", "off");
  if (made.method == "brin" && random_.chance(40)) made.with.emplace_back("pages_per_range", "32");
  made.partial = random_.chance(20);
  if (made.partial) made.condition = expression({random_.pick(shown).id});
  relation.indexes.push_back(made);
}

// -- Triggers ----------------------------------------------------------------------------------

void Maker::add_trigger(Model& model, Id id) {
  const auto functions = [&] {
    std::vector<Id> ids;
    for (const Routine& routine : model.routines)
      if (routine.use == Use::trigger) ids.push_back(routine.id);
    return ids;
  };
  if (functions().empty() || random_.chance(20)) add_routine(model, Use::trigger);
  Trigger made;
  made.id = next();
  made.name = names_.fresh("trg");
  made.comment = comment();
  made.function = random_.pick(functions());
  const bool on_view = find(model.views, id) != nullptr;
  const std::vector<Shown> shown = columns_of(model, id);
  made.row = on_view || random_.chance(60);
  made.events = some(random_, Strings{"insert", "update", "delete"}, 3);
  made.timing = on_view ? "instead of" : random_.chance(50) ? "before" : "after";
  if (!on_view) {
    const auto has = [&](const char* event) {
      return std::find(made.events.begin(), made.events.end(), event) != made.events.end();
    };
    if (made.row && made.timing == "after" && random_.chance(25)) {
      made.constraint = true;
      made.deferrable = random_.chance(50);
      made.deferred = made.deferrable && random_.chance(50);
    } else if (made.timing == "after" && random_.chance(40)) {
      made.events = {random_.pick(Strings{"insert", "update", "delete"})};
      made.new_table = !has("delete");
      made.old_table = !has("insert") && (!made.new_table || random_.chance(50));
    } else if (!made.row && random_.chance(20)) {
      made.events = {"truncate"};
    }
    if (has("update") && !made.old_table && !made.new_table && random_.chance(40))
      made.columns = some(random_, ids_of(shown), 2);
    made.has_when = made.row && made.events.size() == 1 && random_.chance(30);
    made.when_column = random_.pick(shown).id;
    if (random_.chance(10)) made.enabled = random_.pick(Strings{"disabled", "replica", "always"});
  }
  for (int i = random_.chance(20) ? random_.between(1, 2) : 0; i > 0; --i)
    made.arguments.push_back(i == 1 ? "it's" : "plain");
  Relation* relation = find(model.tables, id);
  if (relation == nullptr) relation = find(model.views, id);
  relation->triggers.push_back(made);
}

}  // namespace schemac::property
