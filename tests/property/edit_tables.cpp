// Edits of what tables have from above, and of who sees their rows.
#include <algorithm>
#include <set>

#include "tests/property/edit.h"
#include "tests/property/repair.h"
#include "tests/property/repair_tables.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

std::set<Id> column_ids(const Model& model, const Table& table) {
  std::set<Id> ids;
  for (const Column& column : all_columns(model, table)) ids.insert(column.id);
  return ids;
}

// A table takes over as its own what it has from above.
void keep_columns(const Model& model, Table& table) {
  table.columns = all_columns(model, table);
  for (Column& column : table.columns) column.convert = column.backfill = false;
  table.notes.clear();
  table.order.clear();
}

// The type stays as it was, and what it is made of.
void keep_type(const Model& before, Model& after, Id id) {
  if (const Enum* former = find(before.enums, id))
    if (Enum* now = find(after.enums, id)) now->labels = former->labels;
  if (const Composite* former = find(before.composites, id))
    if (Composite* now = find(after.composites, id)) {
      now->attributes = former->attributes;
      for (const Attribute& attribute : former->attributes)
        keep_type(before, after, attribute.type.user);
    }
  if (const Domain* former = find(before.domains, id))
    if (Domain* now = find(after.domains, id)) {
      now->type = former->type;
      keep_type(before, after, former->type.user);
    }
}

// The columns of the table, and of all further up, have their former names.
void keep_names(const Model& before, Model& after, Id id) {
  const Table* former = find(before.tables, id);
  Table* now = find(after.tables, id);
  if (former == nullptr || now == nullptr) return;
  for (Column& column : now->columns)
    if (const Column* was = find(former->columns, column.id)) column.name = was->name;
  keep_names(before, after, now->whole);
}

void keep_attribute_names(const Model& before, Model& after, Id type) {
  const Composite* former = find(before.composites, type);
  Composite* now = find(after.composites, type);
  if (former == nullptr || now == nullptr) return;
  for (Attribute& attribute : now->attributes)
    if (const Attribute* was = find(former->attributes, attribute.id)) attribute.name = was->name;
}

bool has_computed(const Model& model, const Table& table) {
  const std::vector<Column> columns = all_columns(model, table);
  return std::any_of(columns.begin(), columns.end(),
                     [](const Column& column) { return column.generated.has_value(); });
}

}  // namespace

// -- Rows --------------------------------------------------------------------------------------

void Editor::edit_security(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr) return;
  if (table->policies.empty() || random_.chance(25)) {
    if (table->security && random_.chance(50))
      table->security.reset();
    else
      table->security = maker_.security();
    if (random_.chance(50)) maker_.add_policy(model, *table);
    return;
  }
  Policy& policy = random_.pick(table->policies);
  switch (random_.below(4)) {
    case 0:
      policy.restrictive = !policy.restrictive;
      break;
    case 1:
      policy.roles = maker_.roles();
      break;
    default:
      maker_.fill_policy(model, *table, policy);
  }
}

void Editor::edit_marks(Model& model) {
  if (Table* table = some_table(model)) maker_.choose_marks(*table);
}

// -- Partitions --------------------------------------------------------------------------------

bool Editor::place(Model& model, Table& table, Id whole) {
  table.whole = whole;
  for (int i = 0; i < 8; ++i) {
    table.bounds = maker_.bounds(model, *find(model.tables, whole));
    if (!overlaps_other(model, table)) return true;
  }
  return false;
}

void Editor::edit_partition(Model& model) {
  std::vector<Id> parts;
  for (const Table& table : model.tables)
    if (table.whole != 0) parts.push_back(table.id);
  if (parts.empty() || random_.chance(30)) return attach(model);
  Table& table = *find(model.tables, random_.pick(parts));
  const Table former = table;
  switch (random_.below(6)) {
    case 0:
    case 1:
      if (!place(model, table, table.whole)) table = former;
      break;
    case 2:
    case 3: {
      const Table whole = *find(model.tables, table.whole);
      keep_columns(model, table);
      table.whole = 0;
      if (random_.chance(50)) maker_.copy_members(whole, table);
      break;
    }
    case 4:
      move_partition(model, table);
      break;
    default:
      maker_.add_partition(model);
  }
}

// Between tables of the same columns, one above the other.
void Editor::move_partition(Model& model, Table& table) {
  std::vector<Id> wholes;
  for (const Table& whole : model.tables)
    if (whole.partitioning && whole.id < table.id && whole.id != table.whole &&
        column_ids(model, whole) == column_ids(model, table))
      wholes.push_back(whole.id);
  if (wholes.empty()) return;
  const Table former = table;
  if (!place(model, table, random_.pick(wholes))) table = former;
}

void Editor::attach(Model& model) {
  std::vector<std::pair<Id, Id>> candidates;
  for (const Table& whole : model.tables)
    for (const Table& table : model.tables)
      if (whole.partitioning && whole.id < table.id && table.whole == 0 && table.of == 0 &&
          table.parents.empty() && column_ids(model, whole) == column_ids(model, table))
        candidates.emplace_back(whole.id, table.id);
  if (candidates.empty()) return edit_partitioning(model);
  const auto [whole, id] = random_.pick(candidates);
  Table& table = *find(model.tables, id);
  const Table former = table;
  if (!place(model, table, whole)) {
    table = former;
    return;
  }
  if (random_.chance(30))
    for (const Column& column : former.columns) table.order.push_back(column.id);
  table.columns.clear();
}

