#include "tests/property/write.h"

#include "tests/property/names.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

std::string doc(const std::string& comment, const char* indent = "") {
  if (comment.empty()) return "";
  std::string text = std::string(indent) + "/// ";
  for (const char c : comment)
    text += c == '\n' ? "\n" + std::string(indent) + "/// " : std::string(1, c);
  return text + "\n";
}

std::string was(const Entity& entity) {
  return entity.was.empty() ? "" : " was " + quoted(entity.was);
}

// ` name was old`, as far as they are given.
std::string naming(const Entity& entity) {
  return (entity.name.empty() ? "" : " " + quoted(entity.name)) + was(entity);
}

std::string collate(const std::string& collation) {
  return collation.empty() ? "" : " collate \"" + collation + "\"";
}

std::string with(const Options& options, const char* lead = " ") {
  std::string text;
  for (const auto& [name, value] : options)
    text += (text.empty() ? "" : ", ") + name + " = " + value;
  return text.empty() ? "" : lead + ("with (" + text + ")");
}

std::string counting(const Counting& counting) {
  std::string text;
  const auto add = [&](const char* word, const std::optional<int>& value) {
    if (value) text += std::string(word) + " " + std::to_string(*value) + " ";
  };
  add("start", counting.start);
  add("increment", counting.increment);
  add("minvalue", counting.minvalue);
  add("maxvalue", counting.maxvalue);
  add("cache", counting.cache);
  if (counting.cycle) text += "cycle ";
  if (!text.empty()) text.pop_back();
  return text;
}

// A constant where `default` expects one: a cast needs parentheses.
std::string default_literal(const Model& model, const Type& type, int k) {
  if (k % 2 == 0) return literal(model, type, k, true);
  return "(" + literal(model, type, k) + ")";
}

class TableWriter {
 public:
  TableWriter(const Model& model, const Table& table) : model_(model), table_(table) {}

  std::string write() const {
    std::string text = doc(table_.comment);
    text += std::string(table_.unlogged ? "unlogged " : "") + "table " + quoted(table_.name) +
            was(table_) + " {\n";
    for (const Column& column : table_.columns) text += this->column(column);
    for (const Constraint& constraint : table_.constraints)
      if (!stands_inline(constraint)) text += member(constraint);
    return text + members(model_, table_) + with(table_.with, "  ") +
           (table_.with.empty() ? "" : ";\n") + "}\n";
  }

  // Indexes and triggers, as tables and views have them.
  static std::string members(const Model& model, const Relation& relation) {
    std::string text;
    for (const Index& index : relation.indexes) text += write_index(model, relation, index);
    for (const Trigger& trigger : relation.triggers)
      text += write_trigger(model, relation, trigger);
    return text;
  }

 private:
  std::string names(const std::vector<Id>& columns, Id relation) const {
    return list(model_, columns, relation, ", ");
  }
  static std::string list(const Model& model, const std::vector<Id>& columns, Id relation,
                          const char* between) {
    std::string text;
    for (const Id id : columns)
      text += (text.empty() ? "" : between) + quoted(column_of(model, relation, id)->name);
    return text;
  }

  // Whether it is written behind its column.
  bool stands_inline(const Constraint& c) const {
    return c.id % 2 == 0 && c.name.empty() && c.was.empty() && c.comment.empty() &&
           c.columns.size() == 1 && c.include.empty() && c.fillfactor == 0 && !c.deferrable &&
           !c.not_valid && !c.no_inherit && c.kind != ConstraintKind::exclusion &&
           (c.kind != ConstraintKind::foreign_key || &c == first_reference(c.columns[0]));
  }

  // A column says `references` once.
  const Constraint* first_reference(Id column) const {
    for (const Constraint& c : table_.constraints)
      if (c.kind == ConstraintKind::foreign_key && c.columns == std::vector<Id>{column}) return &c;
    return nullptr;
  }

