// Tables: their columns and constraints, what they say of columns from above, their partitions.
#include <algorithm>

#include "tests/property/names.h"
#include "tests/property/rights.h"
#include "tests/property/things.h"
#include "tests/property/types.h"
#include "tests/property/write.h"
#include "tests/property/write_parts.h"

namespace schemac::property {

namespace {

class TableWriter {
 public:
  // A partition stands in the file of the table that it is a part of.
  TableWriter(const Model& model, const Table& table, Id home, std::string indent)
      : model_(model), table_(table), home_(home), indent_(std::move(indent)) {}

  std::string write() const {
    std::string text = doc(table_.comment, indent_) + indent_;
    if (table_.whole != 0) {
      text += "partition " + part_name() + bounds();
      if (!table_.order.empty())
        text += " columns (" + column_list(model_, table_.order, table_.id) + ")";
      text += was(table_);
      return text + block(members(), indent_);
    }
    text += std::string(table_.unlogged ? "unlogged " : "") + "table " + quoted(table_.name) +
            was(table_) + origin();
    return text + " {\n" + members() + indent_ + "}\n";
  }

 private:
  std::string inner() const { return indent_ + "  "; }

  std::string part_name() const {
    const std::string schema = quoted(find(model_.schemas, table_.schema)->name) + ".";
    return (table_.schema == home_ ? "" : schema) + quoted(table_.name);
  }

  std::string origin() const {
    if (const Composite* type = find(model_.composites, table_.of))
      return " of " + written_name(model_, type->schema, type->name, type->id, home_);
    std::string parents;
    for (const Id id : table_.parents) {
      const Table& parent = *find(model_.tables, id);
      parents += (parents.empty() ? "" : ", ") +
                 written_name(model_, parent.schema, parent.name, parent.id, home_);
    }
    return parents.empty() ? "" : " inherits (" + parents + ")";
  }

  std::string members() const {
    std::string text;
    for (const Column& column : table_.columns) text += this->column(column);
    for (const ColumnNote& note : table_.notes) text += this->note(note);
    for (const Inherited& one : table_.inherited) text += this->inherited(one);
    for (const Constraint& constraint : table_.constraints)
      if (!stands_inline(constraint)) text += member(constraint);
    text += write_members(model_, table_, home_, inner());
    if (table_.security)
      text += inner() + "row level security" + (table_.security->disabled ? " disabled" : "") +
              (table_.security->forced ? " forced" : "") + ";\n";
    for (const Policy& policy : table_.policies) text += this->policy(policy);
    if (!table_.with.empty()) text += inner() + with(table_.with, "") + ";\n";
    if (!table_.replica.empty()) text += inner() + "replica identity " + table_.replica + ";\n";
    return text + partitions();
  }

  // -- Columns ---------------------------------------------------------------------------------

  std::string column(const Column& column) const {
    std::string text = doc(column.comment, inner()) + inner() + quoted(column.name) + " " +
                       written_type(model_, column.type, home_) + (column.nullable ? "?" : "") +
                       collate(column.collation);
    if (column.identity) {
      const std::string options = counting(column.counting);
      text += std::string(" identity") + (column.by_default ? " by default" : "");
      if (!options.empty()) text += " (" + options + ")";
    }
    if (column.generated)
      text +=
          " generated (" + written_value(model_, *column.generated, table_.id, home_) + ") stored";
    if (column.initial) text += " default " + initial(column);
    text += stored(column.storage) + storing(column);
    text += was(column);
    if (column.backfill) text += " backfill (" + literal(model_, column.type, 1) + ")";
    if (column.convert) text += " using (" + literal(model_, column.type, 2) + ")";
    for (const Constraint& constraint : table_.constraints)
      if (stands_inline(constraint) && constraint.columns[0] == column.id)
        text += " " + body(constraint, true);
    return text + block(write_rights(model_, column.rights, 0, inner() + "  "), inner());
  }

  static std::string stored(const std::string& storage) {
    return storage.empty() ? "" : " storage " + storage;
  }

  std::string note(const ColumnNote& note) const {
    const Column column = *find_column(model_, table_, note.column);
    std::string text = doc(note.comment, inner()) + inner() + "column " + quoted(column.name) +
                       (note.presence.empty() ? "" : " " + note.presence);
    if (note.initial) text += " default " + default_literal(model_, column.type, *note.initial);
    if (note.no_default) text += " no default";
    return text + stored(note.storage) + storing(note) + ";\n";
  }

