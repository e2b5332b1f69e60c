#include "tests/property/repair.h"

#include <algorithm>
#include <set>

#include "tests/property/maker.h"
#include "tests/property/repair_tables.h"
#include "tests/property/rights.h"
#include "tests/property/things.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

class Repair {
 public:
  explicit Repair(Model& model) : model_(model) {}

  void run() {
    do {
      changed_ = false;
      homes();
      types();
      routines();
      sequences();
      for (Table& table : model_.tables) columns(table);
      for (Table& table : model_.tables) primary_keys(table);
      changed_ = repair_tables(model_) || changed_;
      drop(model_.tables, [&](const Table& t) { return all_columns(model_, t).empty(); });
      for (Table& table : model_.tables) {
        constraints(table);
        members(table);
        changed_ = repair_members(model_, table) || changed_;
      }
      for (View& view : model_.views) this->view(view);
      drop(model_.views, [&](const View& v) { return columns_of(model_, v.id).empty(); });
      for (View& view : model_.views) {
        members(view);
        kept(view);
      }
      changed_ = repair_things(model_) || changed_;
      changed_ = repair_rights(model_) || changed_;
    } while (changed_);
    automatic_names();
  }

 private:
  template <class T, class Unfit>
  void drop(std::vector<T>& list, const Unfit& unfit) {
    if (std::erase_if(list, unfit) > 0) changed_ = true;
  }
  template <class T>
  void clear(T& value) {
    if (value == T{}) return;
    value = T{};
    changed_ = true;
  }

  bool exists(const Type& type) const {
    if (type.user == 0)
      return base_types()[static_cast<std::size_t>(type.base)].extension.empty() ||
             has_extension(model_, "citext");
    return find(model_.enums, type.user) != nullptr || find(model_.domains, type.user) != nullptr ||
           find(model_.composites, type.user) != nullptr ||
           find(model_.things, type.user) != nullptr;
  }
  const Routine* mapper(Id id, const Type& type) const {
    const Routine* routine = find(model_.routines, id);
    return routine != nullptr && routine->use == Use::mapper && routine->type == type ? routine
                                                                                      : nullptr;
  }

  void homes() {
    const auto settle = [&](auto&... lists) {
      const auto homeless = [&](const auto& entity) {
        return find(model_.schemas, entity.schema) == nullptr;
      };
      (drop(lists, homeless), ...);
    };
    settle(model_.enums, model_.domains, model_.composites, model_.sequences, model_.routines,
           model_.tables, model_.views);
  }

  void types() {
    drop(model_.enums, [](const Enum& e) { return e.labels.empty(); });
    drop(model_.domains, [&](const Domain& d) {
      return !exists(d.type) || (!d.collation.empty() && !is_collatable(model_, d.type)) ||
             family_of(model_, d.type) == Family::composite;
    });
    for (Composite& composite : model_.composites)
      drop(composite.attributes, [&](const Attribute& a) {
        return !exists(a.type) || (!a.collation.empty() && !is_collatable(model_, a.type));
      });
    drop(model_.composites, [](const Composite& c) { return c.attributes.empty(); });
  }

  bool fits(const Routine& routine) const {
    const auto all = [&](const std::vector<Argument>& arguments) {
      return std::all_of(arguments.begin(), arguments.end(),
                         [&](const Argument& argument) { return exists(argument.type); });
    };
    if (!all(routine.arguments) || !all(routine.table) || !exists(routine.type)) return false;
    if (routine.relation == 0) return true;
    if (find_relation(model_, routine.relation) == nullptr) return false;
    return routine.column == 0 || column_of(model_, routine.relation, routine.column).has_value();
  }

  void routines() {
    drop(model_.routines, [&](const Routine& routine) { return !fits(routine); });
  }

  void sequences() {
    for (Sequence& sequence : model_.sequences) {
      if (sequence.owner_table == 0) continue;
      const Table* table = find(model_.tables, sequence.owner_table);
      const Column* column =
          table == nullptr ? nullptr : find(table->columns, sequence.owner_column);
      if (column != nullptr && !column->identity && table->schema == sequence.schema &&
          table->unlogged == sequence.unlogged)
        continue;
      if (column != nullptr && !column->identity && table->schema == sequence.schema) {
        sequence.unlogged = table->unlogged;
      } else {
        sequence.owner_table = sequence.owner_column = 0;
      }
      changed_ = true;
    }
  }

