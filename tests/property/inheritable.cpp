// What partitions have from above.
#include <algorithm>
#include <map>

#include "tests/property/repair_tables.h"

namespace schemac::property {

namespace {

// What the server makes the name of an index in a partition of, but for the table, as far as it is
// sure not to be cut.
class Naming {
 public:
  Naming(const Model& model, const Table& table, std::string kind)
      : model_(model), table_(table), text_(std::move(kind)) {}

  void add(Id column) {
    const auto shown = column_of(model_, table_.id, column);
    text_ += "_" + (shown ? shown->name : "expr");
  }
  std::string text() const { return text_.substr(0, kSure); }

 private:
  static constexpr std::size_t kSure = 24;

  const Model& model_;
  const Table& table_;
  std::string text_;
};

std::string naming_of(const Model& model, const Table& table, const Index& index) {
  Naming naming(model, table, "idx");
  for (const IndexKey& key : index.keys) naming.add(key.expression ? 0 : key.column);
  for (const Id id : index.include) naming.add(id);
  return naming.text();
}

std::string naming_of(const Model& model, const Table& table, const Constraint& constraint) {
  Naming naming(model, table, "key");
  for (const auto* columns : {&constraint.columns, &constraint.include})
    for (const Id id : *columns) naming.add(id);
  return naming.text();
}

// All that come to partitions of the table, and what their names there are made of.
void add_inheritable(const Model& model, const Table& table,
                     std::vector<std::pair<Inherited, std::string>>& found) {
  const auto add = [&](const Entity& member, Inherited::What what, const std::string& state,
                       const std::string& naming) {
    Inherited one;
    one.what = what;
    one.of = member.name.empty() ? 0 : member.id;
    one.state = state;
    found.emplace_back(one, naming);
  };
  for (const Index& index : table.indexes)
    add(index, Inherited::What::index, "", naming_of(model, table, index));
  for (const Constraint& c : table.constraints) {
    if (c.kind == ConstraintKind::primary_key) add(c, Inherited::What::index, "", "pkey");
    if (c.kind == ConstraintKind::unique)
      add(c, Inherited::What::index, "", naming_of(model, table, c));
    if (c.kind == ConstraintKind::foreign_key) add(c, Inherited::What::constraint, "", "");
  }
  for (const Trigger& trigger : table.triggers)
    if (trigger.row)
      add(trigger, Inherited::What::trigger, trigger.enabled.empty() ? "enabled" : trigger.enabled,
          "");
}

}  // namespace

std::vector<Inherited> inheritable(const Model& model, const Table& partition) {
  std::vector<std::pair<Inherited, std::string>> all;
  std::map<Id, std::string> states;  // said on the way, the nearest first
  for (const Table* whole = find(model.tables, partition.whole); whole != nullptr;
       whole = find(model.tables, whole->whole)) {
    add_inheritable(model, *whole, all);
    for (const Inherited& one : whole->inherited)
      if (one.what == Inherited::What::trigger) states.emplace(one.of, one.state);
  }
  std::vector<Inherited> found;
  for (auto& [one, naming] : all) {
    // Of several indexes that get the same name but for a number, nobody can say which is which.
    const auto same =
        std::count_if(all.begin(), all.end(), [&, &naming = naming](const auto& other) {
          return !naming.empty() && other.second == naming;
        });
    if (one.of == 0 || same > 1) continue;
    if (const auto said = states.find(one.of); said != states.end()) one.state = said->second;
    found.push_back(one);
  }
  return found;
}

}  // namespace schemac::property
