#pragma once
// Makes parts of models: whole ones from nothing, single ones for edits.

#include "tests/property/model.h"
#include "tests/property/names.h"
#include "tests/property/random.h"
#include "tests/property/rights.h"

namespace schemac::property {

class Maker {
 public:
  Maker(Random& random, Names& names) : random_(random), names_(names) {}

  // A schema with about `size` objects that stand alone.
  Model make(int size);

  // Each adds one object and what it cannot do without.
  void add_schema(Model& model);
  void add_extension(Model& model);
  void add_enum(Model& model);
  void add_domain(Model& model);
  void add_composite(Model& model);
  void add_sequence(Model& model);
  void add_routine(Model& model);
  void add_routine(Model& model, Use use);
  void add_table(Model& model);
  void add_view(Model& model);
  void add_partitioned(Model& model);
  void add_partition(Model& model);
  void add_heir(Model& model);
  void add_typed(Model& model);
  void add_thing(Model& model);
  void add_thing(Model& model, Sort sort);
  void add_twin(Model& model, Id of);  // a table with the columns of another

  // Parts of one relation. Nothing is added where nothing suits.
  void add_column(const Model& model, Table& table);
  void add_constraint(Model& model, Table& table);
  void add_index(const Model& model, Relation& relation);
  void add_trigger(Model& model, Id relation);
  void add_policy(const Model& model, Table& table);
  void add_note(const Model& model, Table& table);
  void add_inherited(const Model& model, Table& table);
  void add_brought(Extension& extension);
  void add_rule(const Model& model, Relation& relation);
  void add_statistics(const Model& model, Relation& relation);
  void copy_members(const Table& from, Table& to);
  void choose_marks(Table& table);

  // Values that edits change, too.
  Type type(const Model& model, Id before = 1 << 30);
  Label label(const Enum& e);
  Attribute attribute(const Model& model, const Composite& composite);
  DomainCheck domain_check();
  Counting counting();
  std::optional<Default> initial(Model& model, const Column& column);
  std::string collation();
  std::string comment() { return random_.chance(20) ? names_.comment() : ""; }
  void fill_outputs(const Model& model, View& view);
  void fill_storing(const View& view, Output& output);
  std::string state(const std::string& other);  // of a trigger, other than that one
  Expression expression(const std::vector<Id>& columns);
  void choose_options(Routine& routine);
  std::vector<std::string> roles();
  std::string owner();
  Right right(const Model& model, Grantable kind, const std::string& owner, Id relation);
  // To what there is, each with this chance.
  void give_rights(Model& model, int percent);
  void add_default_right(Model& model);
  void fill_policy(const Model& model, const Table& table, Policy& policy);
  RowSecurity security();
  std::optional<Partitioning> partitioning(const Model& model, const Table& table);
  Bounds bounds(const Model& model, const Table& whole);
  void fill_note(const Model& model, const Column& above, ColumnNote& note);
  Id some_table(const Model& model, bool (*suits)(const Table&));

 private:
  template <class T>
  T entity(const char* stem) {
    T made;
    made.id = next();
    made.name = names_.fresh(stem);
    made.comment = comment();
    return made;
  }
  Id next() { return ++last_; }
  Id some_schema(const Model& model) { return random_.pick(model.schemas).id; }
  std::vector<Argument> arguments(const Model& model, int count);
  Id some_routine(Model& model, Use use);
  Id some_thing(Model& model, Sort sort);
  bool fill_cast(Model& model, Thing& thing);
  void add_own_members(Model& model, Id table);
  void shape_routine(const Model& model, Routine& routine);
  void fill_signature(const Model& model, Routine& routine);
  std::optional<Id> some_column(const Model& model, Id relation,
                                bool (*suits)(const Model&, const Type&));
  bool add_foreign_key(const Model& model, Table& table, Constraint constraint);
  std::optional<Constraint> exclusion(const Model& model, const Table& table);
  void choose_output(const Model& model, const View& view, Output& output);

  Random& random_;
  Names& names_;
  Id last_ = 0;
};

// What suits an index: whether `method` with `opclass` takes a key of this type.
bool index_takes(const Model& model, const Type& type, const std::string& method,
                 const std::string& opclass);
// Whether the type can be part of a key that others refer to.
bool is_key_type(const Model& model, const Type& type);
bool has_extension(const Model& model, const std::string& name);
// Whether other tables can inherit from it.
bool can_be_parent(const Table& table);

}  // namespace schemac::property
