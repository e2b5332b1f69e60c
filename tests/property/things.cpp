#include "tests/property/things.h"

#include <algorithm>
#include <set>

#include "tests/property/types.h"

namespace schemac::property {

namespace {

bool is_routine(const Model& model, Id id, Use use) {
  const Routine* routine = find(model.routines, id);
  return routine != nullptr && routine->use == use;
}

bool is_thing(const Model& model, Id id, Sort sort) {
  const Thing* thing = find(model.things, id);
  return thing != nullptr && thing->sort == sort;
}

// Every use has to be there, but for those of sorts that can do without.
std::size_t fewest_uses(Sort sort) {
  switch (sort) {
    case Sort::aggregate:
    case Sort::dictionary:
    case Sort::configuration:
    case Sort::publication:
      return 0;
    default:
      return most_uses(sort);
  }
}

// What the server has one of.
std::string only_one(const Model& model, const Thing& thing) {
  const std::string form = std::to_string(thing.form % 3);
  const auto use = [&](std::size_t i) { return std::to_string(thing.uses.at(i)); };
  switch (thing.sort) {
    case Sort::cast:
      return "cast " + use(0);
    case Sort::system_language:
      return std::string("system ") + system_language(thing);
    case Sort::transform:
      return "transform " + form;
    case Sort::system_table:
      return "system table " + form;
    case Sort::system_function:
      return "system function " + form;
    case Sort::user_mapping:
      return "mapping " + form + " " + use(0);
    case Sort::operator_class:
      return "class " + use(0);  // a family knows one operator of a type for each task
    case Sort::sql_operator:
      return "operator " + thing.name + " " + find(model.schemas, thing.schema)->name;
    default:
      return "";
  }
}

class RepairThings {
 public:
  explicit RepairThings(Model& model) : model_(model) {}

  bool run() {
    for (Thing& thing : model_.things) uses(thing);
    std::set<Id> unfit;
    std::set<std::string> taken;
    for (const Thing& thing : model_.things)
      if (!fits(thing) || !is_first(thing, taken)) unfit.insert(thing.id);
    drop(model_.things, [&](const Thing& thing) { return unfit.contains(thing.id); });
    for (Table& table : model_.tables) members(table);
    for (View& view : model_.views) members(view);
    return changed_;
  }

 private:
  template <class T, class Unfit>
  void drop(std::vector<T>& list, const Unfit& unfit) {
    if (std::erase_if(list, unfit) > 0) changed_ = true;
  }

  void uses(Thing& thing) {
    std::set<Id> seen;
    if (thing.sort == Sort::publication) {
      drop(thing.uses, [&](Id id) { return !publishes(thing, id) || !seen.insert(id).second; });
      return;
    }
    std::size_t keep = 0;
    while (keep < thing.uses.size() && keep < most_uses(thing.sort) &&
           fits_use(model_, thing, keep))
      ++keep;
    if (keep == thing.uses.size()) return;
    thing.uses.resize(keep);
    changed_ = true;
  }

  // The server takes no column lists beside a schema, and no schema beside itself.
  bool publishes(const Thing& thing, Id id) const {
    if (find(model_.schemas, id) != nullptr) return thing.form % 4 == 1;
    const Table* table = find(model_.tables, id);
    return table != nullptr && !table->unlogged && !columns_of(model_, id).empty();
  }

  bool fits(const Thing& thing) const {
    if (thing.uses.size() < fewest_uses(thing.sort)) return false;
    return thing.schema == 0 || find(model_.schemas, thing.schema) != nullptr;
  }

  bool is_first(const Thing& thing, std::set<std::string>& taken) const {
    const std::string what = only_one(model_, thing);
    return what.empty() || taken.insert(what).second;
  }

  void members(Relation& relation) {
    drop(relation.rules, [&](const Rule& rule) {
      return (rule.column != 0 && !column_of(model_, relation.id, rule.column)) ||
             (rule.target != 0 && find_relation(model_, rule.target) == nullptr);
    });
    for (Statistics& statistics : relation.statistics) {
      drop(statistics.columns, [&](Id id) {
        const auto shown = column_of(model_, relation.id, id);
        return !shown || !is_ordered(model_, shown->type);
      });
      if (statistics.expression && !holds(*statistics.expression, relation.id)) {
        statistics.expression.reset();
        changed_ = true;
      }
    }
    drop(relation.statistics, [](const Statistics& statistics) {
      const std::size_t columns = statistics.columns.size();
      return columns + (statistics.expression ? 1 : 0) < 2;
    });
  }

