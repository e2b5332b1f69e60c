// Tables that have something from above: partitions, tables that inherit, tables of a type. What
// rows are seen.
#include <algorithm>

#include "tests/property/maker.h"
#include "tests/property/repair_tables.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

using Strings = std::vector<std::string>;

}  // namespace

// -- Rows --------------------------------------------------------------------------------------

void Maker::fill_policy(const Model& model, const Table& table, Policy& policy) {
  policy.command = random_.pick(Strings{"", "", "select", "insert", "update", "delete"});
  policy.rows.reset();
  policy.check.reset();
  policy.other = 0;
  const std::vector<Shown> shown = columns_of(model, table.id);
  if (shown.empty()) return;
  const auto condition = [&] {
    Expression made = expression({random_.pick(shown).id});
    const Type type = column_of(model, table.id, made.columns[0])->type;
    for (const Routine& routine : model.routines)
      if (routine.use == Use::mapper && routine.type == type && random_.chance(30))
        made.function = routine.id;
    return made;
  };
  if (policy.command != "insert") {
    policy.rows = condition();
    if (random_.chance(30)) {
      std::vector<Id> relations;
      for (const Table& other : model.tables) relations.push_back(other.id);
      for (const View& view : model.views) relations.push_back(view.id);
      policy.other = random_.pick(relations);
      const std::vector<Shown> others = columns_of(model, policy.other);
      if (others.empty() || policy.other == table.id)
        policy.other = 0;
      else
        policy.other_column = random_.pick(others).id;
    }
  }
  const bool writes = policy.command != "select" && policy.command != "delete";
  if (policy.command == "insert" || (writes && random_.chance(40))) policy.check = condition();
}

void Maker::add_policy(const Model& model, Table& table) {
  Policy made = entity<Policy>("pol");
  made.restrictive = random_.chance(25);
  made.roles = roles();
  fill_policy(model, table, made);
  if (!made.rows && !made.check) return;
  if (!table.security && random_.chance(85)) table.security = security();
  table.policies.push_back(made);
}

RowSecurity Maker::security() {
  RowSecurity made;
  made.forced = random_.chance(30);
  made.disabled = made.forced && random_.chance(30);
  return made;
}

// -- Partitions --------------------------------------------------------------------------------

std::optional<Partitioning> Maker::partitioning(const Model& model, const Table& table) {
  Partitioning made;
  made.strategy = random_.pick(Strings{"range", "range", "list", "hash"});
  const std::size_t most =
      made.strategy == "list" ? 1 : static_cast<std::size_t>(random_.between(1, 2));
  std::vector<Column> columns = all_columns(model, table);
  for (int i = 0; i < 6 && made.keys.size() < most && !columns.empty(); ++i) {
    const Column& column = random_.pick(columns);
    PartitionKey key;
    key.column = column.id;
    const bool used = std::any_of(made.keys.begin(), made.keys.end(),
                                  [&](const PartitionKey& k) { return k.column == key.column; });
    if (used) continue;
    if (random_.chance(20)) {
      key.expression = true;
      key.value = expression({column.id});
      for (const Routine& routine : model.routines)
        if (routine.use == Use::mapper && routine.type == column.type && random_.chance(50))
          key.value.function = routine.id;
    } else if (is_text(model, column.type)) {
      if (random_.chance(20)) key.collation = collation();
      if (random_.chance(20) && made.strategy != "hash" && column.type == plain_type("text"))
        key.opclass = "text_pattern_ops";
    }
    if (can_partition(model, table, made.strategy, key)) made.keys.push_back(key);
  }
  if (made.keys.empty()) return std::nullopt;
  return made;
}

