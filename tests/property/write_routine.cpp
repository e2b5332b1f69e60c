#include "tests/property/names.h"
#include "tests/property/rights.h"
#include "tests/property/types.h"
#include "tests/property/write.h"

namespace schemac::property {

namespace {

class RoutineWriter {
 public:
  RoutineWriter(const Model& model, const Routine& routine) : model_(model), routine_(routine) {}

  std::string write() const {
    std::string text = routine_.use == Use::procedure ? "procedure " : "function ";
    text += quoted(routine_.name) + "(";
    for (std::size_t i = 0; i < routine_.arguments.size(); ++i)
      text += (i == 0 ? "" : ", ") + argument(routine_.arguments[i]);
    text += ")";
    if (!routine_.was.empty()) text += " was " + quoted(routine_.was);
    return text + result() + clauses() + body() + block(write_owned(model_, routine_, 0, "  "));
  }

 private:
  std::string argument(const Argument& argument) const {
    std::string text = argument.mode.empty() ? "" : argument.mode + " ";
    if (!argument.name.empty()) text += quoted(argument.name) + " ";
    text += written_type(model_, argument.type, routine_.schema);
    if (argument.has_default) text += " default " + literal_or_cast(argument.type);
    return text;
  }

  std::string literal_or_cast(const Type& type) const {
    const std::string text = literal(model_, type, routine_.k);
    return text.find("::") == std::string::npos ? text : "(" + text + ")";
  }

  std::string result() const {
    const std::string type = written_type(model_, routine_.type, routine_.schema);
    if (routine_.use == Use::procedure) return "";
    if (routine_.use == Use::trigger) return " returns trigger";
    if (routine_.use == Use::event) return " returns event_trigger";
    switch (routine_.result) {
      case Routine::Result::value:
        return " returns " + type;
      case Routine::Result::set:
        return " returns setof " + type;
      case Routine::Result::out:
        return "";
      case Routine::Result::table: {
        std::string columns;
        for (const Argument& column : routine_.table)
          columns += (columns.empty() ? "" : ", ") + quoted(column.name) + " " +
                     written_type(model_, column.type, routine_.schema);
        return " returns table (" + columns + ")";
      }
    }
    return "";
  }

  std::string clauses() const {
    std::string text;
    if (routine_.language == Language::plpgsql) text += " language plpgsql";
    if (!routine_.volatility.empty()) text += " " + routine_.volatility;
    if (routine_.strict) text += " strict";
    if (routine_.leakproof) text += " leakproof";
    if (routine_.security_definer) text += " security definer";
    if (!routine_.parallel.empty()) text += " parallel " + routine_.parallel;
    if (routine_.cost != 0) text += " cost " + std::to_string(routine_.cost);
    if (routine_.rows != 0) text += " rows " + std::to_string(routine_.rows);
    for (const auto& [name, value] : routine_.settings) text += " set " + name + " = " + value;
    return text;
  }

  std::string body() const {
    const std::string sql = statement();
    switch (routine_.language) {
      case Language::sql_text:
        return " as $body$ " + sql + " $body$";
      case Language::sql_atomic:
        return " begin atomic $body$ " + sql + "; $body$";
      case Language::sql_return:
        return " return (" + value() + ")";
      case Language::plpgsql:
        return " as $body$\nbegin\n  " + plpgsql() + "\nend\n$body$";
    }
    return "";
  }

  std::string value() const {
    if (routine_.use == Use::step) return "$1 + $2 + 0 * " + std::to_string(routine_.k);
    if (routine_.use == Use::order) return "$1 - $2 + 0 * " + std::to_string(routine_.k);
    if (routine_.use == Use::test) return "$1 = $2 and " + std::to_string(routine_.k) + " >= 0";
    if (routine_.use != Use::mapper) return literal(model_, routine_.type, routine_.k);
    const std::string type = sql_type(model_, routine_.type);
    if (is_text(model_, routine_.type))
      return "(lower($1::text) || '" + std::to_string(routine_.k) + "')::" + type;
    return "coalesce($1, " + literal(model_, routine_.type, routine_.k) + ")";
  }

  // What the arguments that carry results, or the columns of the table, are given.
  std::string results() const {
    std::string text;
    for (const Argument& column : routine_.table)
      text += (text.empty() ? "" : ", ") + literal(model_, column.type, routine_.k);
    if (routine_.result == Routine::Result::out)
      for (const Argument& argument : routine_.arguments)
        if (argument.mode == "out" || argument.mode == "inout")
          text += (text.empty() ? "" : ", ") + literal(model_, argument.type, routine_.k);
    return text;
  }

  std::string statement() const {
    if (routine_.use == Use::procedure || routine_.use == Use::reader) {
      const Relation* relation = find_relation(model_, routine_.relation);
      if (relation == nullptr) return "select " + std::to_string(routine_.k);
      const std::string name =
          written_name(model_, relation->schema, relation->name, relation->id,
                       routine_.language == Language::sql_atomic ? routine_.schema : 0);
      const auto column = column_of(model_, routine_.relation, routine_.column);
      if (!column) return "select count(*) from " + name;
      return "select count(r." + quoted(column->name) + ") + " + std::to_string(routine_.k) +
             " from " + name + " r";
    }
    const std::string results = this->results();
    return "select " + (results.empty() ? value() : results);
  }

  std::string plpgsql() const {
    const std::string k = std::to_string(routine_.k);
    if (routine_.use == Use::trigger)
      return "-- version " + k +
             "\n  if tg_level = 'STATEMENT' or tg_op = 'TRUNCATE' then return null; end if;\n"
             "  if tg_op = 'DELETE' then return old; end if;\n  return new;";
    if (routine_.use == Use::event) return "raise debug '%', " + k + ";";
    if (routine_.use == Use::procedure) return "perform " + k + ";";
    if (routine_.result == Routine::Result::out || routine_.result == Routine::Result::table ||
        routine_.result == Routine::Result::set)
      return "raise notice '%', " + k + ";\n  return;";
    return "return (" + statement() + ");";
  }

  const Model& model_;
  const Routine& routine_;
};

}  // namespace

std::string written_routine(const Model& model, const Routine& routine) {
  return RoutineWriter(model, routine).write();
}

}  // namespace schemac::property
