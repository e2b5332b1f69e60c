#include "tests/property/repair_tables.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "tests/property/maker.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

bool is_routine(const Model& model, Id id, const Type& type) {
  const Routine* routine = find(model.routines, id);
  return routine != nullptr && routine->use == Use::mapper && routine->type == type;
}

bool meet(const Partitioning& partitioning, const Bounds& a, const Bounds& b) {
  if (a.rest || b.rest) return a.rest && b.rest;
  if (partitioning.strategy == "hash") {
    const int step = std::gcd(a.modulus, b.modulus);
    return a.remainder % step == b.remainder % step;
  }
  if (partitioning.strategy == "range") return a.from < b.to && b.from < a.to;
  return (a.null && b.null) || std::any_of(a.values.begin(), a.values.end(), [&](int value) {
           return std::find(b.values.begin(), b.values.end(), value) != b.values.end();
         });
}

class RepairTables {
 public:
  explicit RepairTables(Model& model) : model_(model) {}

  bool run() {
    for (Table& table : model_.tables) {
      origin(table);
      copies(table);
      notes(table);
      order(table);
      partitioning(table);
    }
    std::set<Id> unfit;
    for (const Table& table : model_.tables)
      if (table.whole != 0 && !fits(table)) unfit.insert(table.id);
    drop(model_.tables, [&](const Table& table) { return unfit.contains(table.id); });
    for (Table& table : model_.tables) {
      if (table.partitioning) partitioned(table);
      if (table.partitioning || table.whole != 0) unlogged(table);
      if (table.whole != 0) part(table);
      keys(table);
      if (table.partitioning || table.whole != 0 || !table.parents.empty()) triggers(table);
    }
    for (Table& table : model_.tables) inherited(table);
    return changed_;
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

  // -- What is above ---------------------------------------------------------------------------

  void origin(Table& table) {
    if (table.of != 0 && find(model_.composites, table.of) == nullptr) clear(table.of);
    if (table.whole != 0 || table.of != 0) {
      drop(table.columns, [](const Column&) { return true; });
      clear(table.parents);
    }
    if (table.whole != 0) clear(table.of);
    std::set<Id> seen;
    drop(table.parents, [&](Id id) {
      const Table* parent = find(model_.tables, id);
      return parent == nullptr || id >= table.id || !can_be_parent(*parent) ||
             !seen.insert(id).second;
    });
    for (std::size_t i = 0; i < table.parents.size(); ++i) {
      if (agrees(table, i)) continue;
      table.parents.erase(table.parents.begin() + static_cast<std::ptrdiff_t>(i));
      changed_ = true;
      return;
    }
  }

  // Whether the columns of the parent at `i` and all before it can be in one table. Those of one
  // name must be one.
  bool agrees(const Table& table, std::size_t i) const {
    Table before = table, upto = table;
    before.parents.resize(i);
    upto.parents.resize(i + 1);
    std::set<std::string> names;
    for (const Column& column : all_columns(model_, upto))
      if (!names.insert(column.name).second) return false;
    const Table& parent = *find(model_.tables, table.parents[i]);
    const std::vector<Column> others = columns_above(model_, before);
    for (const Column& column : all_columns(model_, parent)) {
      const Column* other = find(others, column.id);
      if (other == nullptr) continue;
      if (other->name != column.name || !(other->type == column.type) ||
          other->collation != column.collation || other->nullable != column.nullable ||
          other->compression != column.compression || other->storage != column.storage ||
          other->initial || column.initial || other->generated || column.generated)
        return false;
    }
    return true;
  }

  // A column that is from above as well has the name and the type that it has there.
  void copies(Table& table) {
    const std::vector<Column> above = columns_above(model_, table);
    drop(table.columns, [&](const Column& column) {
      const Column* original = find(above, column.id);
      return original != nullptr && (original->generated || column.generated);
    });
    for (Column& column : table.columns) {
      const Column* original = find(above, column.id);
      if (original == nullptr) continue;
      column.name = original->name;
      column.was = original->was;
      column.type = original->type;
      column.collation = original->collation;
      column.storage = original->storage;
      column.compression = original->compression;
      column.convert = original->convert;
      column.identity = false;
      column.nullable = column.nullable && original->nullable;
      // A table that is made with its parents takes the default from there, if it has none.
      if (!column.initial) column.initial = original->initial;
    }
    // Parents that do not go together may both have left one.
    std::set<std::string> names;
    drop(table.columns, [&](const Column& column) { return !names.insert(column.name).second; });
  }

  void notes(Table& table) {
    const std::vector<Column> above = columns_above(model_, table);
    std::set<Id> seen;
    drop(table.notes, [&](const ColumnNote& note) {
      return find(above, note.column) == nullptr || find(table.columns, note.column) != nullptr ||
             !seen.insert(note.column).second;
    });
    for (ColumnNote& note : table.notes) {
      const Column& column = *find(above, note.column);
      if (note.presence == "null" && (column.nullable || table.whole != 0 || is_key(table, column)))
        clear(note.presence);
      if (note.presence == "not null" && !column.nullable) clear(note.presence);
      if (note.initial && says_the_same(column, *note.initial)) clear(note.initial);
      if (!column.initial || note.initial) clear(note.no_default);
      if (column.generated || !has_literal(column.type)) clear(note.initial);
      if (column.generated) clear(note.no_default);
      if (!is_variable(model_, column.type)) {
        clear(note.storage);
        clear(note.compression);
      }
    }
    drop(table.notes, [](const ColumnNote& note) {
      return note.presence.empty() && !note.initial && !note.no_default && note.storage.empty() &&
             note.compression.empty() && !note.statistics && !note.n_distinct &&
             note.comment.empty();
    });
  }

  // Whether the default is that of the column further up.
  bool says_the_same(const Column& above, int k) const {
    return above.initial && above.initial->form == Default::Form::literal &&
           literal(model_, above.type, above.initial->k) == literal(model_, above.type, k);
  }

  bool is_key(const Table& table, const Column& column) const {
    return std::any_of(
        table.constraints.begin(), table.constraints.end(), [&](const Constraint& c) {
          return c.kind == ConstraintKind::primary_key &&
                 std::find(c.columns.begin(), c.columns.end(), column.id) != c.columns.end();
        });
  }

  // Composite types and domains may refuse a value that names nothing.
  bool has_literal(const Type& type) const {
    return type.user == 0 || type.array || find(model_.enums, type.user) != nullptr;
  }

  void order(Table& table) {
    if (table.order.empty()) return;
    Table plain = table;
    plain.order.clear();
    std::set<Id> ids, ordered(table.order.begin(), table.order.end());
    for (const Column& column : all_columns(model_, plain)) ids.insert(column.id);
    if (table.whole == 0 || ids != ordered || ordered.size() != table.order.size())
      clear(table.order);
  }

  // -- Partitions ------------------------------------------------------------------------------

  void partitioning(Table& table) {
    if (!table.partitioning) return;
    if (table.of == 0 && table.parents.empty()) {
      drop(table.partitioning->keys, [&](const PartitionKey& key) {
        return !can_partition(model_, table, table.partitioning->strategy, key);
      });
      if (!table.partitioning->keys.empty()) return;
    }
    table.partitioning.reset();
    changed_ = true;
  }

  bool fits(const Table& part) const {
    const Table* whole = find(model_.tables, part.whole);
    if (whole == nullptr || !whole->partitioning || whole->id >= part.id) return false;
    const Bounds& bounds = part.bounds;
    if (whole->partitioning->strategy == "hash") {
      if (bounds.modulus == 0) return false;
    } else if (!bounds.rest && whole->partitioning->strategy == "range") {
      if (bounds.from >= bounds.to) return false;
    } else if (!bounds.rest) {
      const Enum* e =
          find(model_.enums, key_type(model_, *whole, whole->partitioning->keys[0]).user);
      const int limit = e == nullptr ? 100 : static_cast<int>(e->labels.size());
      if (bounds.values.empty() && !bounds.null) return false;
      for (const int value : bounds.values)
        if (value >= limit) return false;
    }
    return !overlaps_earlier(part);
  }

  bool overlaps_earlier(const Table& part) const {
    const Table& whole = *find(model_.tables, part.whole);
    return std::any_of(model_.tables.begin(), model_.tables.end(), [&](const Table& other) {
      return other.whole == part.whole && other.id < part.id &&
             meet(*whole.partitioning, other.bounds, part.bounds);
    });
  }

  void partitioned(Table& table) {
    clear(table.with);
    drop(table.constraints,
         [](const Constraint& c) { return c.kind == ConstraintKind::exclusion; });
    for (Constraint& constraint : table.constraints) {
      clear(constraint.no_inherit);
      clear(constraint.cluster);
      if (constraint.kind == ConstraintKind::foreign_key) clear(constraint.not_valid);
    }
    for (Index& index : table.indexes) clear(index.cluster);
    // A key holds all columns by which rows are split, here and further down.
    std::vector<PartitionKey> keys;
    splitting(table, keys);
    const auto holds_all = [&](const std::vector<Id>& columns) {
      return std::all_of(keys.begin(), keys.end(), [&](const PartitionKey& key) {
        return !key.expression && key.collation.empty() && key.opclass.empty() &&
               std::find(columns.begin(), columns.end(), key.column) != columns.end();
      });
    };
    drop(table.constraints, [&](const Constraint& c) {
      const bool key = c.kind == ConstraintKind::primary_key || c.kind == ConstraintKind::unique;
      return key && !holds_all(c.columns);
    });
    drop(table.indexes, [&](const Index& index) {
      std::vector<Id> columns;
      for (const IndexKey& key : index.keys) columns.push_back(key.column);
      return index.unique && !holds_all(columns);
    });
  }

  void splitting(const Table& table, std::vector<PartitionKey>& keys) const {
    if (!table.partitioning) return;
    keys.insert(keys.end(), table.partitioning->keys.begin(), table.partitioning->keys.end());
    for (const Table& part : model_.tables)
      if (part.whole == table.id) splitting(part, keys);
  }

  void unlogged(Table& table) {
    clear(table.unlogged);
    for (Column& column : table.columns)
      if (table.partitioning) clear(column.identity);
  }

  // What a partition has from further up is not its own.
  void part(Table& table) {
    for (const Table* above = find(model_.tables, table.whole); above != nullptr;
         above = find(model_.tables, above->whole)) {
      const bool has_primary =
          std::any_of(above->constraints.begin(), above->constraints.end(), is_primary);
      drop(table.constraints, [&](const Constraint& c) {
        return (has_primary && is_primary(c)) ||
               std::any_of(above->constraints.begin(), above->constraints.end(),
                           [&](const Constraint& other) { return is_taken_for(c, other); });
      });
      drop(table.indexes, [&](const Index& index) {
        return std::any_of(above->indexes.begin(), above->indexes.end(),
                           [&](const Index& other) { return is_taken_for(index, other); });
      });
    }
  }

  // The server takes what is much like a member further up for that one's part.
  static bool is_taken_for(const Constraint& c, const Constraint& other) {
    return c.id == other.id ||
           (c.kind == other.kind && c.columns == other.columns && c.kind != ConstraintKind::check);
  }
  static bool is_taken_for(const Index& index, const Index& other) {
    return index.id == other.id ||
           (index.method == other.method &&
            std::equal(index.keys.begin(), index.keys.end(), other.keys.begin(), other.keys.end(),
                       [](const IndexKey& a, const IndexKey& b) {
                         return a.column == b.column && a.expression == b.expression;
                       }));
  }

  static bool is_primary(const Constraint& c) { return c.kind == ConstraintKind::primary_key; }

  // Nobody says twice that a column is not null, and a key does not say it of one from above.
  void keys(Table& table) {
    const std::vector<Column> columns = all_columns(model_, table);
    drop(table.constraints, [&](const Constraint& c) {
      return is_primary(c) && std::any_of(c.columns.begin(), c.columns.end(), [&](Id id) {
               const Column* column = find(columns, id);
               return column != nullptr && column->nullable && find(table.columns, id) == nullptr;
             });
    });
  }

  void inherited(Table& table) {
    const std::vector<Inherited> above = inheritable(model_, table);
    std::set<Id> seen;
    drop(table.inherited, [&](const Inherited& one) {
      const auto original = std::find_if(above.begin(), above.end(), [&](const Inherited& other) {
        return other.of == one.of && other.what == one.what;
      });
      return original == above.end() || !seen.insert(one.of).second ||
             (one.what == Inherited::What::trigger && one.state == original->state);
    });
  }

  void triggers(Table& table) {
    for (Trigger& trigger : table.triggers)
      if (trigger.row) {
        clear(trigger.old_table);
        clear(trigger.new_table);
      }
  }

  Model& model_;
  bool changed_ = false;
};

}  // namespace

