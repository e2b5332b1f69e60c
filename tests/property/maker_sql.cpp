// Routines and views.
#include "tests/property/maker.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

using Strings = std::vector<std::string>;

bool is_immutable(Use use) {
  return use == Use::mapper || use == Use::step || use == Use::order || use == Use::test ||
         use == Use::judge;
}

Type without_modifiers(Type type) {
  type.first = type.second = -1;
  return type;
}

}  // namespace

// -- Routines ----------------------------------------------------------------------------------

void Maker::add_routine(Model& model) {
  static const std::vector<Use> kUses{Use::mapper, Use::mapper, Use::source,   Use::trigger,
                                      Use::reader, Use::shaped, Use::procedure};
  add_routine(model, random_.pick(kUses));
}

std::vector<Argument> Maker::arguments(const Model& model, int count) {
  std::vector<Argument> made;
  std::set<std::string> taken;
  bool defaults = false;
  for (int i = 0; i < count; ++i) {
    Argument argument;
    if (random_.chance(80)) taken.insert(argument.name = names_.column(taken));
    argument.type = without_modifiers(type(model));
    defaults = defaults || random_.chance(25);
    argument.has_default = defaults;
    made.push_back(argument);
  }
  return made;
}

void Maker::choose_options(Routine& routine) {
  const bool plain = routine.use == Use::procedure;
  if (!plain) {
    routine.volatility = is_immutable(routine.use) ? "immutable"
                         : random_.chance(30)      ? "stable"
                                                   : "";
    routine.parallel = random_.chance(20) ? random_.pick(Strings{"safe", "restricted"}) : "";
    routine.strict = !is_immutable(routine.use) && routine.use != Use::trigger &&
                     routine.use != Use::event && random_.chance(15);
    routine.leakproof = random_.chance(5);
    routine.cost = random_.chance(15) ? random_.between(2, 50) : 0;
  }
  routine.security_definer = random_.chance(10);
  routine.settings.clear();
  // Settings keep functions from being inlined and a body from being parsed late.
  if (random_.chance(12)) routine.settings.emplace_back("work_mem", "'8MB'");
  if (random_.chance(8)) routine.settings.emplace_back("enable_seqscan", "off");
}

void Maker::fill_signature(const Model& model, Routine& routine) {
  routine.language = random_.chance(50) ? Language::plpgsql : Language::sql_text;
  routine.arguments = arguments(model, random_.below(4));
  switch (random_.below(4)) {
    case 0:
      routine.result = Routine::Result::out;
      for (std::size_t i = 0; i < 2; ++i) {
        Argument argument;
        argument.name = "out" + std::to_string(i);
        argument.mode = i == 1 &&
                                !(routine.arguments.size() > 1 &&
                                  routine.arguments[routine.arguments.size() - 2].has_default) &&
                                random_.chance(30)
                            ? "inout"
                            : "out";
        argument.type = without_modifiers(type(model));
        argument.has_default = argument.mode == "inout";
        routine.arguments.push_back(argument);
      }
      break;
    case 1:
      routine.result = Routine::Result::table;
      for (int i = random_.between(1, 3); i > 0; --i) {
        Argument column;
        column.name = "col" + std::to_string(i);
        column.type = without_modifiers(type(model));
        routine.table.push_back(column);
      }
      if (random_.chance(30)) routine.rows = random_.between(2, 500);
      break;
    case 2:
      routine.result = Routine::Result::set;
      routine.type = without_modifiers(type(model));
      break;
    default:
      routine.type = without_modifiers(type(model));
      if (routine.language == Language::sql_text && random_.chance(40))
        routine.language = random_.chance(50) ? Language::sql_atomic : Language::sql_return;
      if (random_.chance(20) &&
          (routine.arguments.empty() || !routine.arguments.back().has_default)) {
        Argument rest;
        rest.name = "rest";
        rest.mode = "variadic";
        rest.type = plain_type("int");
        rest.type.array = true;
        routine.arguments.push_back(rest);
      }
  }
}

// Signature and language, as the use wants them.
void Maker::shape_routine(const Model& model, Routine& made) {
  static const Strings kMapped{"text", "int", "bigint", "date"};
  const Use use = made.use;
  switch (use) {
    case Use::mapper: {
      made.type = plain_type(random_.pick(kMapped));
      Argument argument;
      if (random_.chance(60)) argument.name = "x";
      argument.type = made.type;
      made.arguments.push_back(argument);
      break;
    }
    case Use::source:
      made.type = plain_type(random_.pick(kMapped));
      if (!model.enums.empty() && random_.chance(30)) {
        made.type = Type{};
        made.type.user = random_.pick(model.enums).id;
      }
      break;
    case Use::trigger:
      made.language = Language::plpgsql;
      break;
    case Use::reader:
    case Use::procedure: {
      made.type = plain_type("bigint");
      if (made.language == Language::sql_return) made.language = Language::sql_text;
      std::vector<Id> relations;
      for (const Table& table : model.tables) relations.push_back(table.id);
      for (const View& view : model.views) relations.push_back(view.id);
      if (!relations.empty()) {
        made.relation = random_.pick(relations);
        const std::vector<Shown> shown = columns_of(model, made.relation);
        if (!shown.empty() && random_.chance(60)) made.column = random_.pick(shown).id;
      }
      if (use == Use::procedure) made.arguments = arguments(model, random_.below(3));
      break;
    }
    case Use::shaped:
      fill_signature(model, made);
      break;
    case Use::event:
      made.language = Language::plpgsql;
      break;
    case Use::step:
    case Use::order:
    case Use::test:
      made.type = plain_type(use == Use::step ? "bigint" : use == Use::order ? "int" : "boolean");
      for (const char* type : {use == Use::step ? "bigint" : "int", "int"})
        made.arguments.push_back({"", "", plain_type(type), false});
      break;
    case Use::judge:
      made.type = plain_type("int");
      made.arguments.push_back({"", "", plain_type("int"), false});
      break;
  }
}

