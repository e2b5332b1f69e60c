// The SQL in a schema: queries, expressions, bodies.
#include "compiler/parse/type_parser.h"
#include "tests/property/names.h"
#include "tests/property/types.h"
#include "tests/property/write.h"

namespace schemac::property {

namespace {

class QueryWriter {
 public:
  QueryWriter(const Model& model, const View& view) : model_(model), view_(view) {
    aliased_ = view.aliased || (view.sources.size() > 1 && view.sources[0] == view.sources[1]);
    shown_ = columns_of(model, view.id);
  }

  std::string write() const {
    switch (view_.shape) {
      case Shape::star:
        return "select " + (aliased_ ? std::string("a.*") : "*") + " from " + source(0) +
               where(" where ");
      case Shape::plain:
      case Shape::distinct:
        return select() + where(" where ") + (view_.k % 7 == 0 ? " limit 10" : "");
      case Shape::group:
        return select() + where(" where ") + group_by() +
               (view_.k % 3 == 0 ? " having count(*) >= 0" : "");
      case Shape::join:
        return "select " + outputs() + " from " + source(0) + (view_.k % 2 ? " left" : "") +
               " join " + source(1) + " on " + link() + where(" where ");
      case Shape::exists:
        return select() + " where exists (select 1 from " + source(1) + " where " + link() + ")";
      case Shape::combined:
        return part(0) + (view_.k % 2 ? " union all " : " union ") + part(1);
      case Shape::with:
        return "with q as (" + select() + where(" where ") + ") select " +
               (view_.k % 2 ? "*" : names("q.")) + " from q";
      case Shape::nested:
        return "select " + names("n.") + " from (" + select() + where(" where ") + ") n";
    }
    return "";
  }

 private:
  std::string source(std::size_t i) const {
    const Relation& relation = *find_relation(model_, view_.sources[i]);
    return written_name(model_, relation.schema, relation.name, relation.id, view_.schema) +
           (aliased_ ? (i == 0 ? " a" : " as b") : "");
  }

  std::string column(std::size_t i, Id id) const {
    const std::string name = quoted(column_of(model_, view_.sources[i], id)->name);
    if (aliased_) return (i == 0 ? "a." : "b.") + name;
    if (view_.sources.size() == 1 || view_.shape == Shape::combined) return name;
    return quoted(find_relation(model_, view_.sources[i])->name) + "." + name;
  }

  std::string link() const {
    if (view_.condition.columns.size() < 2) return "true";
    return column(0, view_.condition.columns[0]) +
           "::text = " + column(1, view_.condition.columns[1]) + "::text";
  }

  std::string where(const char* word) const {
    if (!view_.restricted || view_.condition.columns.empty()) return "";
    const Id id = view_.condition.columns[0];
    return word + condition(model_, column_of(model_, view_.sources[0], id)->type, column(0, id),
                            view_.condition.form, view_.condition.k);
  }

  std::string select() const {
    return std::string("select ") + (view_.shape == Shape::distinct ? "distinct " : "") +
           outputs() + " from " + source(0);
  }

  // Names that the query itself gives; those of a list stand outside of it.
  bool names_itself(std::size_t i) const {
    return !view_.names_in_list || view_.shape == Shape::with || view_.shape == Shape::nested ||
           i > shown_.size();
  }

  std::string outputs() const {
    std::string text;
    for (std::size_t i = 0; i < view_.outputs.size(); ++i) {
      const Output& output = view_.outputs[i];
      const auto from = static_cast<std::size_t>(output.source);
      const Shown shown = *column_of(model_, view_.sources[from], output.column);
      const std::string sql = value(output, shown, column(from, output.column));
      const bool bare = sql == column(from, output.column) && shown_[i].name == shown.name;
      text += (i == 0 ? "" : ", ") + sql;
      if (!bare && names_itself(i)) text += " as " + quoted(shown_[i].name);
    }
    return text;
  }

  std::string value(const Output& output, const Shown& shown, const std::string& sql) const {
    switch (output.form) {
      case Output::Form::plain:
        return shown_type(output) == shown.type ? sql : sql + "::text";
      case Output::Form::text:
        return sql + "::text";
      case Output::Form::isnull:
        return sql + " is null";
      case Output::Form::maximum:
        return family_of(model_, shown.type) == Family::enumeration
                   ? "max(" + as_enum(model_, shown.type, sql) + ")"
                   : "max(" + sql + ")";
      case Output::Form::count:
        return output.k % 2 ? "count(" + sql + ")" : "count(*)";
      case Output::Form::number:
        return "row_number() over (order by " + sql + "::text)";
      case Output::Form::literal:
        return "'it''s " + std::to_string(output.k) + "'::text";
      case Output::Form::choice:
        return "case when " + condition(model_, shown.type, sql, output.k, output.k) +
               " then 'yes' else 'no' end";
      case Output::Form::mapped: {
        const Routine& routine = *find(model_.routines, output.function);
        return written_name(model_, routine.schema, routine.name, routine.id, view_.schema) + "(" +
               sql + ")";
      }
    }
    return sql;
  }

