#include "tests/property/model.h"

#include <set>

#include "tests/property/types.h"

namespace schemac::property {

namespace {

Type without_domain(const Model& model, Type type) {
  while (type.user != 0 && !type.array) {
    const Domain* domain = find(model.domains, type.user);
    if (domain == nullptr) break;
    type = domain->type;
  }
  return type;
}

// The type of one output, given that of the column it shows.
Type output_type(const Model& model, const View& view, const Output& output, const Type& shown) {
  if (view.shape == Shape::combined) return plain_type("text");
  switch (output.form) {
    case Output::Form::plain:
      if ((view.shape == Shape::group || view.shape == Shape::distinct) &&
          !is_ordered(model, shown) && !is_hashed(model, shown))
        return plain_type("text");
      return shown;
    case Output::Form::text:
    case Output::Form::choice:
    case Output::Form::literal:
      return plain_type("text");
    case Output::Form::isnull:
      return plain_type("boolean");
    case Output::Form::maximum: {
      Type type = without_domain(model, shown);
      type.first = type.second = -1;
      return type;
    }
    case Output::Form::count:
    case Output::Form::number:
      return plain_type("bigint");
    case Output::Form::mapped: {  // the routine may be gone until the view is repaired
      const Routine* routine = find(model.routines, output.function);
      return routine == nullptr ? shown : routine->type;
    }
  }
  return shown;
}

}  // namespace

const Relation* find_relation(const Model& model, Id id) {
  if (const Table* table = find(model.tables, id)) return table;
  return find(model.views, id);
}

std::vector<Column> columns_above(const Model& model, const Table& table) {
  std::vector<Column> columns;
  const auto add = [&](const Table* above) {
    if (above == nullptr) return;
    for (Column& column : all_columns(model, *above)) {
      if (find(columns, column.id) != nullptr) continue;
      column.identity = false;
      columns.push_back(std::move(column));
    }
  };
  if (const Composite* composite = find(model.composites, table.of))
    for (const Attribute& attribute : composite->attributes) {
      Column column;
      static_cast<Entity&>(column) = attribute;
      column.type = attribute.type;
      column.collation = attribute.collation;
      column.nullable = true;
      columns.push_back(column);
    }
  for (const Id parent : table.parents) add(find(model.tables, parent));
  add(find(model.tables, table.whole));
  return columns;
}

std::vector<Column> all_columns(const Model& model, const Table& table) {
  std::vector<Column> columns = columns_above(model, table);
  for (const ColumnNote& note : table.notes)
    if (Column* column = find(columns, note.column)) {
      if (!note.presence.empty()) column->nullable = note.presence == "null";
      if (note.no_default) column->initial.reset();
      if (note.initial) column->initial = Default{Default::Form::literal, 0, *note.initial};
    }
  for (const Column& own : table.columns) {
    if (Column* above = find(columns, own.id))
      *above = own;
    else
      columns.push_back(own);
  }
  if (table.order.empty()) return columns;
  std::vector<Column> ordered;
  for (const Id id : table.order)
    if (const Column* column = find(columns, id)) ordered.push_back(*column);
  return ordered;
}

std::optional<Column> find_column(const Model& model, const Table& table, Id id) {
  for (const Column& column : all_columns(model, table))
    if (column.id == id) return column;
  return std::nullopt;
}

bool has_own_columns(const Table& table) {
  return table.of == 0 && table.whole == 0;
}

std::vector<Shown> columns_of(const Model& model, Id relation) {
  std::vector<Shown> shown;
  if (const Table* table = find(model.tables, relation)) {
    for (const Column& column : all_columns(model, *table))
      shown.push_back({column.id, column.name, column.type});
    return shown;
  }
  const View* view = find(model.views, relation);
  if (view == nullptr) return shown;
  if (view->shape == Shape::star) return columns_of(model, view->sources.at(0));
  std::set<std::string> names;
  for (const Output& output : view->outputs) {
    const auto source = static_cast<std::size_t>(output.source);
    std::optional<Shown> column;
    if (source < view->sources.size())
      column = column_of(model, view->sources[source], output.column);
    if (!column) continue;
    std::string name = output.name.empty() ? column->name : output.name;
    if (!names.insert(name).second) {
      name = "o" + std::to_string(output.id);
      names.insert(name);
    }
    shown.push_back({output.id, name, output_type(model, *view, output, column->type)});
  }
  return shown;
}

std::optional<Shown> column_of(const Model& model, Id relation, Id column) {
  for (const Shown& shown : columns_of(model, relation))
    if (shown.id == column) return shown;
  return std::nullopt;
}

}  // namespace schemac::property
