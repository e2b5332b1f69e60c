// The rarer kinds.
#include <algorithm>

#include "tests/property/maker.h"
#include "tests/property/things.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

using Strings = std::vector<std::string>;

}  // namespace

Id Maker::some_routine(Model& model, Use use) {
  std::vector<Id> ids;
  for (const Routine& routine : model.routines)
    if (routine.use == use) ids.push_back(routine.id);
  if (ids.empty() || random_.chance(20)) {
    add_routine(model, use);
    ids.push_back(model.routines.back().id);
  }
  return random_.pick(ids);
}

Id Maker::some_thing(Model& model, Sort sort) {
  std::vector<Id> ids;
  for (const Thing& thing : model.things)
    if (thing.sort == sort) ids.push_back(thing.id);
  if (ids.empty() || random_.chance(20)) {
    add_thing(model, sort);
    ids.push_back(model.things.back().id);
  }
  return random_.pick(ids);
}

void Maker::add_thing(Model& model) {
  add_thing(model, static_cast<Sort>(random_.below(kSorts)));
}

void Maker::add_thing(Model& model, Sort sort) {
  static const Strings kOperators{"===", "<=>", "@@@", "~=~~", "&&&", "<#>", "!==", "|=|"};
  Thing made = entity<Thing>("thing");
  made.sort = sort;
  made.form = random_.below(12);
  made.k = random_.below(16);
  if (stands_in_schema(sort)) made.schema = some_schema(model);
  switch (sort) {
    case Sort::aggregate:
      if (random_.chance(50)) made.uses = {some_routine(model, Use::step)};
      break;
    case Sort::sql_operator:
      made.name = random_.pick(kOperators);
      made.uses = {some_routine(model, Use::test)};
      break;
    case Sort::operator_class:
      made.uses = {some_thing(model, Sort::operator_family), some_routine(model, Use::order)};
      break;
    case Sort::cast:
      if (!fill_cast(model, made)) return;
      break;
    case Sort::dictionary:
      if (random_.chance(40)) made.uses = {some_thing(model, Sort::search_template)};
      break;
    case Sort::configuration:
      if (random_.chance(70)) made.uses = {some_thing(model, Sort::dictionary)};
      if (!made.uses.empty() && random_.chance(30))
        made.uses.push_back(some_thing(model, Sort::search_parser));
      break;
    case Sort::server:
      made.uses = {some_thing(model, Sort::wrapper)};
      break;
    case Sort::user_mapping:
    case Sort::foreign_table:
      made.uses = {some_thing(model, Sort::server)};
      break;
    case Sort::publication:
      for (const Table& table : model.tables)
        if (random_.chance(40)) made.uses.push_back(table.id);
      if (made.form % 4 == 1 && random_.chance(60)) made.uses = {some_schema(model)};
      break;
    case Sort::event_trigger:
      made.uses = {some_routine(model, Use::event)};
      break;
    default:
      break;
  }
  const bool of_system = sort == Sort::system_table || sort == Sort::system_function;
  const bool spoken_of = sort == Sort::user_mapping || sort == Sort::system_language || of_system;
  if (sort == Sort::cast || sort == Sort::transform || spoken_of) made.name.clear();
  if (spoken_of) made.comment.clear();
  model.things.push_back(made);
}

bool Maker::fill_cast(Model& model, Thing& thing) {
  if (model.enums.empty()) return false;
  const Id from = random_.pick(model.enums).id;
  add_routine(model, Use::judge);
  Type type;
  type.user = from;
  model.routines.back().arguments.at(0).type = type;
  thing.uses = {from, model.routines.back().id};
  return true;
}

void Maker::add_rule(const Model& model, Relation& relation) {
  const std::vector<Shown> shown = columns_of(model, relation.id);
  if (shown.empty()) return;
  Rule made = entity<Rule>("rule");
  // One that takes updates away would take them from a migration as well.
  made.event = random_.pick(Strings{"insert", "update", "delete"});
  made.instead = made.event == "delete" && random_.chance(50);
  if (random_.chance(40)) made.column = random_.pick(shown).id;
  made.k = random_.below(100);
  if (random_.chance(50) && !model.tables.empty()) made.target = random_.pick(model.tables).id;
  if (made.target == relation.id) made.target = 0;
  if (random_.chance(15)) made.enabled = random_.pick(Strings{"disabled", "replica", "always"});
  relation.rules.push_back(made);
}

void Maker::add_statistics(const Model& model, Relation& relation) {
  std::vector<Id> ordered;
  for (const Shown& column : columns_of(model, relation.id))
    if (is_ordered(model, column.type)) ordered.push_back(column.id);
  if (ordered.size() < 2) return;
  Statistics made = entity<Statistics>("stat");
  for (const char* kind : {"ndistinct", "dependencies", "mcv"})
    if (random_.chance(40)) made.kinds.push_back(kind);
  for (int i = random_.between(2, 3); i > 0 && !ordered.empty(); --i) {
    const Id id = random_.pick(ordered);
    std::erase(ordered, id);
    made.columns.push_back(id);
  }
  if (random_.chance(30)) made.expression = expression({made.columns.front()});
  if (random_.chance(30)) made.target = random_.between(1, 1000);
  relation.statistics.push_back(made);
}

}  // namespace schemac::property