  std::string initial(const Column& column) const {
    const Default& initial = *column.initial;
    switch (initial.form) {
      case Default::Form::literal:
        return default_literal(model_, column.type, initial.k);
      case Default::Form::clock:
        return initial.k % 2 ? "now()" : "current_timestamp";
      case Default::Form::function: {
        const Routine& f = *find(model_.routines, initial.target);
        return written_name(model_, f.schema, f.name, f.id, home_) + "()";
      }
      case Default::Form::sequence: {
        const Sequence& s = *find(model_.sequences, initial.target);
        return "nextval(" + string_literal(written_name(model_, s.schema, s.name, s.id, home_)) +
               (initial.k % 2 ? "" : "::regclass") + ")";
      }
    }
    return "";
  }

  // -- Constraints -----------------------------------------------------------------------------

  // Whether it is written behind its column.
  bool stands_inline(const Constraint& c) const {
    return c.id % 2 == 0 && c.name.empty() && c.was.empty() && c.comment.empty() &&
           c.columns.size() == 1 && c.include.empty() && c.fillfactor == 0 && !c.deferrable &&
           !c.not_valid && !c.no_inherit && !c.replica_identity && !c.cluster &&
           c.kind != ConstraintKind::exclusion && find(table_.columns, c.columns[0]) != nullptr &&
           (c.kind != ConstraintKind::foreign_key || &c == first_reference(c.columns[0]));
  }

  // A column says `references` once.
  const Constraint* first_reference(Id column) const {
    for (const Constraint& c : table_.constraints)
      if (c.kind == ConstraintKind::foreign_key && c.columns == std::vector<Id>{column}) return &c;
    return nullptr;
  }

  std::string names(const std::vector<Id>& columns, Id relation) const {
    return column_list(model_, columns, relation);
  }

  std::string member(const Constraint& constraint) const {
    return doc(constraint.comment, inner()) + inner() + body(constraint, false) + ";\n";
  }

  std::string body(const Constraint& c, bool is_inline) const {
    std::string text;
    const std::string columns = is_inline ? "" : " (" + names(c.columns, table_.id) + ")";
    switch (c.kind) {
      case ConstraintKind::primary_key:
        text = "primary key" + naming(c) + columns;
        break;
      case ConstraintKind::unique:
        text = "unique" + naming(c) + (c.nulls_not_distinct ? " nulls not distinct" : "") + columns;
        break;
      case ConstraintKind::check:
        text = "check" + naming(c) + " (" +
               written_condition(model_, c.condition, table_.id, home_, false) + ")";
        break;
      case ConstraintKind::foreign_key:
        text = foreign_key(c, columns);
        break;
      case ConstraintKind::exclusion:
        text = exclusion(c);
        break;
    }
    if (!c.include.empty()) text += " include (" + names(c.include, table_.id) + ")";
    if (c.fillfactor != 0) text += " with (fillfactor = " + std::to_string(c.fillfactor) + ")";
    if (c.partial)
      text += " where (" + written_condition(model_, c.condition, table_.id, home_, true) + ")";
    if (c.no_inherit) text += " no inherit";
    if (c.deferrable) text += " deferrable";
    if (c.deferred) text += " initially deferred";
    if (c.not_valid) text += " not valid";
    if (c.replica_identity) text += " replica identity";
    if (c.cluster) text += " cluster";
    return text;
  }

  std::string foreign_key(const Constraint& c, const std::string& columns) const {
    const Table& target = *find(model_.tables, c.target_table);
    const Constraint& key = *find(target.constraints, c.target_key);
    std::string text = columns.empty() ? "" : "foreign key" + naming(c) + columns + " ";
    text += "references " + written_name(model_, target.schema, target.name, target.id, home_);
    if (key.kind != ConstraintKind::primary_key || c.id % 3 == 0)
      text += " (" + names(key.columns, target.id) + ")";
    if (!c.match.empty()) text += " match " + c.match;
    if (!c.on_delete.empty()) text += " on delete " + c.on_delete;
    if (c.set_columns) text += " (" + names({c.columns[0]}, table_.id) + ")";
    if (!c.on_update.empty()) text += " on update " + c.on_update;
    return text;
  }