  Type shown_type(const Output& output) const {
    for (const Shown& shown : shown_)
      if (shown.id == output.id) return shown.type;
    return {};
  }

  std::string group_by() const {
    std::string text;
    for (std::size_t i = 0; i < view_.outputs.size(); ++i)
      if (view_.outputs[i].form == Output::Form::plain ||
          view_.outputs[i].form == Output::Form::isnull)
        text += (text.empty() ? " group by " : ", ") + std::to_string(i + 1);
    return text;
  }

  std::string names(const char* prefix) const {
    std::string text;
    for (std::size_t i = 0; i < shown_.size(); ++i)
      text += (i == 0 ? "" : ", ") + (prefix + quoted(shown_[i].name));
    return text;
  }

  // One side of a union: everything as text.
  std::string part(std::size_t i) const {
    std::string text;
    for (std::size_t o = 0; o < view_.outputs.size(); ++o) {
      const Output& output = view_.outputs[o];
      const Id id = i == 0 ? output.column : output.other;
      text += (o == 0 ? "" : ", ") + column(i, id) + "::text";
      if (i == 0) text += " as " + quoted(shown_[o].name);
    }
    return "select " + text + " from " + source(i);
  }

  const Model& model_;
  const View& view_;
  bool aliased_;
  std::vector<Shown> shown_;
};

}  // namespace

std::string sql_type(const Model& model, const Type& type) {
  return written_type(model, type, 0);
}

std::string written_type(const Model& model, const Type& type, Id home) {
  std::string text;
  if (type.user == 0) {
    text = base_types()[static_cast<std::size_t>(type.base)].name;
    if (type.first >= 0) {
      text += "(" + std::to_string(type.first);
      if (type.second >= 0) text += ", " + std::to_string(type.second);
      text += ")";
    }
  } else {
    const auto name = [&](const auto* entity) {
      if (entity != nullptr)
        text = written_name(model, entity->schema, entity->name, entity->id, home);
    };
    name(find(model.enums, type.user));
    name(find(model.domains, type.user));
    name(find(model.composites, type.user));
    name(find(model.things, type.user));
  }
  return text + (type.array ? "[]" : "");
}

std::string written_name(const Model& model, Id schema, const std::string& name, Id id, Id home) {
  // Of two types of one name, the server's own goes first.
  if (home != 0 && home == schema && id % 3 != 0 && !is_builtin_type(name)) return quoted(name);
  return quoted(find(model.schemas, schema)->name) + "." + quoted(name);
}

std::string written_query(const Model& model, const View& view) {
  return QueryWriter(model, view).write();
}

std::string written_condition(const Model& model, const Expression& expression, Id relation,
                              Id home, bool immutable, const std::string& prefix) {
  std::string text;
  for (const Id id : expression.columns) {
    const Shown shown = *column_of(model, relation, id);
    const Family family = family_of(model, shown.type);
    const bool stable_text =
        family == Family::array || family == Family::composite || family == Family::span;
    const int form = immutable && stable_text ? expression.form % 5 % 2 : expression.form;
    if (!text.empty()) text += expression.k % 2 ? " and " : " or ";
    text +=
        "(" + condition(model, shown.type, prefix + quoted(shown.name), form, expression.k) + ")";
  }
  if (const Routine* mapper = find(model.routines, expression.function)) {
    const Shown shown = *column_of(model, relation, expression.columns.at(0));
    text += " and " + written_name(model, mapper->schema, mapper->name, mapper->id, home) + "(" +
            prefix + quoted(shown.name) + ") is distinct from " + literal(model, mapper->type, 3);
  }
  return text;
}

std::string written_value(const Model& model, const Expression& expression, Id relation, Id home) {
  const Shown shown = *column_of(model, relation, expression.columns.at(0));
  if (const Routine* mapper = find(model.routines, expression.function))
    return written_name(model, mapper->schema, mapper->name, mapper->id, home) + "(" +
           quoted(shown.name) + ")";
  return computed(model, shown.type, quoted(shown.name), expression.form, expression.k).sql;
}

}  // namespace schemac::property
