// Edits of tables and views.
#include <algorithm>
#include <set>

#include "tests/property/edit.h"
#include "tests/property/repair.h"
#include "tests/property/types.h"

namespace schemac::property {

void Editor::edit_table(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr) return;
  switch (random_.below(3)) {
    case 0:
      table->unlogged = !table->unlogged;
      break;
    case 1:
      table->with.clear();
      if (random_.chance(60))
        table->with.emplace_back("fillfactor", std::to_string(random_.between(20, 90)));
      if (random_.chance(30)) table->with.emplace_back("autovacuum_enabled", "false");
      break;
    default:
      if (!table->columns.empty()) std::swap(table->columns.front(), table->columns.back());
  }
}

void Editor::edit_column(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->columns.empty()) return;
  const Id id = table->id;
  const auto at = static_cast<std::size_t>(random_.below(static_cast<int>(table->columns.size())));
  Column column = table->columns[at];
  switch (random_.below(8)) {
    case 0:
    case 1:
      column.nullable = !column.nullable;
      break;
    case 2:
    case 3:
      column.initial = maker_.initial(model, column);
      break;
    case 4:
      if (is_collatable(model, column.type))
        column.collation = column.collation.empty() ? maker_.collation() : "";
      break;
    case 5:
      if (is_integer(column.type) && !column.generated) {
        column.identity = !column.identity;
        column.initial.reset();
        column.counting = column.identity ? maker_.counting() : Counting{};
      }
      break;
    case 6:
      column.statistics = random_.chance(50) ? std::optional<int>() : random_.between(0, 500);
      column.n_distinct = random_.chance(70) ? std::optional<int>() : random_.between(1, 100);
      if (is_variable(model, column.type)) {
        column.storage = random_.pick(std::vector<std::string>{"", "plain", "external", "main"});
        column.compression = random_.pick(std::vector<std::string>{"", "pglz", "lz4"});
      }
      break;
    default:
      if (column.identity) {
        column.by_default = !column.by_default;
        column.counting = maker_.counting();
      } else if (column.generated) {
        column.generated.reset();
      }
  }
  find(model.tables, id)->columns[at] = column;
}

void Editor::change_type(Model& model, Column& column, const Type& type) {
  const Family was = family_of(model, column.type);
  const Family now = family_of(model, type);
  const bool by_cast = now == Family::text || was == Family::text || was == now;
  column.type = type;
  column.convert = (!by_cast || random_.chance(20)) && !column.identity && !column.generated;
}

void Editor::edit_type(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->columns.empty()) return;
  Column& column = random_.pick(table->columns);
  if (column.generated) return;
  Type type = maker_.type(model);
  if (random_.chance(60)) {
    // As most changes are: wider, or with other modifiers.
    switch (family_of(model, column.type)) {
      case Family::number:
        type = plain_type(random_.pick(std::vector<std::string>{"bigint", "numeric", "int"}));
        break;
      case Family::text:
        type = plain_type(random_.pick(std::vector<std::string>{"text", "varchar"}));
        if (random_.chance(50) && type.base != base_type("text")) type.first = 40;
        break;
      default:
        if (column.type.first >= 0 && column.type.second < 0) {
          type = column.type;
          type.first = type.first == 3 ? 5 : 3;
        }
    }
    type.array = column.type.array;
  }
  change_type(model, column, type);
}

// The columns of a key and all that refer to them change together.
void Editor::edit_key_type(Model& model) {
  std::vector<std::pair<Id, Id>> keys;
  for (const Table& table : model.tables)
    for (const Constraint& constraint : table.constraints)
      if (constraint.kind == ConstraintKind::foreign_key)
        keys.emplace_back(
            constraint.target_table,
            find(find(model.tables, constraint.target_table)->constraints, constraint.target_key)
                ->columns[0]);
  if (keys.empty()) return;
  std::set<Id> linked{random_.pick(keys).second};
  for (std::size_t before = 0; before != linked.size();) {
    before = linked.size();
    for (const Table& table : model.tables)
      for (const Constraint& c : table.constraints) {
        if (c.kind != ConstraintKind::foreign_key) continue;
        const Constraint& key =
            *find(find(model.tables, c.target_table)->constraints, c.target_key);
        for (std::size_t i = 0; i < c.columns.size(); ++i)
          if (linked.contains(key.columns[i]) || linked.contains(c.columns[i])) {
            linked.insert(key.columns[i]);
            linked.insert(c.columns[i]);
          }
      }
  }
  static const std::vector<std::string> kTypes{"bigint", "int", "text", "numeric"};
  const Type type = plain_type(random_.pick(kTypes));
  for (Table& table : model.tables)
    for (Column& column : table.columns)
      if (linked.contains(column.id)) change_type(model, column, type);
}

