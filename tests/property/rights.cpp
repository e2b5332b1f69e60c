#include "tests/property/rights.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "tests/property/names.h"
#include "tests/property/things.h"
#include "tests/property/types.h"

namespace schemac::property {

namespace {

using Strings = std::vector<std::string>;

bool is_standard(Grantable kind) {  // everybody has it from the start
  return kind == Grantable::type || kind == Grantable::routine;
}

// The file that declares a table is that of the one that it is a part of.
Id home_of(const Model& model, const Relation& relation) {
  const Table* table = find(model.tables, relation.id);
  while (table != nullptr && table->whole != 0) {
    const Table* whole = find(model.tables, table->whole);
    if (whole == nullptr) break;
    table = whole;
  }
  return table == nullptr ? relation.schema : table->schema;
}

std::string owner_in(const Model& model, const std::string& owner, Id home) {
  const Schema* schema = find(model.schemas, home);
  const std::string named = owner.empty() && schema != nullptr ? schema->file_owner : owner;
  return named.empty() ? "current_user" : named;
}

class RepairRights {
 public:
  explicit RepairRights(Model& model) : model_(model) {}

  bool run() {
    for (Sequence& sequence : model_.sequences)
      if (sequence.owner_table != 0) sequence.owner.clear();
    visit_owned(model_, [&](Owned& owned, Grantable kind, Id home) {
      const std::string owner = owner_in(model_, owned.owner, kind == Grantable::schema ? 0 : home);
      rights(owned.rights, kind, owner, kind == Grantable::relation ? owned.id : 0);
    });
    for (Sequence& sequence : model_.sequences)
      if (const Table* table = find(model_.tables, sequence.owner_table))
        rights(sequence.rights, Grantable::sequence,
               owner_in(model_, table->owner, home_of(model_, *table)), 0);
    for (Table& table : model_.tables)
      for (Column& column : table.columns) {
        if (!column.identity) column.rights.clear();
        rights(column.rights, Grantable::sequence,
               owner_in(model_, table.owner, home_of(model_, table)), 0);
      }
    for (Extension& extension : model_.extensions) brought(extension);
    defaults();
    return changed_;
  }

 private:
  template <class T, class Unfit>
  void drop(std::vector<T>& list, const Unfit& unfit) {
    if (std::erase_if(list, unfit) > 0) changed_ = true;
  }

  void rights(std::vector<Right>& rights, Grantable kind, const std::string& owner, Id relation) {
    std::set<std::tuple<std::string, std::string, Id>> given;
    std::set<std::pair<std::string, bool>> roles;
    drop(rights, [&](const Right& right) {
      if (!roles.emplace(right.role, right.revoked).second) return true;
      if (right.role == "public" && right.option) return true;
      if (!right.revoked)
        return right.role == owner || (right.role == "public" && is_standard(kind));
      return right.option || (right.role == "public" ? !is_standard(kind) : right.role != owner);
    });
    for (Right& right : rights)
      drop(right.on_columns, [&](const std::pair<std::string, Id>& one) {
        return right.revoked || !column_of(model_, relation, one.second) ||
               !given.emplace(right.role, one.first, one.second).second;
      });
    drop(rights,
         [](const Right& right) { return right.privileges.empty() && right.on_columns.empty(); });
  }

  // What the extension's script gave to everybody or to the owner is not for us to give or take,
  // but for what everybody may do with functions.
  void brought(Extension& extension) {
    std::set<int> seen;
    for (Brought& thing : extension.brought) {
      const Grantable kind = brought_things()[static_cast<std::size_t>(thing.which)].kind;
      rights(thing.rights, kind, "current_user", 0);
      drop(thing.rights, [&](const Right& right) {
        return right.revoked ? right.role != "public" : right.role == "public";
      });
    }
    drop(extension.brought, [&](const Brought& thing) {
      return thing.rights.empty() || !seen.insert(thing.which).second;
    });
  }

  void defaults() {
    std::set<std::tuple<std::string, Id, std::string, std::string>> given;
    drop(model_.default_rights, [&](const DefaultRight& d) {
      return (d.schema != 0 && find(model_.schemas, d.schema) == nullptr) ||
             !given.emplace(d.maker, d.schema, d.objects, d.right.role).second;
    });
  }