  std::string exclusion(const Constraint& c) const {
    std::string text = "exclude" + naming(c) + " using " + c.method + " (";
    for (std::size_t i = 0; i < c.columns.size(); ++i) {
      const Shown shown = *column_of(model_, table_.id, c.columns[i]);
      const bool range = family_of(model_, shown.type) == Family::range && c.method == "gist";
      text += (i == 0 ? "" : ", ") + quoted(shown.name) + " with " + (range ? "&&" : "=");
    }
    return text + ")";
  }

  // -- Rows ------------------------------------------------------------------------------------

  std::string policy(const Policy& policy) const {
    std::string text = doc(policy.comment, inner()) + inner() + "policy" + naming(policy) +
                       (policy.restrictive ? " as restrictive" : "");
    if (!policy.command.empty()) text += " for " + policy.command;
    for (std::size_t i = 0; i < policy.roles.size(); ++i)
      text += (i == 0 ? " to " : ", ") + quoted(policy.roles[i]);
    if (policy.rows) text += " using (" + rows(policy) + ")";
    if (policy.check)
      text +=
          " with check (" + written_condition(model_, *policy.check, table_.id, home_, false) + ")";
    return text + ";\n";
  }

  std::string rows(const Policy& policy) const {
    const std::string own = written_condition(model_, *policy.rows, table_.id, home_, false);
    const Relation* other = find_relation(model_, policy.other);
    if (other == nullptr) return own;
    return "(" + own + ") and exists (select from " +
           written_name(model_, other->schema, other->name, other->id, home_) + " o where o." +
           quoted(column_of(model_, policy.other, policy.other_column)->name) + " is not null)";
  }

  // -- Partitions ------------------------------------------------------------------------------

  std::string partitions() const {
    if (!table_.partitioning) return "";
    std::string text = inner() + "partition by " + table_.partitioning->strategy + " (";
    for (const PartitionKey& key : table_.partitioning->keys) {
      if (&key != &table_.partitioning->keys.front()) text += ", ";
      if (key.expression)
        text += "(" + written_value(model_, key.value, table_.id, home_) + ")";
      else
        text += quoted(column_of(model_, table_.id, key.column)->name);
      text += collate(key.collation) + (key.opclass.empty() ? "" : " " + key.opclass);
    }
    text += ")";
    std::string parts;
    for (const Table& table : model_.tables)
      if (table.whole == table_.id)
        parts += TableWriter(model_, table, home_, inner() + "  ").write();
    return text + (parts.empty() ? ";\n" : " {\n" + parts + inner() + "}\n");
  }

  std::string inherited(const Inherited& one) const {
    std::string of;
    for (const Table* above = find(model_.tables, table_.whole); above != nullptr;
         above = find(model_.tables, above->whole)) {
      const auto look = [&](const auto& members) {
        if (const auto* member = find(members, one.of)) of = quoted(member->name);
      };
      look(above->indexes);
      look(above->constraints);
      look(above->triggers);
    }
    const std::string text = doc(one.comment, inner()) + inner() + "inherited ";
    switch (one.what) {
      case Inherited::What::index:
        return text + "index" + naming(one) + " of " + of + ";\n";
      case Inherited::What::constraint:
        return text + "constraint" + naming(one) + " of " + of + ";\n";
      case Inherited::What::trigger:
        return text + "trigger " + of + " " + one.state + ";\n";
    }
    return "";
  }

  std::string bounds() const {
    const Bounds& bounds = table_.bounds;
    const Table& whole = *find(model_.tables, table_.whole);
    const Partitioning& partitioning = *whole.partitioning;
    if (bounds.rest) return " default";
    if (partitioning.strategy == "hash")
      return " with (modulus " + std::to_string(bounds.modulus) + " remainder " +
             std::to_string(bounds.remainder) + ")";
    if (partitioning.strategy == "range")
      return " from (" + edge(whole, bounds.from) + ") to (" + edge(whole, bounds.to) + ")";
    std::string text;
    for (const int value : bounds.values)
      text += (text.empty() ? "" : ", ") +
              place_literal(model_, key_type(model_, whole, partitioning.keys[0]), value);
    if (bounds.null) text += text.empty() ? "null" : ", null";
    return " in (" + text + ")";
  }