void Editor::edit_constraint(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->constraints.empty()) return;
  Constraint& c = random_.pick(table->constraints);
  switch (c.kind) {
    case ConstraintKind::check:
      if (random_.chance(50))
        c.condition.form = random_.below(100);
      else
        c.not_valid = !c.not_valid;
      break;
    case ConstraintKind::foreign_key:
      if (random_.chance(40))
        c.on_delete = c.on_delete == "cascade" ? "" : "cascade";
      else if (random_.chance(50))
        c.not_valid = !c.not_valid;
      else
        c.deferrable = !c.deferrable;
      c.set_columns = false;
      break;
    case ConstraintKind::exclusion:
      c.deferrable = !c.deferrable;
      break;
    default:
      if (random_.chance(40))
        c.deferrable = !c.deferrable;
      else if (random_.chance(40))
        std::reverse(c.columns.begin(), c.columns.end());
      else if (random_.chance(50))
        c.fillfactor = c.fillfactor == 0 ? 60 : 0;
      else if (c.kind == ConstraintKind::unique)
        c.nulls_not_distinct = !c.nulls_not_distinct;
  }
  c.deferred = c.deferrable && c.deferred;
}

void Editor::edit_index(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->indexes.empty()) return;
  Index& index = random_.pick(table->indexes);
  switch (random_.below(4)) {
    case 0:
      index.partial = !index.partial;
      index.condition = maker_.expression({random_.pick(columns_of(model, table->id)).id});
      break;
    case 1:
      std::reverse(index.keys.begin(), index.keys.end());
      break;
    case 2:
      if (index.method.empty()) index.keys[0].descending = !index.keys[0].descending;
      break;
    default:
      index.with.clear();
      if (index.method.empty() && random_.chance(50)) index.with.emplace_back("fillfactor", "55");
  }
}

void Editor::edit_trigger(Model& model) {
  for (Table& table : model.tables) {
    if (table.triggers.empty() || random_.chance(30)) continue;
    Trigger& trigger = random_.pick(table.triggers);
    if (random_.chance(40)) {
      trigger.enabled = trigger.enabled.empty() ? "disabled" : "";
    } else if (trigger.constraint) {
      trigger.deferrable = !trigger.deferrable;
      trigger.deferred = false;
    } else {
      trigger.arguments = {"changed"};
    }
    return;
  }
}

void Editor::edit_view(Model& model) {
  if (model.views.empty()) return;
  View& view = random_.pick(model.views);
  switch (random_.below(8)) {
    case 0:
      view.condition.form = random_.below(100);
      view.restricted = true;
      break;
    case 1:
      view.k = random_.below(100);
      break;
    case 2:
      maker_.fill_outputs(model, view);
      break;
    case 3: {
      // A column more at the end, which CREATE OR REPLACE can do.
      View other = view;
      maker_.fill_outputs(model, other);
      if (!other.outputs.empty()) view.outputs.push_back(other.outputs[0]);
      break;
    }
    case 4:
      view.materialized = !view.materialized;
      view.triggers.clear();
      view.indexes.clear();
      view.rules.clear();
      view.statistics.clear();
      view.with.clear();
      for (Output& output : view.outputs) output.initial.reset();
      break;
    case 5:
      if (view.with.empty()) {
        if (view.materialized)
          view.with.emplace_back("fillfactor", "70");
        else
          view.with.emplace_back("security_barrier", "true");
      } else {
        view.with.clear();
      }
      break;
    case 6:
      if (!view.outputs.empty()) maker_.fill_storing(view, random_.pick(view.outputs));
      break;
    default:
      view.aliased = !view.aliased;
  }
}

// -- One thing in the place of another ---------------------------------------------------------

void Editor::move_index(Model& model) {
  Table* from = some_table(model);
  Table* to = some_table(model);
  if (from == to || from == nullptr || from->indexes.empty()) return;
  Index moved = random_.pick(from->indexes);
  if (moved.name.empty()) return;
  maker_.add_index(model, *to);
  if (to->indexes.empty()) return;
  std::erase_if(from->indexes, [&](const Index& index) { return index.id == moved.id; });
  to->indexes.back().name = moved.name;
}

void Editor::replace_by_view(Model& model) {
  if (model.tables.size() < 2) return;
  const Table table = random_.pick(model.tables);
  std::erase_if(model.tables, [&](const Table& t) { return t.id == table.id; });
  repair(model);
  maker_.add_view(model);
  if (model.views.empty()) return;
  model.views.back().name = table.name;
  model.views.back().schema = table.schema;
}

void Editor::replace_column(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->columns.empty()) return;
  Column& old = random_.pick(table->columns);
  const Id id = old.id;
  const std::string name = old.name;
  if (random_.chance(50)) {
    std::erase_if(table->columns, [&](const Column& column) { return column.id == id; });
  } else {
    // The old column goes on under another name, and a new one takes its own.
    set_name(old, names_.fresh("old"));
  }
  maker_.add_column(model, *table);
  table->columns.back().name = name;
  table->columns.back().backfill = !table->columns.back().nullable &&
                                   !table->columns.back().generated &&
                                   !table->columns.back().identity;
}

}  // namespace schemac::property
