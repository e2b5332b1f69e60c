#include "tests/property/edit.h"

#include <algorithm>

#include "tests/property/repair.h"
#include "tests/property/things.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

template <class T>
void erase(std::vector<T>& list, Id id) {
  std::erase_if(list, [&](const T& entity) { return entity.id == id; });
}

// Whether arrays, composite types or other domains are made of the type.
bool is_contained(const Model& model, Id type) {
  const auto holds = [&](const auto& entity) { return entity.type.user == type; };
  for (const Composite& composite : model.composites)
    if (std::any_of(composite.attributes.begin(), composite.attributes.end(), holds)) return true;
  for (const Table& table : model.tables)
    for (const Column& column : table.columns)
      if (holds(column) && column.type.array) return true;
  for (const Routine& routine : model.routines)  // a default of its argument is such an array
    for (const Argument& argument : routine.arguments)
      if (holds(argument) && argument.type.array && argument.has_default) return true;
  return std::any_of(model.domains.begin(), model.domains.end(), holds);
}

}  // namespace

void visit_entities(Model& model, const std::function<void(Entity&)>& visit) {
  const auto all = [&](auto& list) {
    for (auto& entity : list) visit(entity);
  };
  for (std::size_t i = 1; i < model.schemas.size(); ++i) visit(model.schemas[i]);
  all(model.enums);
  all(model.domains);
  for (Domain& domain : model.domains) all(domain.checks);
  all(model.composites);
  for (Composite& composite : model.composites) all(composite.attributes);
  all(model.sequences);
  all(model.routines);
  all(model.tables);
  for (Table& table : model.tables) {
    all(table.columns);
    all(table.constraints);
    all(table.indexes);
    all(table.triggers);
    all(table.policies);
    all(table.rules);
    all(table.statistics);
    for (Inherited& one : table.inherited)
      if (!one.name.empty()) visit(one);
  }
  all(model.views);
  for (View& view : model.views) {
    all(view.outputs);
    all(view.indexes);
    all(view.triggers);
    all(view.rules);
    all(view.statistics);
  }
  all(model.things);
}

Model Editor::edit(const Model& model, int count) {
  Model edited = model;
  visit_entities(edited, [&](Entity& entity) { former_[entity.id] = entity.name; });
  for (Enum& e : edited.enums)
    for (Label& label : e.labels) former_[label.id] = label.name;
  for (int i = 0; i < count; ++i) {
    once(edited);
    repair(edited);
  }
  keep_own(model, edited);
  keep_what_moves(model, edited);
  repair(edited);
  return edited;
}

void Editor::once(Model& model) {
  using Edit = void (Editor::*)(Model&);
  static constexpr std::pair<Edit, int> kEdits[] = {
      {&Editor::add, 8},           {&Editor::add_member, 10},     {&Editor::drop, 9},
      {&Editor::rename, 9},        {&Editor::comment, 4},         {&Editor::edit_enum, 7},
      {&Editor::edit_domain, 4},   {&Editor::edit_composite, 4},  {&Editor::edit_sequence, 3},
      {&Editor::edit_routine, 5},  {&Editor::edit_table, 3},      {&Editor::edit_column, 9},
      {&Editor::edit_type, 8},     {&Editor::edit_key_type, 3},   {&Editor::edit_constraint, 5},
      {&Editor::edit_index, 4},    {&Editor::edit_trigger, 3},    {&Editor::edit_view, 7},
      {&Editor::edit_security, 3}, {&Editor::edit_marks, 2},      {&Editor::edit_partition, 6},
      {&Editor::edit_heritage, 3}, {&Editor::edit_note, 3},       {&Editor::edit_inherited, 3},
      {&Editor::edit_rights, 4},   {&Editor::edit_brought, 1},    {&Editor::edit_default_rights, 1},
      {&Editor::edit_thing, 4},    {&Editor::edit_extras, 3},     {&Editor::move_index, 1},
      {&Editor::move_schema, 1},   {&Editor::replace_by_view, 1}, {&Editor::replace_column, 2},
      {&Editor::replace_type, 1},  {&Editor::swap_names, 1}};
  int sum = 0;
  for (const auto& [edit, weight] : kEdits) sum += weight;
  int at = random_.below(sum);
  for (const auto& [edit, weight] : kEdits)
    if ((at -= weight) < 0) return (this->*edit)(model);
}

// -- Adding, dropping, naming ------------------------------------------------------------------