void Editor::edit_partitioning(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->of != 0 || !table->parents.empty()) return;
  const Id id = table->id;
  if (table->partitioning && random_.chance(30)) {
    table->partitioning.reset();
  } else {
    table->partitioning = maker_.partitioning(model, *table);
    repair(model);
    if (find(model.tables, id) != nullptr) maker_.add_partition(model);
  }
}

// -- Inheritance and types ---------------------------------------------------------------------

void Editor::edit_heritage(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->whole != 0 || table->partitioning) return;
  if (table->of != 0) {
    keep_columns(model, *table);
    table->of = 0;
    return;
  }
  if (!table->parents.empty() && random_.chance(40)) {
    // The columns stay, or go with what they came from.
    if (random_.chance(60)) keep_columns(model, *table);
    table->parents.erase(table->parents.begin());
    return;
  }
  const Id parent = maker_.some_table(model, can_be_parent);
  for (const Composite& composite : model.composites) {
    std::set<Id> ids;
    for (const Attribute& attribute : composite.attributes) ids.insert(attribute.id);
    if (table->parents.empty() && ids == column_ids(model, *table) && random_.chance(70)) {
      table->of = composite.id;
      table->columns.clear();
      return;
    }
  }
  if (parent == 0 || parent >= table->id) return;
  table->parents.push_back(parent);
  // Only what declares the columns all the same gets a parent in place.
  if (random_.chance(60))
    for (Column copy : all_columns(model, *find(model.tables, parent))) {
      const bool taken = std::any_of(table->columns.begin(), table->columns.end(),
                                     [&](const Column& own) { return own.id == copy.id; });
      copy.was.clear();
      copy.identity = false;
      copy.initial.reset();
      if (!taken && !copy.generated) table->columns.push_back(copy);
    }
}

void Editor::edit_note(Model& model) {
  std::vector<Id> ids;
  for (const Table& table : model.tables)
    if (table.whole != 0 || table.of != 0 || !table.parents.empty()) ids.push_back(table.id);
  if (ids.empty()) return;
  Table& table = *find(model.tables, random_.pick(ids));
  if (table.notes.empty() || random_.chance(40)) return maker_.add_note(model, table);
  ColumnNote& note = random_.pick(table.notes);
  if (random_.chance(30)) {
    const Id id = note.id;
    std::erase_if(table.notes, [&](const ColumnNote& other) { return other.id == id; });
    return;
  }
  for (const Column& column : columns_above(model, table))
    if (column.id == note.column) maker_.fill_note(model, column, note);
}

void Editor::edit_inherited(Model& model) {
  std::vector<Id> ids;
  for (const Table& table : model.tables)
    if (table.whole != 0) ids.push_back(table.id);
  if (ids.empty()) return;
  Table& table = *find(model.tables, random_.pick(ids));
  if (table.inherited.empty() || random_.chance(50)) return maker_.add_inherited(model, table);
  Inherited& one = random_.pick(table.inherited);
  if (one.what == Inherited::What::trigger && random_.chance(60)) {
    one.state = maker_.state(one.state);
    return;
  }
  const Id id = one.id;
  std::erase_if(table.inherited, [&](const Inherited& other) { return other.id == id; });
}

// The plan carries no type over for columns that leave or join another table on the way, and makes
// no column anew that is computed from one which is renamed in the table that it joins. A table
// that leaves a type, or takes it, knows nothing of other names that its attributes get.
void Editor::keep_what_moves(const Model& before, Model& after) {
  std::vector<Id> moved;
  for (const Table& table : after.tables)
    if (const Table* former = find(before.tables, table.id))
      if (former->whole != table.whole || former->parents != table.parents)
        moved.push_back(table.id);
  for (const Id id : moved) {
    const Table& former = *find(before.tables, id);
    for (const Column& column : all_columns(before, former))
      keep_type(before, after, column.type.user);
    const Table& now = *find(after.tables, id);
    for (const Column& column : all_columns(after, now)) keep_type(before, after, column.type.user);
    if (now.whole != former.whole && has_computed(after, now)) keep_names(before, after, now.whole);
  }
  for (const Table& table : after.tables)
    if (const Table* former = find(before.tables, table.id); former && former->of != table.of)
      for (const Id type : {former->of, table.of}) keep_attribute_names(before, after, type);
}

// A column that a table declares stays its own as long as it inherits, and one that it does not
// declare stays what is above: the server knows no other way but to make the table anew.
void Editor::keep_own(const Model& before, Model& after) {
  for (Table& table : after.tables) {
    const Table* former = find(before.tables, table.id);
    if (former == nullptr || former->parents.empty() || table.parents.empty()) continue;
    for (const Column& column : all_columns(after, table)) {
      if (!find_column(before, *former, column.id)) continue;
      const bool was_own = find(former->columns, column.id) != nullptr;
      const bool is_own = find(table.columns, column.id) != nullptr;
      if (was_own && !is_own) {
        table.columns.push_back(column);
        std::erase_if(table.notes,
                      [&](const ColumnNote& note) { return note.column == column.id; });
      }
      if (!was_own && is_own)
        std::erase_if(table.columns, [&](const Column& own) { return own.id == column.id; });
    }
  }
}

}  // namespace schemac::property