  // Further keys follow from the first one, so that neighbours meet.
  std::string edge(const Table& whole, int place) const {
    std::string text;
    bool open = false;
    for (const PartitionKey& key : whole.partitioning->keys) {
      const bool first = &key == &whole.partitioning->keys.front();
      open = open || (!first && place % 3 == 0);
      text += first ? "" : ", ";
      if (place == Bounds::kMax)
        text += "maxvalue";
      else if (place == Bounds::kMin || open)
        text += "minvalue";
      else
        text += place_literal(model_, key_type(model_, whole, key), place);
    }
    return text;
  }

  const Model& model_;
  const Table& table_;
  Id home_;
  std::string indent_;
};

std::string write_index(const Model& model, const Relation& relation, const Index& index, Id home) {
  std::string text = (index.unique ? "unique " : "") + ("index" + naming(index));
  if (!index.method.empty()) text += " using " + index.method;
  std::string keys;
  for (const IndexKey& key : index.keys) {
    keys += keys.empty() ? "" : ", ";
    if (key.expression)
      keys += "(" + written_value(model, key.value, relation.id, home) + ")";
    else
      keys += quoted(column_of(model, relation.id, key.column)->name);
    keys += collate(key.collation) + (key.opclass.empty() ? "" : " " + key.opclass);
    if (key.siglen != 0) keys += " (siglen = " + std::to_string(key.siglen) + ")";
    keys += (key.descending ? " desc" : "") + (key.nulls.empty() ? "" : " nulls " + key.nulls);
    if (key.statistics != 0) keys += " statistics " + std::to_string(key.statistics);
  }
  text += " (" + keys + ")";
  if (!index.include.empty())
    text += " include (" + column_list(model, index.include, relation.id) + ")";
  if (index.nulls_not_distinct) text += " nulls not distinct";
  text += with(index.with);
  if (index.partial)
    text += " where (" + written_condition(model, index.condition, relation.id, home, true) + ")";
  if (index.replica_identity) text += " replica identity";
  if (index.cluster) text += " cluster";
  return text + ";\n";
}

std::string write_trigger(const Model& model, const Relation& relation, const Trigger& trigger,
                          Id home) {
  std::string text = (trigger.constraint ? "constraint trigger" : "trigger") + naming(trigger) +
                     " " + trigger.timing + " ";
  for (std::size_t i = 0; i < trigger.events.size(); ++i) {
    text += (i == 0 ? "" : " or ") + trigger.events[i];
    if (trigger.events[i] == "update" && !trigger.columns.empty())
      text += " of " + column_list(model, trigger.columns, relation.id);
  }
  if (trigger.deferrable) text += " deferrable";
  if (trigger.deferred) text += " initially deferred";
  if (trigger.old_table) text += " referencing old table as old_rows";
  if (trigger.new_table) text += " referencing new table as new_rows";
  if (trigger.row) text += " for each row";
  if (trigger.has_when) {
    const std::string name = quoted(column_of(model, relation.id, trigger.when_column)->name);
    text +=
        " when (" + ((trigger.events[0] == "delete" ? "old." : "new.") + name) + " is not null)";
  }
  const Routine& f = *find(model.routines, trigger.function);
  text += " execute " + written_name(model, f.schema, f.name, f.id, home) + "(";
  for (std::size_t i = 0; i < trigger.arguments.size(); ++i)
    text += (i == 0 ? "" : ", ") + string_literal(trigger.arguments[i]);
  return text + ")" + (trigger.enabled.empty() ? "" : " " + trigger.enabled) + ";\n";
}

}  // namespace

std::string write_table(const Model& model, const Table& table) {
  return TableWriter(model, table, table.schema, "").write();
}

std::string write_members(const Model& model, const Relation& relation, Id home,
                          const std::string& indent) {
  std::string text;
  for (const Index& index : relation.indexes)
    text += doc(index.comment, indent) + indent + write_index(model, relation, index, home);
  for (const Trigger& trigger : relation.triggers)
    text += doc(trigger.comment, indent) + indent + write_trigger(model, relation, trigger, home);
  for (const Rule& rule : relation.rules)
    text += doc(rule.comment, indent) + indent + write_rule(model, relation, rule, home);
  for (const Statistics& statistics : relation.statistics)
    text += doc(statistics.comment, indent) + indent +
            write_statistics(model, relation, statistics, home);
  return text + write_owned(model, relation, relation.id, indent);
}

}  // namespace schemac::property