void Maker::add_routine(Model& model, Use use) {
  Routine made = entity<Routine>("fn");
  made.schema = some_schema(model);
  made.use = use;
  made.k = random_.below(100);
  made.language = static_cast<Language>(random_.below(4));
  shape_routine(model, made);
  choose_options(made);
  // Overloads share a name, which only their arguments tell apart.
  if (use == Use::mapper && random_.chance(30))
    for (const Routine& other : model.routines)
      if (other.use == Use::mapper && other.schema == made.schema && !(other.type == made.type))
        made.name = other.name;
  for (const Routine& other : model.routines)
    if (other.name == made.name && other.schema == made.schema && other.use == Use::mapper &&
        other.type == made.type)
      return;
  model.routines.push_back(made);
}

// -- Views -------------------------------------------------------------------------------------

void Maker::choose_output(const Model& model, const View& view, Output& output) {
  static const std::vector<Output::Form> kForms{
      Output::Form::plain,  Output::Form::plain,  Output::Form::plain,  Output::Form::plain,
      Output::Form::text,   Output::Form::count,  Output::Form::number, Output::Form::literal,
      Output::Form::choice, Output::Form::isnull, Output::Form::mapped};
  static const std::vector<Output::Form> kGrouped{Output::Form::plain, Output::Form::plain,
                                                  Output::Form::isnull, Output::Form::maximum,
                                                  Output::Form::count};
  output.source = view.shape == Shape::join ? random_.below(2) : 0;
  const std::vector<Shown> shown =
      columns_of(model, view.sources[static_cast<std::size_t>(output.source)]);
  const Shown column = random_.pick(shown);
  output.column = column.id;
  output.k = random_.below(100);
  if (view.shape == Shape::combined) {
    output.other = random_.pick(columns_of(model, view.sources[1])).id;
    return;
  }
  output.form = random_.pick(view.shape == Shape::group ? kGrouped : kForms);
  if (output.form == Output::Form::count && view.shape != Shape::group)
    output.form = Output::Form::plain;
  if (output.form == Output::Form::mapped) {
    output.form = Output::Form::plain;
    for (const Routine& routine : model.routines)
      if (routine.use == Use::mapper && routine.type == column.type && routine.id < view.id) {
        output.function = routine.id;
        output.form = Output::Form::mapped;
      }
  }
}

void Maker::fill_outputs(const Model& model, View& view) {
  view.outputs.clear();
  if (view.shape == Shape::star) return;
  for (int i = random_.between(1, 4); i > 0; --i) {
    Output output;
    output.id = next();
    choose_output(model, view, output);
    if (output.form != Output::Form::plain || view.shape == Shape::combined || random_.chance(25))
      output.name = names_.fresh("out");
    output.comment = comment();
    if (!view.materialized && random_.chance(6)) output.initial = random_.below(100);
    if (random_.chance(15)) fill_storing(view, output);
    view.outputs.push_back(output);
  }
}

void Maker::fill_storing(const View& view, Output& output) {
  if (!view.materialized) return;
  output.compression = random_.pick(Strings{"", "pglz", "lz4"});
  output.statistics.reset();
  output.n_distinct.reset();
  if (random_.chance(50)) output.statistics = random_.between(0, 1000);
  if (random_.chance(30)) output.n_distinct = random_.between(1, 100);
}

void Maker::add_view(Model& model) {
  static const std::vector<Shape> kShapes{
      Shape::plain,    Shape::plain,    Shape::star, Shape::join,   Shape::group,
      Shape::distinct, Shape::combined, Shape::with, Shape::nested, Shape::exists};
  std::vector<Id> relations;
  for (const Table& table : model.tables) relations.push_back(table.id);
  for (const View& view : model.views) relations.push_back(view.id);
  if (relations.empty()) return add_table(model);
  View made = entity<View>("view");
  made.schema = some_schema(model);
  made.materialized = random_.chance(25);
  made.shape = random_.pick(kShapes);
  made.sources.push_back(random_.pick(relations));
  if (made.shape == Shape::join || made.shape == Shape::exists || made.shape == Shape::combined)
    made.sources.push_back(random_.pick(relations));
  made.aliased = random_.chance(50);
  made.names_in_list = random_.chance(15);
  made.restricted = random_.chance(35);
  made.k = random_.below(100);
  made.condition = expression({random_.pick(columns_of(model, made.sources[0])).id});
  if (made.sources.size() > 1)
    made.condition.columns.push_back(random_.pick(columns_of(model, made.sources[1])).id);
  fill_outputs(model, made);
  if (made.materialized) {
    if (random_.chance(20)) made.with.emplace_back("fillfactor", "70");
  } else {
    if (random_.chance(15)) made.with.emplace_back("security_barrier", "true");
    if (random_.chance(10)) made.with.emplace_back("security_invoker", "true");
  }
  const Id id = made.id;
  model.views.push_back(made);
  if (made.materialized) {
    for (int i = random_.below(3); i > 0; --i) add_index(model, *find(model.views, id));
    if (random_.chance(15)) add_statistics(model, *find(model.views, id));
  } else if (random_.chance(12)) {
    add_trigger(model, id);
  }
}

}  // namespace schemac::property
