#pragma once
// Makes parts of models: whole ones from nothing, single ones for edits.

#include "tests/property/model.h"
#include "tests/property/names.h"
#include "tests/property/random.h"

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

  // Parts of one relation. Nothing is added where nothing suits.
  void add_column(const Model& model, Table& table);
  void add_constraint(Model& model, Table& table);
  void add_index(const Model& model, Relation& relation);
  void add_trigger(Model& model, Id relation);

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
  Expression expression(const std::vector<Id>& columns);
  void choose_options(Routine& routine);

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

}  // namespace schemac::property