  std::string column(const Column& column) const {
    std::string text = doc(column.comment, "  ") + "  " + quoted(column.name) + " " +
                       written_type(model_, column.type, table_.schema) +
                       (column.nullable ? "?" : "") + collate(column.collation);
    if (column.identity) {
      const std::string options = counting(column.counting);
      text += std::string(" identity") + (column.by_default ? " by default" : "");
      if (!options.empty()) text += " (" + options + ")";
    }
    if (column.generated)
      text += " generated (" + written_value(model_, *column.generated, table_.id, table_.schema) +
              ") stored";
    if (column.initial) text += " default " + initial(column);
    if (!column.storage.empty()) text += " storage " + column.storage;
    if (!column.compression.empty()) text += " compression " + column.compression;
    if (column.statistics) text += " statistics " + std::to_string(*column.statistics);
    if (column.n_distinct)
      text += " with (n_distinct = " + std::to_string(*column.n_distinct) + ")";
    text += was(column);
    if (column.backfill) text += " backfill (" + literal(model_, column.type, 1) + ")";
    if (column.convert) text += " using (" + literal(model_, column.type, 2) + ")";
    for (const Constraint& constraint : table_.constraints)
      if (stands_inline(constraint) && constraint.columns[0] == column.id)
        text += " " + body(constraint, true);
    return text + ";\n";
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
        return written_name(model_, f.schema, f.name, f.id, table_.schema) + "()";
      }
      case Default::Form::sequence: {
        const Sequence& s = *find(model_.sequences, initial.target);
        return "nextval(" +
               string_literal(written_name(model_, s.schema, s.name, s.id, table_.schema)) +
               (initial.k % 2 ? "" : "::regclass") + ")";
      }
    }
    return "";
  }

  std::string member(const Constraint& constraint) const {
    return doc(constraint.comment, "  ") + "  " + body(constraint, false) + ";\n";
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
               written_condition(model_, c.condition, table_.id, table_.schema, false) + ")";
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
      text +=
          " where (" + written_condition(model_, c.condition, table_.id, table_.schema, true) + ")";
    if (c.no_inherit) text += " no inherit";
    if (c.deferrable) text += " deferrable";
    if (c.deferred) text += " initially deferred";
    if (c.not_valid) text += " not valid";
    return text;
  }

  std::string foreign_key(const Constraint& c, const std::string& columns) const {
    const Table& target = *find(model_.tables, c.target_table);
    const Constraint& key = *find(target.constraints, c.target_key);
    std::string text = columns.empty() ? "" : "foreign key" + naming(c) + columns + " ";
    text +=
        "references " + written_name(model_, target.schema, target.name, target.id, table_.schema);
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

  static std::string write_index(const Model& model, const Relation& relation, const Index& index) {
    std::string text =
        doc(index.comment, "  ") + "  " + (index.unique ? "unique " : "") + "index" + naming(index);
    if (!index.method.empty()) text += " using " + index.method;
    std::string keys;
    for (const IndexKey& key : index.keys) {
      keys += keys.empty() ? "" : ", ";
      if (key.expression)
        keys += "(" + written_value(model, key.value, relation.id, relation.schema) + ")";
      else
        keys += quoted(column_of(model, relation.id, key.column)->name);
      keys += collate(key.collation) + (key.opclass.empty() ? "" : " " + key.opclass) +
              (key.descending ? " desc" : "") + (key.nulls.empty() ? "" : " nulls " + key.nulls);
    }
    text += " (" + keys + ")";
    if (!index.include.empty())
      text += " include (" + list(model, index.include, relation.id, ", ") + ")";
    if (index.nulls_not_distinct) text += " nulls not distinct";
    text += property::with(index.with);
    if (index.partial)
      text += " where (" +
              written_condition(model, index.condition, relation.id, relation.schema, true) + ")";
    return text + ";\n";
  }

  static std::string write_trigger(const Model& model, const Relation& relation,
                                   const Trigger& trigger) {
    std::string text = doc(trigger.comment, "  ") + "  " +
                       (trigger.constraint ? "constraint " : "") + "trigger" + naming(trigger) +
                       " " + trigger.timing + " ";
    for (std::size_t i = 0; i < trigger.events.size(); ++i) {
      text += (i == 0 ? "" : " or ") + trigger.events[i];
      if (trigger.events[i] == "update" && !trigger.columns.empty())
        text += " of " + list(model, trigger.columns, relation.id, ", ");
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
    text += " execute " + written_name(model, f.schema, f.name, f.id, relation.schema) + "(";
    for (std::size_t i = 0; i < trigger.arguments.size(); ++i)
      text += (i == 0 ? "" : ", ") + string_literal(trigger.arguments[i]);
    return text + ")" + (trigger.enabled.empty() ? "" : " " + trigger.enabled) + ";\n";
  }

  const Model& model_;
  const Table& table_;
};

std::string write_enum(const Enum& e) {
  std::string text = doc(e.comment) + "enum " + quoted(e.name) + was(e) + " { ";
  for (std::size_t i = 0; i < e.labels.size(); ++i) {
    text += (i == 0 ? "" : ", ") + string_literal(e.labels[i].name);
    if (!e.labels[i].was.empty()) text += " was " + string_literal(e.labels[i].was);
  }
  return text + " }\n";
}

std::string write_domain(const Model& model, const Domain& domain) {
  std::string text = doc(domain.comment) + "domain " + quoted(domain.name) + was(domain) + " as " +
                     written_type(model, domain.type, domain.schema) + collate(domain.collation);
  if (domain.initial) text += " default " + default_literal(model, domain.type, *domain.initial);
  if (domain.not_null) text += " not null";
  if (domain.checks.empty()) return text + ";\n";
  text += " {\n";
  for (const DomainCheck& check : domain.checks)
    text += doc(check.comment, "  ") + "  check" + naming(check) + " (" +
            condition(model, domain.type, "value", check.condition.form, check.condition.k) +
            ");\n";
  return text + "}\n";
}

std::string write_composite(const Model& model, const Composite& composite) {
  std::string text =
      doc(composite.comment) + "type " + quoted(composite.name) + was(composite) + " {\n";
  for (const Attribute& attribute : composite.attributes)
    text += doc(attribute.comment, "  ") + "  " + quoted(attribute.name) + " " +
            written_type(model, attribute.type, composite.schema) + collate(attribute.collation) +
            was(attribute) + ";\n";
  return text + "}\n";
}

std::string write_sequence(const Model& model, const Sequence& sequence) {
  std::string text = doc(sequence.comment) + (sequence.unlogged ? "unlogged " : "") + "sequence " +
                     quoted(sequence.name) + was(sequence);
  if (sequence.width != 0) text += sequence.width == 2 ? " as smallint" : " as int";
  if (const std::string options = counting(sequence.counting); !options.empty())
    text += " " + options;
  if (const Table* owner = find(model.tables, sequence.owner_table))
    text += " owned by " +
            written_name(model, owner->schema, owner->name, owner->id, sequence.schema) + "." +
            quoted(find(owner->columns, sequence.owner_column)->name);
  return text + ";\n";
}

std::string write_view(const Model& model, const View& view) {
  std::string text = doc(view.comment) + (view.materialized ? "materialized view " : "view ") +
                     quoted(view.name) + was(view);
  const std::vector<Shown> shown = columns_of(model, view.id);
  if (view.names_in_list && view.shape != Shape::star) {
    std::string names;
    for (const Shown& column : shown) names += (names.empty() ? "" : ", ") + quoted(column.name);
    text += " (" + names + ")";
  }
  text += with(view.with) + " as $query$ " + written_query(model, view) + " $query$";
  std::string members;
  for (std::size_t i = 0; view.shape != Shape::star && i < view.outputs.size(); ++i) {
    const Output& output = view.outputs[i];
    if (output.comment.empty() && !output.initial) continue;
    members += doc(output.comment, "  ") + "  column " + quoted(shown[i].name);
    if (output.initial)
      members += " default " + default_literal(model, shown[i].type, *output.initial);
    members += ";\n";
  }
  members += TableWriter::members(model, view);
  return text + (members.empty() ? ";\n" : " {\n" + members + "}\n");
}

}  // namespace