  bool holds(const Expression& expression, Id relation) const {
    const auto shown = column_of(model_, relation, expression.columns.at(0));
    return shown &&
           is_ordered(model_,
                      computed(model_, shown->type, "c", expression.form, expression.k).type);
  }

  Model& model_;
  bool changed_ = false;
};

}  // namespace

bool stands_in_schema(Sort sort) {
  switch (sort) {
    case Sort::cast:
    case Sort::language:
    case Sort::system_language:
    case Sort::transform:
    case Sort::access_method:
    case Sort::wrapper:
    case Sort::server:
    case Sort::user_mapping:
    case Sort::publication:
    case Sort::subscription:
    case Sort::event_trigger:
    case Sort::system_table:
    case Sort::system_function:
      return false;
    default:
      return true;
  }
}

bool has_owner(Sort sort) {
  switch (sort) {
    case Sort::cast:
    case Sort::system_language:
    case Sort::transform:
    case Sort::access_method:
    case Sort::user_mapping:
    case Sort::search_parser:
    case Sort::search_template:
    case Sort::system_table:
    case Sort::system_function:
      return false;
    default:
      return true;
  }
}

bool can_be_renamed(Sort sort) {
  return sort != Sort::sql_operator && sort != Sort::cast && sort != Sort::transform &&
         sort != Sort::user_mapping && sort != Sort::access_method && sort != Sort::shell_type &&
         sort != Sort::system_language && sort != Sort::system_table &&
         sort != Sort::system_function;
}

const char* system_language(const Thing& thing) {
  return thing.form % 2 == 0 ? "plpgsql" : "sql";
}

std::size_t most_uses(Sort sort) {
  switch (sort) {
    case Sort::operator_class:
    case Sort::cast:
    case Sort::configuration:
      return 2;
    case Sort::aggregate:
    case Sort::sql_operator:
    case Sort::dictionary:
    case Sort::server:
    case Sort::user_mapping:
    case Sort::foreign_table:
    case Sort::event_trigger:
      return 1;
    default:
      return 0;
  }
}

bool fits_use(const Model& model, const Thing& thing, std::size_t use) {
  const Id id = thing.uses[use];
  switch (thing.sort) {
    case Sort::operator_class:
      return use == 0 ? is_thing(model, id, Sort::operator_family)
                      : is_routine(model, id, Use::order);
    case Sort::cast: {
      const Routine* routine = find(model.routines, id);
      if (use == 0)
        return find(model.enums, id) != nullptr || find(model.composites, id) != nullptr;
      return routine != nullptr && routine->use == Use::judge &&
             routine->arguments.at(0).type.user == thing.uses[0];
    }
    case Sort::configuration:
      return is_thing(model, id, use == 0 ? Sort::dictionary : Sort::search_parser);
    case Sort::aggregate:
      return is_routine(model, id, Use::step);
    case Sort::sql_operator:
      return is_routine(model, id, Use::test);
    case Sort::dictionary:
      return is_thing(model, id, Sort::search_template);
    case Sort::server:
      return is_thing(model, id, Sort::wrapper);
    case Sort::user_mapping:
    case Sort::foreign_table:
      return is_thing(model, id, Sort::server);
    case Sort::event_trigger:
      return is_routine(model, id, Use::event);
    default:
      return false;
  }
}

Grantable granted_on(Sort sort) {
  switch (sort) {
    case Sort::base_type:
    case Sort::range_type:
      return Grantable::type;
    case Sort::wrapper:
    case Sort::server:
      return Grantable::access;
    case Sort::aggregate:
      return Grantable::routine;
    default:
      return Grantable::nothing;
  }
}

bool repair_things(Model& model) {
  return RepairThings(model).run();
}

}  // namespace schemac::property