void Editor::add(Model& model) {
  using Add = void (Maker::*)(Model&);
  static const std::vector<Add> kAdds{
      &Maker::add_schema,    &Maker::add_extension, &Maker::add_enum,    &Maker::add_domain,
      &Maker::add_composite, &Maker::add_sequence,  &Maker::add_routine, &Maker::add_table,
      &Maker::add_table,     &Maker::add_view,      &Maker::add_view,    &Maker::add_partition,
      &Maker::add_heir,      &Maker::add_typed};
  if (random_.chance(15)) return maker_.add_thing(model);
  (maker_.*random_.pick(kAdds))(model);
}

Table* Editor::some_table(Model& model) {
  return model.tables.empty() ? nullptr : &random_.pick(model.tables);
}

void Editor::add_member(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr) return;
  const Id id = table->id;
  switch (random_.below(5)) {
    case 0: {
      if (!has_own_columns(*table)) return;
      const std::size_t before = table->columns.size();
      maker_.add_column(model, *table);
      Column column = table->columns.back();
      column.initial = maker_.initial(model, column);
      column.backfill = !column.nullable && !column.initial && !column.generated &&
                        !column.identity && random_.chance(85);
      table = find(model.tables, id);
      table->columns.back() = column;
      // Authors write a new column where it belongs, not at the end.
      if (random_.chance(40))
        std::swap(
            table->columns[before],
            table->columns[static_cast<std::size_t>(random_.below(static_cast<int>(before) + 1))]);
      break;
    }
    case 1:
      maker_.add_constraint(model, *table);
      break;
    case 2:
      maker_.add_index(model, *table);
      break;
    case 3:
      maker_.add_policy(model, *table);
      break;
    default:
      maker_.add_trigger(model, id);
  }
}

void Editor::drop(Model& model) {
  std::vector<Id> ids;
  visit_entities(model, [&](Entity& entity) { ids.push_back(entity.id); });
  for (const Extension& extension : model.extensions) ids.push_back(extension.id);
  if (ids.empty()) return;
  const Id id = random_.pick(ids);
  const auto from = [&](auto&... lists) { (erase(lists, id), ...); };
  const auto in_schema = [&](auto&... lists) {
    (std::erase_if(lists, [&](const auto& entity) { return entity.schema == id; }), ...);
  };
  if (find(model.schemas, id) != nullptr)
    in_schema(model.enums, model.domains, model.composites, model.sequences, model.routines,
              model.tables, model.views, model.things);
  from(model.schemas, model.extensions, model.enums, model.domains, model.composites,
       model.sequences, model.routines, model.tables, model.views, model.things);
  for (Domain& domain : model.domains)
    if (!is_contained(model, domain.id)) erase(domain.checks, id);
  for (Composite& composite : model.composites) erase(composite.attributes, id);
  for (Table& table : model.tables)
    from(table.columns, table.constraints, table.indexes, table.triggers, table.policies,
         table.rules, table.statistics, table.inherited);
  for (View& view : model.views)
    from(view.outputs, view.indexes, view.triggers, view.rules, view.statistics);
}

void Editor::set_name(Entity& entity, const std::string& name) {
  entity.name = name;
  const auto at = former_.find(entity.id);
  const bool known = at != former_.end() && !at->second.empty() && at->second != name;
  entity.was = known && random_.chance(90) ? at->second : "";
}

void Editor::rename(Model& model) {
  std::vector<Entity*> entities;
  visit_entities(model, [&](Entity& entity) { entities.push_back(&entity); });
  if (entities.empty()) return;
  Entity& entity = *random_.pick(entities);
  // A view's column goes on under another name only where a column of a table does.
  bool output = false;
  for (View& view : model.views) output = output || find(view.outputs, entity.id) != nullptr;
  if (const Thing* thing = find(model.things, entity.id);
      thing != nullptr && !can_be_renamed(thing->sort))
    return;
  set_name(entity, names_.fresh("renamed"));
  if (output) entity.was.clear();
}

void Editor::comment(Model& model) {
  std::vector<Entity*> entities;
  visit_entities(model, [&](Entity& entity) {
    if (!entity.name.empty()) entities.push_back(&entity);
  });
  if (entities.empty()) return;
  Entity& entity = *random_.pick(entities);
  entity.comment = entity.comment.empty() || random_.chance(50) ? names_.comment() : "";
}

void Editor::swap_names(Model& model) {
  Table* table = some_table(model);
  if (table == nullptr || table->columns.size() < 2) return;
  std::swap(table->columns[0].name, table->columns[1].name);
  table->columns[0].was.clear();
  table->columns[1].was.clear();
}

