#include "tests/property/write.h"

#include "tests/property/names.h"
#include "tests/property/rights.h"
#include "tests/property/things.h"
#include "tests/property/types.h"
#include "tests/property/write_parts.h"

namespace schemac::property {

namespace {

std::string write_enum(const Model& model, const Enum& e) {
  std::string text = doc(e.comment) + "enum " + quoted(e.name) + was(e) + " { ";
  for (std::size_t i = 0; i < e.labels.size(); ++i) {
    text += (i == 0 ? "" : ", ") + string_literal(e.labels[i].name);
    if (!e.labels[i].was.empty()) text += " was " + string_literal(e.labels[i].was);
  }
  const std::string owned = write_owned(model, e, 0, " ");
  return text + (owned.empty() ? "" : ";" + owned) + " }\n";
}

std::string write_domain(const Model& model, const Domain& domain) {
  std::string text = doc(domain.comment) + "domain " + quoted(domain.name) + was(domain) + " as " +
                     written_type(model, domain.type, domain.schema) + collate(domain.collation);
  if (domain.initial) text += " default " + default_literal(model, domain.type, *domain.initial);
  if (domain.not_null) text += " not null";
  std::string members;
  for (const DomainCheck& check : domain.checks)
    members += doc(check.comment, "  ") + "  check" + naming(check) + " (" +
               condition(model, domain.type, "value", check.condition.form, check.condition.k) +
               ");\n";
  return text + block(members + write_owned(model, domain, 0, "  "));
}

std::string write_composite(const Model& model, const Composite& composite) {
  std::string text =
      doc(composite.comment) + "type " + quoted(composite.name) + was(composite) + " {\n";
  for (const Attribute& attribute : composite.attributes)
    text += doc(attribute.comment, "  ") + "  " + quoted(attribute.name) + " " +
            written_type(model, attribute.type, composite.schema) + collate(attribute.collation) +
            was(attribute) + ";\n";
  return text + write_owned(model, composite, 0, "  ") + "}\n";
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
  return text + block(write_owned(model, sequence, 0, "  "));
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
    const std::string storing = property::storing(output);
    if (output.comment.empty() && !output.initial && storing.empty()) continue;
    members += doc(output.comment, "  ") + "  column " + quoted(shown[i].name) + storing;
    if (output.initial)
      members += " default " + default_literal(model, shown[i].type, *output.initial);
    members += ";\n";
  }
  members += write_members(model, view, view.schema);
  return text + block(members);
}

std::string brought(const Model& model, const Extension& extension) {
  std::string text;
  for (const Brought& thing : extension.brought)
    text += "  " + std::string(brought_things()[static_cast<std::size_t>(thing.which)].text) +
            block(write_rights(model, thing.rights, 0, "    "), "  ");
  return text;
}

}  // namespace

std::vector<test::NamedText> write_files(const Model& model) {
  std::vector<test::NamedText> files;
  for (const Schema& schema : model.schemas) {
    std::string text =
        schema.file_owner.empty() ? "" : "owner " + quoted(schema.file_owner) + ";\n";
    if (&schema == &model.schemas.front()) {
      for (const Extension& extension : model.extensions) {
        text += doc(extension.comment) + "extension " + extension.name;
        if (extension.schema != model.schemas.front().id)
          text += " schema " + quoted(find(model.schemas, extension.schema)->name);
        text += block(brought(model, extension));
      }
      for (const DefaultRight& right : model.default_rights)
        text += write_default_right(model, right);
      for (const Thing& thing : model.things)
        if (thing.schema == 0) text += write_thing(model, thing);
    } else {
      text += doc(schema.comment) + "schema " + quoted(schema.name) + was(schema) +
              block(write_owned(model, schema, 0, "  "));
    }
    const auto section = [&](const auto& list, const auto& write) {
      for (const auto& entity : list)
        if (entity.schema == schema.id) text += "\n" + write(entity);
    };
    const auto whole_tables = [&] {
      std::vector<Table> tables;
      for (const Table& table : model.tables)
        if (table.whole == 0) tables.push_back(table);
      return tables;
    };
    // Order means nothing: what depends comes first here.
    section(model.things, [&](const Thing& t) { return write_thing(model, t); });
    section(model.views, [&](const View& v) { return write_view(model, v); });
    section(whole_tables(), [&](const Table& t) { return write_table(model, t); });
    section(model.routines,
            [&](const Routine& r) { return doc(r.comment) + written_routine(model, r); });
    section(model.sequences, [&](const Sequence& s) { return write_sequence(model, s); });
    section(model.composites, [&](const Composite& c) { return write_composite(model, c); });
    section(model.domains, [&](const Domain& d) { return write_domain(model, d); });
    section(model.enums, [&](const Enum& e) { return write_enum(model, e); });
    files.push_back({"schema" + std::to_string(schema.id) + ".schema", text});
  }
  return files;
}

}  // namespace schemac::property