bool can_partition(const Model& model, const Table& table, const std::string& strategy,
                   const PartitionKey& key) {
  const auto column =
      find_column(model, table, key.expression ? key.value.columns.at(0) : key.column);
  if (!column || column->generated) return false;
  if (key.expression && key.value.function != 0 &&
      !is_routine(model, key.value.function, column->type))
    return false;
  const Type type = key_type(model, table, key);
  if (!key.collation.empty() && !is_collatable(model, type)) return false;
  if (!key.opclass.empty() && !(type == plain_type("text"))) return false;
  if (strategy == "hash")
    return is_hashed(model, type) && find(model.domains, type.user) == nullptr &&
           key.opclass.empty();
  return has_places(model, type, strategy == "range");
}

bool overlaps_other(const Model& model, const Table& partition) {
  const Table& whole = *find(model.tables, partition.whole);
  return std::any_of(model.tables.begin(), model.tables.end(), [&](const Table& other) {
    return other.id != partition.id && other.whole == partition.whole &&
           meet(*whole.partitioning, other.bounds, partition.bounds);
  });
}

bool repair_tables(Model& model) {
  return RepairTables(model).run();
}

namespace {

// Whether logical replication can find rows by an index with these keys.
bool tells_rows(const Model& model, const Table& table, const std::vector<Id>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](Id id) {
    const auto column = find_column(model, table, id);
    return column && !column->nullable;
  });
}