// -- Types -------------------------------------------------------------------------------------

void Editor::edit_enum(Model& model) {
  if (model.enums.empty()) return;
  Enum& e = random_.pick(model.enums);
  const auto at = static_cast<std::size_t>(random_.below(static_cast<int>(e.labels.size())));
  switch (random_.below(5)) {
    case 0:
    case 1:
      e.labels.insert(e.labels.begin() + random_.below(static_cast<int>(e.labels.size()) + 1),
                      maker_.label(e));
      break;
    case 2:
      set_name(e.labels[at], maker_.label(e).name);
      break;
    case 3:
      if (e.labels.size() > 1) e.labels.erase(e.labels.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    default:
      std::swap(e.labels[at], e.labels[0]);
  }
}

void Editor::edit_domain(Model& model) {
  if (model.domains.empty()) return;
  Domain& domain = random_.pick(model.domains);
  // The server looks for values of a domain in plain columns only, and refuses new conditions on
  // one that stands inside of something else.
  const int choice = is_contained(model, domain.id) ? random_.between(4, 5) : random_.below(6);
  switch (choice) {
    case 0:
      domain.checks.push_back(maker_.domain_check());
      break;
    case 1:
      if (!domain.checks.empty()) random_.pick(domain.checks).condition = maker_.expression({});
      break;
    case 2:
      domain.initial = random_.chance(50) ? std::optional<int>() : random_.below(100);
      break;
    case 3:
      domain.not_null = !domain.not_null;
      break;
    case 4:
      domain.type = maker_.type(model, domain.id);
      break;
    default:
      if (is_collatable(model, domain.type)) domain.collation = maker_.collation();
  }
}

void Editor::edit_composite(Model& model) {
  if (model.composites.empty()) return;
  Composite& composite = random_.pick(model.composites);
  Attribute& attribute = random_.pick(composite.attributes);
  switch (random_.below(4)) {
    case 0:
    case 1:
      composite.attributes.push_back(maker_.attribute(model, composite));
      break;
    case 2:
      attribute.type = maker_.type(model, composite.id);
      break;
    default:
      if (is_collatable(model, attribute.type)) attribute.collation = maker_.collation();
  }
}

void Editor::edit_sequence(Model& model) {
  if (model.sequences.empty()) return;
  Sequence& sequence = random_.pick(model.sequences);
  switch (random_.below(4)) {
    case 0:
      sequence.width = random_.pick(std::vector<int>{0, 2, 4});
      break;
    case 1:
      sequence.owner_table = sequence.owner_column = 0;
      break;
    case 2:
      sequence.unlogged = !sequence.unlogged;
      break;
    default:
      sequence.counting = maker_.counting();
  }
}

void Editor::edit_routine(Model& model) {
  if (model.routines.empty()) return;
  Routine& routine = random_.pick(model.routines);
  switch (random_.below(5)) {
    case 0:
    case 1:
      routine.k = random_.below(100);
      break;
    case 2:
      maker_.choose_options(routine);
      break;
    case 3:
      if (routine.use == Use::mapper || routine.use == Use::source)
        routine.language = static_cast<Language>(random_.below(4));
      break;
    default:
      if (routine.use == Use::shaped && routine.result == Routine::Result::value) {
        routine.type = maker_.type(model);
        routine.type.first = routine.type.second = -1;
      } else if (!routine.arguments.empty() && routine.use != Use::mapper) {
        routine.arguments[0].name = names_.fresh("arg");
      }
  }
}

void Editor::replace_type(Model& model) {
  if (model.enums.empty()) return;
  const Enum e = random_.pick(model.enums);
  erase(model.enums, e.id);
  repair(model);
  const std::size_t before = model.domains.size();
  maker_.add_domain(model);
  if (model.domains.size() == before) return;
  model.domains.back().name = e.name;
  model.domains.back().schema = e.schema;
}

void Editor::move_schema(Model& model) {
  const Id schema = random_.pick(model.schemas).id;
  const auto move = [&](auto& list) {
    if (!list.empty()) random_.pick(list).schema = schema;
  };
  switch (random_.below(5)) {
    case 0:
      return move(model.enums);
    case 1:
      return move(model.domains);
    case 2:
      return move(model.routines);
    case 3:
      return move(model.views);
    default:
      return move(model.tables);
  }
}

}  // namespace schemac::property