  void columns(Table& table) {
    drop(table.columns, [&](const Column& column) { return !exists(column.type); });
    const std::vector<Column> all = table.columns;
    drop(table.columns, [&](const Column& column) {
      if (!column.generated) return false;
      const Column* source = find(all, column.generated->columns[0]);
      if (source == nullptr || source->generated) return true;
      if (column.generated->function != 0)
        return mapper(column.generated->function, source->type) == nullptr ||
               !(column.type == source->type);
      return !(computed(model_, source->type, "c", column.generated->form, 0).type == column.type);
    });
    for (Column& column : table.columns) {
      if (!column.collation.empty() && !is_collatable(model_, column.type)) clear(column.collation);
      if (!is_variable(model_, column.type)) {
        clear(column.storage);
        clear(column.compression);
      }
      if (column.identity && (!is_integer(column.type) || column.generated)) clear(column.identity);
      if (column.identity && column.nullable) column.nullable = false;
      if (column.initial && !fits(column)) {
        column.initial.reset();
        changed_ = true;
      }
      if ((column.backfill || column.convert) && needs_values(column.type)) {
        column.backfill = column.convert = false;
        changed_ = true;
      }
    }
  }

  bool fits(const Column& column) const {
    if (column.identity || column.generated) return false;
    const Default& initial = *column.initial;
    switch (initial.form) {
      case Default::Form::literal:
        return !needs_values(column.type);
      case Default::Form::clock:
        return family_of(model_, column.type) == Family::moment && column.type.user == 0 &&
               !column.type.array &&
               base_types()[static_cast<std::size_t>(column.type.base)].name != "time";
      case Default::Form::function: {
        const Routine* routine = find(model_.routines, initial.target);
        return routine != nullptr && routine->type == column.type;
      }
      case Default::Form::sequence:
        return is_integer(column.type) && find(model_.sequences, initial.target) != nullptr;
    }
    return false;
  }

  // Whether a value must name something for an attribute, which no literal of ours does.
  bool needs_values(const Type& type) const {
    if (type.array) return false;
    if (const Domain* domain = find(model_.domains, type.user))
      return domain->not_null || needs_values(domain->type);
    const Composite* composite = find(model_.composites, type.user);
    return composite != nullptr &&
           std::any_of(composite->attributes.begin(), composite->attributes.end(),
                       [&](const Attribute& attribute) {
                         return find(model_.composites, attribute.type.user) == nullptr &&
                                needs_values(attribute.type);
                       });
  }

  // -- What stands in relations ----------------------------------------------------------------

  void narrow(std::vector<Id>& columns, Id relation) {
    drop(columns, [&](Id id) { return !column_of(model_, relation, id).has_value(); });
  }

  void condition(Expression& expression, Id relation) {
    narrow(expression.columns, relation);
    if (expression.function != 0 &&
        (expression.columns.empty() ||
         mapper(expression.function, column_of(model_, relation, expression.columns[0])->type) ==
             nullptr))
      clear(expression.function);
  }

  void constraints(Table& table) {
    for (Constraint& constraint : table.constraints) {
      condition(constraint.condition, table.id);
      if (constraint.kind == ConstraintKind::check)
        constraint.columns = constraint.condition.columns;
      narrow(constraint.include, table.id);
      if (constraint.partial && constraint.condition.columns.empty()) clear(constraint.partial);
      if (constraint.kind != ConstraintKind::foreign_key) narrow(constraint.columns, table.id);
    }
    drop(table.constraints, [&](const Constraint& c) {
      if (c.columns.empty()) return true;
      switch (c.kind) {
        case ConstraintKind::check:
          return false;
        case ConstraintKind::foreign_key:
          return !fits_foreign_key(table, c);
        case ConstraintKind::exclusion:
          return !std::all_of(c.columns.begin(), c.columns.end(), [&](Id id) {
            const Type type = find_column(model_, table, id)->type;
            return is_comparable(type) &&
                   index_takes(model_, type, c.method == "btree" ? "" : c.method, "");
          });
        default:
          return !std::all_of(c.columns.begin(), c.columns.end(), [&](Id id) {
            return is_key_type(model_, find_column(model_, table, id)->type);
          });
      }
    });
  }

  // No operator of the server compares a domain over an enum.
  bool is_comparable(const Type& type) const {
    return find(model_.domains, type.user) == nullptr ||
           family_of(model_, type) != Family::enumeration;
  }

