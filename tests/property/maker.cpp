#include "tests/property/maker.h"

#include <algorithm>

#include "tests/property/types.h"

namespace schemac::property {

Model Maker::make(int size) {
  Model model;
  Schema home;
  home.id = next();
  home.name = "public";
  model.schemas.push_back(home);
  for (int i = random_.below(3); i > 0; --i) add_schema(model);
  if (random_.chance(40)) add_extension(model);
  using Add = void (Maker::*)(Model&);
  struct Choice {
    Add add;
    int weight;
  };
  // Types and functions come first, so that tables find something to use.
  static constexpr Choice kFirst[] = {{&Maker::add_enum, 4},      {&Maker::add_domain, 3},
                                      {&Maker::add_composite, 2}, {&Maker::add_sequence, 2},
                                      {&Maker::add_routine, 4},   {&Maker::add_table, 3}};
  static constexpr Choice kLater[] = {{&Maker::add_table, 12},      {&Maker::add_view, 10},
                                      {&Maker::add_routine, 4},     {&Maker::add_sequence, 2},
                                      {&Maker::add_partitioned, 3}, {&Maker::add_heir, 2},
                                      {&Maker::add_typed, 1}};
  const auto add = [&](std::span<const Choice> choices) {
    int sum = 0;
    for (const Choice& choice : choices) sum += choice.weight;
    int at = random_.below(sum);
    for (const Choice& choice : choices)
      if ((at -= choice.weight) < 0) return (this->*choice.add)(model);
  };
  for (int i = 0; i < size; ++i) i * 2 < size ? add(kFirst) : add(kLater);
  for (int i = random_.chance(30) ? random_.between(1, 4) : 0; i > 0; --i) add_thing(model);
  if (random_.chance(20)) give_rights(model, random_.between(10, 40));
  return model;
}

// -- What stands alone -------------------------------------------------------------------------

void Maker::add_schema(Model& model) {
  model.schemas.push_back(entity<Schema>("schema"));
}

void Maker::add_extension(Model& model) {
  const std::string name = random_.pick(
      std::vector<std::string>{"citext", "citext", "btree_gist", "btree_gist", "pg_trgm", "pg_trgm",
                               "pg_stat_statements", "postgres_fdw"});
  if (has_extension(model, name)) return;
  Extension extension;
  extension.id = next();
  extension.name = name;
  extension.comment = comment();
  extension.schema = model.schemas.front().id;
  for (int i = random_.below(3); i > 0; --i) add_brought(extension);
  model.extensions.push_back(extension);
}

Label Maker::label(const Enum& e) {
  static const std::vector<std::string> kLabels{
      "new", "paid", "done", "it's", "Größe", "two words", "", "UPPER", "a,b", "\"quoted\"", "x{}"};
  Label label;
  label.id = next();
  label.name = random_.pick(kLabels);
  const auto taken = [&] {
    return std::any_of(e.labels.begin(), e.labels.end(),
                       [&](const Label& other) { return other.name == label.name; });
  };
  while (label.name.empty() || taken()) label.name = "label" + std::to_string(random_.below(1000));
  return label;
}

void Maker::add_enum(Model& model) {
  Enum e = entity<Enum>("enum");
  e.schema = some_schema(model);
  for (int i = random_.between(1, 5); i > 0; --i) e.labels.push_back(label(e));
  model.enums.push_back(e);
}

DomainCheck Maker::domain_check() {
  DomainCheck check;
  check.id = next();
  check.name = random_.chance(60) ? names_.fresh("check") : "";
  check.condition = expression({});
  if (!check.name.empty()) check.comment = comment();
  return check;
}

void Maker::add_domain(Model& model) {
  Domain domain = entity<Domain>("domain");
  domain.schema = some_schema(model);
  do domain.type = type(model);
  while (family_of(model, domain.type) == Family::composite);
  if (is_collatable(model, domain.type) && random_.chance(20)) domain.collation = collation();
  if (random_.chance(20)) domain.initial = random_.below(100);
  domain.not_null = random_.chance(10);
  for (int i = random_.below(3); i > 0; --i) domain.checks.push_back(domain_check());
  model.domains.push_back(domain);
}

Attribute Maker::attribute(const Model& model, const Composite& composite) {
  std::set<std::string> taken;
  for (const Attribute& other : composite.attributes) taken.insert(other.name);
  Attribute made;
  made.id = next();
  made.name = names_.column(taken);
  made.type = type(model, composite.id);
  made.comment = comment();
  if (is_collatable(model, made.type) && random_.chance(20)) made.collation = collation();
  return made;
}

void Maker::add_composite(Model& model) {
  Composite composite = entity<Composite>("type");
  composite.schema = some_schema(model);
  for (int i = random_.between(1, 4); i > 0; --i)
    composite.attributes.push_back(attribute(model, composite));
  model.composites.push_back(composite);
}

Counting Maker::counting() {
  Counting counting;
  if (random_.chance(50)) return counting;
  if (random_.chance(20)) {
    counting.increment = -random_.between(1, 5);
    return counting;
  }
  if (random_.chance(40)) counting.start = random_.between(10, 20);
  if (random_.chance(30)) counting.increment = random_.between(1, 5);
  if (random_.chance(30)) counting.minvalue = random_.between(1, 5);
  if (random_.chance(30)) counting.maxvalue = random_.between(1000, 30000);
  if (random_.chance(30)) counting.cache = random_.between(1, 20);
  counting.cycle = random_.chance(20);
  return counting;
}

void Maker::add_sequence(Model& model) {
  Sequence sequence = entity<Sequence>("seq");
  sequence.schema = some_schema(model);
  sequence.counting = counting();
  sequence.unlogged = random_.chance(10);
  if (random_.chance(30)) sequence.width = random_.chance(50) ? 2 : 4;
  if (!model.tables.empty() && random_.chance(40)) {
    // The server wants table and sequence in one schema.
    const Table& owner = random_.pick(model.tables);
    sequence.schema = owner.schema;
    sequence.owner_table = owner.id;
    sequence.owner_column = owner.columns.empty() ? 0 : random_.pick(owner.columns).id;
    const Column* column = find(owner.columns, sequence.owner_column);
    if (column == nullptr || column->identity) sequence.owner_table = sequence.owner_column = 0;
  }
  model.sequences.push_back(sequence);
}

void Maker::add_table(Model& model) {
  Table made = entity<Table>("table");
  made.schema = some_schema(model);
  made.unlogged = random_.chance(8);
  if (random_.chance(15))
    made.with.emplace_back("fillfactor", std::to_string(random_.between(20, 90)));
  if (random_.chance(10)) made.with.emplace_back("autovacuum_vacuum_scale_factor", "0.05");
  if (random_.chance(5)) made.with.emplace_back("toast.autovacuum_enabled", "false");
  for (int i = random_.between(1, 6); i > 0; --i) add_column(model, made);
  const Id id = made.id;
  model.tables.push_back(made);
  const auto table = [&]() -> Table& { return *find(model.tables, id); };
  for (Column& column : table().columns) column.initial = initial(model, column);
  for (int i = random_.below(5); i > 0; --i) add_constraint(model, table());
  for (int i = random_.below(4); i > 0; --i) add_index(model, table());
  if (random_.chance(25)) add_trigger(model, id);
  if (random_.chance(8)) table().security = security();
  for (int i = random_.chance(12) ? random_.between(1, 3) : 0; i > 0; --i)
    add_policy(model, table());
  if (random_.chance(15)) choose_marks(table());
  if (random_.chance(6)) add_rule(model, table());
  if (random_.chance(8)) add_statistics(model, table());
}

// -- Types and columns -------------------------------------------------------------------------

Type Maker::type(const Model& model, Id before) {
  Type made;
  std::vector<Id> own;
  const auto offer = [&](const auto& list) {
    for (const auto& entity : list)
      if (entity.id < before) own.push_back(entity.id);
  };
  offer(model.enums);
  offer(model.domains);
  offer(model.composites);
  for (const Thing& thing : model.things)
    if (thing.sort == Sort::range_type && thing.id < before) own.push_back(thing.id);
  if (!own.empty() && random_.chance(35)) {
    made.user = random_.pick(own);
  } else {
    const auto types = base_types();
    do
      made.base =
          random_.chance(50) ? random_.below(10) : random_.below(static_cast<int>(types.size()));
    while (!types[static_cast<std::size_t>(made.base)].extension.empty() &&
           !has_extension(model, "citext"));
    const Modifier modifier = types[static_cast<std::size_t>(made.base)].modifier;
    if (modifier != Modifier::none && random_.chance(60)) {
      made.first = modifier == Modifier::length ? random_.between(1, 40) : random_.between(0, 6);
      if (modifier == Modifier::digits) {
        made.first = random_.between(4, 20);
        if (random_.chance(60)) made.second = random_.between(0, 3);
      }
    }
  }
  made.array = random_.chance(10);
  return made;
}

std::string Maker::collation() {
  return random_.pick(std::vector<std::string>{"C", "POSIX", "und-x-icu", "de-x-icu"});
}

std::optional<Default> Maker::initial(Model& model, const Column& column) {
  if (column.identity || column.generated || random_.chance(60)) return std::nullopt;
  Default made;
  made.k = random_.below(100);
  if (is_integer(column.type) && random_.chance(50)) {
    if (model.sequences.empty() || random_.chance(40)) add_sequence(model);
    made.form = Default::Form::sequence;
    made.target = random_.pick(model.sequences).id;
  } else if (family_of(model, column.type) == Family::moment && column.type.user == 0 &&
             base_types()[static_cast<std::size_t>(column.type.base)].name != "time") {
    made.form = Default::Form::clock;
  } else {
    for (const Routine& routine : model.routines)
      if (routine.use == Use::source && routine.type == column.type && random_.chance(60)) {
        made.form = Default::Form::function;
        made.target = routine.id;
      }
  }
  return made;
}

void Maker::add_column(const Model& model, Table& table) {
  std::set<std::string> taken;
  for (const Column& other : all_columns(model, table)) taken.insert(other.name);
  Column column;
  column.id = next();
  column.name = names_.column(taken);
  column.comment = comment();
  column.type = table.columns.empty() && random_.chance(60)
                    ? plain_type(random_.pick(std::vector<std::string>{"int", "bigint", "uuid"}))
                    : type(model);
  column.nullable = random_.chance(40);
  if (is_collatable(model, column.type) && random_.chance(15)) column.collation = collation();
  if (is_variable(model, column.type)) {
    if (random_.chance(10))
      column.storage = random_.pick(std::vector<std::string>{"plain", "external", "main"});
    if (random_.chance(8)) column.compression = random_.chance(50) ? "pglz" : "lz4";
  }
  if (random_.chance(6)) column.statistics = random_.between(0, 1000);
  if (random_.chance(4)) column.n_distinct = random_.between(1, 100);
  if (is_integer(column.type) && random_.chance(20)) {
    column.identity = true;
    column.by_default = random_.chance(40);
    column.nullable = false;
    column.counting = counting();
  } else if (!table.columns.empty() && random_.chance(8)) {
    const Column& source = random_.pick(table.columns);
    if (!source.generated) {
      column.generated = expression({source.id});
      for (const Routine& routine : model.routines)
        if (routine.use == Use::mapper && routine.type == source.type && random_.chance(50))
          column.generated->function = routine.id;
      column.type = column.generated->function != 0
                        ? source.type
                        : computed(model, source.type, "c", column.generated->form, 0).type;
      column.nullable = true;
      column.collation.clear();
      column.storage.clear();
      column.compression.clear();
    }
  }
  table.columns.push_back(column);
}

Expression Maker::expression(const std::vector<Id>& columns) {
  Expression made;
  made.columns = columns;
  made.form = random_.below(100);
  made.k = random_.below(100);
  return made;
}

}  // namespace schemac::property