Bounds Maker::bounds(const Model& model, const Table& whole) {
  Bounds made;
  if (whole.partitioning->strategy == "hash") {
    made.modulus = random_.chance(70) ? 4 : 8;
    made.remainder = random_.below(made.modulus);
    return made;
  }
  made.rest = random_.chance(15);
  if (made.rest) return made;
  made.from = random_.chance(10) ? Bounds::kMin : random_.below(18);
  made.to = random_.chance(10) ? Bounds::kMax : std::max(made.from, 0) + random_.between(1, 6);
  const Enum* e = find(model.enums, key_type(model, whole, whole.partitioning->keys.at(0)).user);
  for (int i = random_.between(1, 3); i > 0; --i)
    made.values.push_back(random_.below(e == nullptr ? 20 : static_cast<int>(e->labels.size())));
  std::sort(made.values.begin(), made.values.end());
  made.values.erase(std::unique(made.values.begin(), made.values.end()), made.values.end());
  made.null = random_.chance(15);
  return made;
}

Id Maker::some_table(const Model& model, bool (*suits)(const Table&)) {
  std::vector<Id> ids;
  for (const Table& table : model.tables)
    if (suits(table)) ids.push_back(table.id);
  return ids.empty() ? 0 : random_.pick(ids);
}

void Maker::add_partition(Model& model) {
  const Id id = some_table(model, [](const Table& t) { return t.partitioning.has_value(); });
  if (id == 0) return add_partitioned(model);
  Table made = entity<Table>("part");
  const Table& whole = *find(model.tables, id);
  made.schema = random_.chance(85) ? whole.schema : some_schema(model);
  made.whole = id;
  made.bounds = bounds(model, whole);
  for (int i = 0; i < 8 && overlaps_other(model, made); ++i) made.bounds = bounds(model, whole);
  if (overlaps_other(model, made)) return;
  if (random_.chance(15)) {
    for (const Column& column : all_columns(model, made)) made.order.push_back(column.id);
    std::swap(made.order.front(), random_.pick(made.order));
  }
  if (random_.chance(15))
    made.with.emplace_back("fillfactor", std::to_string(random_.between(20, 90)));
  const bool nested = random_.chance(20);
  if (nested) made.partitioning = partitioning(model, made);
  model.tables.push_back(made);
  add_own_members(model, made.id);
  if (nested) add_partition(model);
}

void Maker::add_own_members(Model& model, Id id) {
  const auto table = [&]() -> Table& { return *find(model.tables, id); };
  for (int i = random_.below(3); i > 0; --i) add_note(model, table());
  if (random_.chance(35)) add_constraint(model, table());
  if (random_.chance(25)) add_index(model, table());
  if (random_.chance(12)) add_trigger(model, id);
  if (random_.chance(10)) add_policy(model, table());
  for (int i = random_.below(3); i > 0; --i) add_inherited(model, table());
}

void Maker::add_inherited(const Model& model, Table& table) {
  std::vector<Inherited> found;
  for (const Inherited& one : inheritable(model, table)) {
    const bool taken = std::any_of(table.inherited.begin(), table.inherited.end(),
                                   [&](const Inherited& other) { return other.of == one.of; });
    if (!taken) found.push_back(one);
  }
  if (found.empty()) return;
  Inherited made = random_.pick(found);
  made.id = next();
  if (made.what == Inherited::What::trigger) {
    made.state = state(made.state);
  } else {
    made.name = names_.fresh("inh");
    made.comment = comment();
  }
  table.inherited.push_back(made);
}

std::string Maker::state(const std::string& other) {
  for (;;)
    if (const std::string made = random_.pick(Strings{"enabled", "disabled", "replica", "always"});
        made != (other.empty() ? "enabled" : other))
      return made;
}

void Maker::add_partitioned(Model& model) {
  add_table(model);
  const Id id = model.tables.back().id;
  const auto made = partitioning(model, model.tables.back());
  if (!made) return;
  model.tables.back().partitioning = made;
  for (int i = random_.below(5); i > 0; --i) add_partition(model);
  if (random_.chance(40)) add_twin(model, id);
}

void Maker::add_twin(Model& model, Id of) {
  const Table whole = *find(model.tables, of);
  Table made = entity<Table>("table");
  made.schema = whole.schema;
  made.columns = all_columns(model, whole);
  for (Column& column : made.columns) column.identity = column.backfill = column.convert = false;
  if (random_.chance(60)) copy_members(whole, made);
  model.tables.push_back(made);
}