  bool fits_foreign_key(const Table& table, const Constraint& c) const {
    const Table* target = find(model_.tables, c.target_table);
    const Constraint* key = target == nullptr ? nullptr : find(target->constraints, c.target_key);
    if (key == nullptr || key->deferrable || key->columns.size() != c.columns.size() ||
        table.unlogged != target->unlogged)
      return false;
    for (std::size_t i = 0; i < c.columns.size(); ++i) {
      const auto own = find_column(model_, table, c.columns[i]);
      const auto other = find_column(model_, *target, key->columns[i]);
      if (!own || !other || own->generated || !(own->type == other->type) ||
          own->collation != other->collation || !is_comparable(own->type))
        return false;
    }
    return true;
  }

  void members(Relation& relation) {
    for (Index& index : relation.indexes) {
      narrow(index.include, relation.id);
      condition(index.condition, relation.id);
      if (index.partial && index.condition.columns.empty()) clear(index.partial);
      drop(index.keys, [&](const IndexKey& key) { return !fits(relation, index, key); });
    }
    drop(relation.indexes, [](const Index& index) { return index.keys.empty(); });
    drop(relation.triggers, [&](const Trigger& trigger) {
      const Routine* routine = find(model_.routines, trigger.function);
      return routine == nullptr || routine->use != Use::trigger ||
             (trigger.has_when && (!column_of(model_, relation.id, trigger.when_column) ||
                                   is_generated(relation.id, trigger.when_column)));
    });
    for (Trigger& trigger : relation.triggers) narrow(trigger.columns, relation.id);
  }

  // Computed values are not there yet when a BEFORE trigger looks.
  bool is_generated(Id relation, Id id) const {
    const Table* table = find(model_.tables, relation);
    if (table == nullptr) return false;
    const auto column = find_column(model_, *table, id);
    return column && column->generated;
  }

  bool fits(const Relation& relation, const Index& index, const IndexKey& key) const {
    const auto shown = column_of(model_, relation.id, key.column);
    if (!shown) return false;
    if (!key.collation.empty() && !is_collatable(model_, shown->type)) return false;
    if (!key.expression) return index_takes(model_, shown->type, index.method, key.opclass);
    if (key.value.function != 0) return mapper(key.value.function, shown->type) != nullptr;
    return key.collation.empty();
  }

  void view(View& view) {
    for (const Id source : view.sources)
      if (columns_of(model_, source).empty()) {
        view.outputs.clear();
        view.sources = {0, 0};
        view.shape = Shape::plain;
        return;
      }
    drop(view.outputs, [&](const Output& output) {
      const auto shown =
          column_of(model_, view.sources[static_cast<std::size_t>(output.source)], output.column);
      if (!shown) return true;
      if (view.shape == Shape::combined)
        return !column_of(model_, view.sources[1], output.other).has_value();
      if (output.form == Output::Form::mapped)
        return mapper(output.function, shown->type) == nullptr;
      return output.form == Output::Form::maximum && !has_maximum(shown->type);
    });
    auto& columns = view.condition.columns;
    if (!columns.empty() && !column_of(model_, view.sources[0], columns[0])) clear(columns);
    if (columns.size() > 1 && !column_of(model_, view.sources[1], columns[1])) clear(columns);
  }

  // Only what keeps rows says how, and only what keeps none has rules.
  void kept(View& view) {
    drop(view.rules, [&](const Rule&) { return view.materialized; });
    for (Rule& rule : view.rules) clear(rule.enabled);  // the server switches those of tables alone
    drop(view.statistics, [&](const Statistics&) { return !view.materialized; });
    for (Output& output : view.outputs) {
      const auto shown = column_of(model_, view.id, output.id);
      if (!view.materialized) {
        clear(output.statistics);
        clear(output.n_distinct);
      }
      if (!view.materialized || !shown || !is_variable(model_, shown->type))
        clear(output.compression);
    }
  }

  bool has_maximum(const Type& type) const {
    const BaseType* base = base_of(model_, type);
    if (base == nullptr) return family_of(model_, type) == Family::enumeration;
    return base->family == Family::number || base->family == Family::day || base->name == "text" ||
           base->name == "timestamptz";
  }

  void primary_keys(Table& table) {
    for (const Constraint& constraint : table.constraints)
      if (constraint.kind == ConstraintKind::primary_key)
        for (const Id id : constraint.columns)
          if (Column* column = find(table.columns, id)) column->nullable = false;
  }

  // What has no name of its own has none to be renamed from, and no place for a comment.
  void automatic_names() {
    for (Table& table : model_.tables)
      for (Constraint& constraint : table.constraints)
        if (constraint.name.empty()) constraint.was.clear();
  }

  Model& model_;
  bool changed_ = false;
};

}  // namespace

void repair(Model& model) {
  Repair(model).run();
}

}  // namespace schemac::property