  Model& model_;
  bool changed_ = false;
};

std::string list(const Strings& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

const Strings& role_names() {
  static const Strings kRoles{"app", "reporting", "Night Watch"};
  return kRoles;
}

std::span<const BroughtThing> brought_things() {
  static constexpr BroughtThing kThings[] = {
      {"pg_trgm", "function similarity(text, text)", Grantable::routine},
      {"pg_trgm", "function show_trgm(text)", Grantable::routine},
      {"citext", "function regexp_match(citext, citext)", Grantable::routine},
      {"btree_gist", "function cash_dist(money, money)", Grantable::routine},
      {"pg_stat_statements", "table pg_stat_statements", Grantable::relation},
      {"postgres_fdw", "function postgres_fdw_disconnect_all()", Grantable::routine},
      {"postgres_fdw", "foreign data wrapper postgres_fdw", Grantable::access}};
  return kThings;
}

void visit_owned(Model& model, const std::function<void(Owned&, Grantable, Id)>& visit) {
  for (std::size_t i = 1; i < model.schemas.size(); ++i)
    visit(model.schemas[i], Grantable::schema, model.schemas[i].id);
  for (Enum& e : model.enums) visit(e, Grantable::type, e.schema);
  for (Domain& domain : model.domains) visit(domain, Grantable::type, domain.schema);
  for (Composite& composite : model.composites) visit(composite, Grantable::type, composite.schema);
  for (Sequence& sequence : model.sequences)
    if (sequence.owner_table == 0) visit(sequence, Grantable::sequence, sequence.schema);
  for (Routine& routine : model.routines) visit(routine, Grantable::routine, routine.schema);
  for (Table& table : model.tables) visit(table, Grantable::relation, home_of(model, table));
  for (View& view : model.views) visit(view, Grantable::relation, view.schema);
  for (Thing& thing : model.things)
    if (has_owner(thing.sort))
      visit(thing, granted_on(thing.sort),
            thing.schema == 0 ? model.schemas.front().id : thing.schema);
}

const Strings& privileges_of(Grantable kind) {
  static const Strings kNone, kSchema{"create", "usage"}, kType{"usage"}, kRoutine{"execute"},
      kSequence{"select", "update", "usage"},
      kRelation{"select", "insert", "update", "delete", "truncate", "references", "trigger"};
  switch (kind) {
    case Grantable::schema:
      return kSchema;
    case Grantable::type:
      return kType;
    case Grantable::sequence:
      return kSequence;
    case Grantable::routine:
      return kRoutine;
    case Grantable::relation:
      return kRelation;
    case Grantable::access:
      return kType;
    case Grantable::nothing:
      return kNone;
  }
  return kNone;
}

const char* word_for(Grantable kind) {
  switch (kind) {
    case Grantable::schema:
      return "schemas";
    case Grantable::type:
      return "types";
    case Grantable::sequence:
      return "sequences";
    case Grantable::routine:
      return "functions";
    case Grantable::relation:
      return "tables";
    case Grantable::access:
    case Grantable::nothing:
      break;
  }
  return "";
}

std::string write_rights(const Model& model, const std::vector<Right>& rights, Id relation,
                         const std::string& indent) {
  std::string text;
  for (const Right& right : rights) {
    Strings privileges = right.privileges;
    for (const auto& [privilege, column] : right.on_columns)
      privileges.push_back(privilege + " (" + quoted(column_of(model, relation, column)->name) +
                           ")");
    const std::string role =
        right.role == "public" || right.role == "current_user" ? right.role : quoted(right.role);
    text += indent + (right.revoked ? "revoke " : "grant ") + list(privileges) +
            (right.revoked ? " from " : " to ") + role +
            (right.option ? " with grant option" : "") + ";\n";
  }
  return text;
}

std::string write_owned(const Model& model, const Owned& owned, Id relation,
                        const std::string& indent) {
  std::string text;
  if (!owned.owner.empty())
    text = indent + "owner " + (owned.owner == "current_user" ? owned.owner : quoted(owned.owner)) +
           ";\n";
  return text + write_rights(model, owned.rights, relation, indent);
}

std::string block(const std::string& members, const std::string& indent) {
  return members.empty() ? ";\n" : " {\n" + members + indent + "}\n";
}

std::string write_default_right(const Model& model, const DefaultRight& d) {
  const Right& right = d.right;
  std::string text = "default privileges";
  if (!d.maker.empty()) text += " for role " + quoted(d.maker);
  if (d.schema != 0) text += " in schema " + quoted(find(model.schemas, d.schema)->name);
  text += (right.revoked ? " revoke " : " grant ") + list(right.privileges) + " on " + d.objects +
          (right.revoked ? " from " : " to ");
  text += right.role == "public" ? right.role : quoted(right.role);
  return text + (right.option ? " with grant option" : "") + ";\n";
}

bool repair_rights(Model& model) {
  return RepairRights(model).run();
}

void settle_owners(Model& a, Model& b) {
  const auto names_owner = [](Model& model) {
    bool found = false;
    visit_owned(model, [&](Owned& owned, Grantable kind, Id home) {
      const Id file = kind == Grantable::schema ? 0 : home;
      found = found || owner_in(model, owned.owner, file) != "current_user";
    });
    return found;
  };
  if (names_owner(a) == names_owner(b)) return;
  for (Model* model : {&a, &b}) {
    visit_owned(*model, [](Owned& owned, Grantable, Id) { owned.owner.clear(); });
    for (Schema& schema : model->schemas) schema.file_owner.clear();
    while (repair_rights(*model)) {
    }
  }
}

}  // namespace schemac::property