// Constraints and indexes that two tables have alike share their numbers. The names of those that
// are relations do not.
void Maker::copy_members(const Table& from, Table& to) {
  const auto fresh = [&](Entity& member, const char* stem) {
    if (!member.name.empty()) member.name = names_.fresh(stem);
    member.was.clear();
  };
  for (Constraint copy : from.constraints) {
    if (copy.kind == ConstraintKind::foreign_key) continue;
    if (copy.kind == ConstraintKind::check)
      copy.was.clear();
    else
      fresh(copy, "con");
    if (find(to.constraints, copy.id) == nullptr) to.constraints.push_back(copy);
  }
  for (Index copy : from.indexes) {
    fresh(copy, "idx");
    if (find(to.indexes, copy.id) == nullptr) to.indexes.push_back(copy);
  }
}

// -- Inheritance and types ---------------------------------------------------------------------

void Maker::add_note(const Model& model, Table& table) {
  std::vector<Column> above = columns_above(model, table);
  std::erase_if(above, [&](const Column& column) {
    return find(table.columns, column.id) != nullptr ||
           std::any_of(table.notes.begin(), table.notes.end(),
                       [&](const ColumnNote& note) { return note.column == column.id; });
  });
  if (above.empty()) return;
  const Column column = random_.pick(above);
  ColumnNote made;
  made.id = next();
  made.comment = comment();
  made.column = column.id;
  fill_note(model, column, made);
  table.notes.push_back(made);
}

void Maker::fill_note(const Model& model, const Column& above, ColumnNote& note) {
  ColumnNote made;
  static_cast<Entity&>(made) = note;
  made.column = note.column;
  if (random_.chance(40)) made.presence = above.nullable ? "not null" : "null";
  if (random_.chance(40)) made.initial = random_.below(100);
  made.no_default = !made.initial && above.initial && random_.chance(50);
  if (is_variable(model, above.type)) {
    if (random_.chance(20)) made.storage = random_.pick(Strings{"plain", "external", "main"});
    if (random_.chance(20)) made.compression = random_.chance(50) ? "pglz" : "lz4";
  }
  if (random_.chance(20)) made.statistics = random_.between(0, 1000);
  if (random_.chance(20)) made.n_distinct = random_.between(1, 100);
  note = made;
}

bool can_be_parent(const Table& table) {
  return table.whole == 0 && table.of == 0 && !table.partitioning;
}

void Maker::add_heir(Model& model) {
  const Id parent = some_table(model, can_be_parent);
  if (parent == 0) return add_table(model);
  Table made = entity<Table>("heir");
  made.schema = some_schema(model);
  made.parents.push_back(parent);
  if (random_.chance(30)) {
    const Id other = some_table(model, can_be_parent);
    if (other != parent) made.parents.push_back(other);
  }
  if (random_.chance(25)) {
    // It declares what it has from above all the same.
    for (Column copy : columns_above(model, made)) {
      copy.was.clear();
      if (!copy.generated && random_.chance(70)) made.columns.push_back(copy);
    }
  }
  for (int i = random_.below(3); i > 0; --i) add_column(model, made);
  const Id id = made.id;
  model.tables.push_back(made);
  add_own_members(model, id);
}

void Maker::add_typed(Model& model) {
  if (model.composites.empty()) add_composite(model);
  Table made = entity<Table>("typed");
  made.schema = some_schema(model);
  made.of = random_.pick(model.composites).id;
  model.tables.push_back(made);
  add_own_members(model, made.id);
}

// -- Marks -------------------------------------------------------------------------------------

void Maker::choose_marks(Table& table) {
  table.replica = random_.chance(50) ? "" : random_.pick(Strings{"full", "nothing"});
  for (Constraint& constraint : table.constraints) {
    constraint.replica_identity = table.replica.empty() && random_.chance(40);
    constraint.cluster = random_.chance(25);
  }
  for (Index& index : table.indexes) {
    index.replica_identity = table.replica.empty() && random_.chance(40);
    index.cluster = random_.chance(25);
  }
}

}  // namespace schemac::property