std::vector<test::NamedText> write_files(const Model& model) {
  std::vector<test::NamedText> files;
  for (const Schema& schema : model.schemas) {
    std::string text;
    if (&schema == &model.schemas.front()) {
      for (const Extension& extension : model.extensions) {
        text += doc(extension.comment) + "extension " + extension.name;
        if (extension.schema != model.schemas.front().id)
          text += " schema " + quoted(find(model.schemas, extension.schema)->name);
        text += ";\n";
      }
    } else {
      text += doc(schema.comment) + "schema " + quoted(schema.name) + was(schema) + ";\n";
    }
    const auto section = [&](const auto& list, const auto& write) {
      for (const auto& entity : list)
        if (entity.schema == schema.id) text += "\n" + write(entity);
    };
    // Order means nothing: what depends comes first here.
    section(model.views, [&](const View& v) { return write_view(model, v); });
    section(model.tables, [&](const Table& t) { return TableWriter(model, t).write(); });
    section(model.routines,
            [&](const Routine& r) { return doc(r.comment) + written_routine(model, r); });
    section(model.sequences, [&](const Sequence& s) { return write_sequence(model, s); });
    section(model.composites, [&](const Composite& c) { return write_composite(model, c); });
    section(model.domains, [&](const Domain& d) { return write_domain(model, d); });
    section(model.enums, [&](const Enum& e) { return write_enum(e); });
    files.push_back({"schema" + std::to_string(schema.id) + ".schema", text});
  }
  return files;
}

}  // namespace schemac::property