// At most one mark of each sort stays.
bool repair_marks(const Model& model, Table& table) {
  bool changed = false, identified = !table.replica.empty(), clustered = false;
  const auto keep = [&](bool& mark, bool& taken, bool possible) {
    if (!mark) return;
    changed = changed || taken || !possible;
    mark = !taken && possible;
    taken = taken || mark;
  };
  for (Constraint& c : table.constraints) {
    const bool key = c.kind == ConstraintKind::primary_key || c.kind == ConstraintKind::unique;
    const bool exclusion = c.kind == ConstraintKind::exclusion;
    keep(c.replica_identity, identified,
         key && !c.deferrable && tells_rows(model, table, c.columns));
    keep(c.cluster, clustered, !table.partitioning && (key || (exclusion && !c.partial)));
  }
  for (Index& index : table.indexes) {
    std::vector<Id> columns;
    for (const IndexKey& key : index.keys) columns.push_back(key.column);
    keep(index.replica_identity, identified,
         index.unique && !index.partial && tells_rows(model, table, columns));
    keep(index.cluster, clustered,
         !table.partitioning && !index.partial && (index.method.empty() || index.method == "gist"));
  }
  return changed;
}

}  // namespace

bool repair_members(Model& model, Table& table) {
  bool changed = repair_marks(model, table);
  const auto holds = [&](const std::optional<Expression>& expression) {
    if (!expression) return true;
    const auto column = find_column(model, table, expression->columns.at(0));
    return column &&
           (expression->function == 0 || is_routine(model, expression->function, column->type));
  };
  changed = std::erase_if(table.policies,
                          [&](const Policy& policy) {
                            return !holds(policy.rows) || !holds(policy.check) ||
                                   (policy.other != 0 &&
                                    !column_of(model, policy.other, policy.other_column));
                          }) > 0 ||
            changed;
  return changed;
}

}  // namespace schemac::property
