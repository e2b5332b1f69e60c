#pragma once
// Edits of a model, as people make them between two revisions.

#include <functional>
#include <map>

#include "tests/property/maker.h"

namespace schemac::property {

class Editor {
 public:
  Editor(Random& random, Names& names, Maker& maker)
      : random_(random), names_(names), maker_(maker) {}

  // `model` after `count` edits, with `was` where something goes on under another name.
  Model edit(const Model& model, int count);

 private:
  void once(Model& model);
  void add(Model& model);
  void add_member(Model& model);
  void drop(Model& model);
  void rename(Model& model);
  void comment(Model& model);

  void edit_enum(Model& model);
  void edit_domain(Model& model);
  void edit_composite(Model& model);
  void edit_sequence(Model& model);
  void edit_routine(Model& model);
  void edit_table(Model& model);
  void edit_column(Model& model);
  void edit_type(Model& model);
  void edit_key_type(Model& model);
  void edit_constraint(Model& model);
  void edit_index(Model& model);
  void edit_trigger(Model& model);
  void edit_view(Model& model);
  void edit_security(Model& model);
  void edit_marks(Model& model);
  void edit_partition(Model& model);
  void edit_partitioning(Model& model);
  void edit_heritage(Model& model);
  void edit_note(Model& model);
  void edit_inherited(Model& model);
  void edit_rights(Model& model);
  void edit_default_rights(Model& model);
  void edit_brought(Model& model);
  void edit_thing(Model& model);
  void edit_extras(Model& model);

  void move_index(Model& model);
  void move_schema(Model& model);
  void replace_by_view(Model& model);
  void replace_column(Model& model);
  void replace_type(Model& model);
  void swap_names(Model& model);

  bool place(Model& model, Table& table, Id whole);
  void move_partition(Model& model, Table& table);
  void attach(Model& model);
  static void keep_own(const Model& before, Model& after);
  static void keep_what_moves(const Model& before, Model& after);
  void change_type(Model& model, Column& column, const Type& type);
  void set_name(Entity& entity, const std::string& name);
  Table* some_table(Model& model);

  Random& random_;
  Names& names_;
  Maker& maker_;
  std::map<Id, std::string> former_;  // names before the first edit
};

// Calls `visit` with every entity that has a name and a comment of its own.
void visit_entities(Model& model, const std::function<void(Entity&)>& visit);

}  // namespace schemac::property
