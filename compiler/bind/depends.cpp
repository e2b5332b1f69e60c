// Dependencies: from the fields that refer and from the names in SQL texts.
#include <algorithm>

#include "compiler/bind/bind.h"
#include "compiler/bind/catalog_names.h"
#include "compiler/ir/shell.h"
#include "compiler/parse/type_parser.h"

namespace schemac {
namespace {

class Finder {
 public:
  Finder(CatalogNames& names, const Object& object)
      : names_(names), object_(object), home_(CatalogNames::home_of(object)) {}

  std::vector<Edge> find();

 private:
  void add(const Object* target, EdgeKind kind = EdgeKind::hard);
  void add_schema(std::string_view name);
  void add_home();
  void add_one_of(const std::vector<const Object*>& targets);
  void keep_own(std::vector<const Object*>& routines) const;
  void add_for_type(const KindInfo& kind, const Value& type);
  void add_reference(const FieldInfo& field, const Value& value);
  void add_referenced_key();
  void add_column(const Object* relation, const Ident& name);
  void add_text(const FieldInfo& field, const SqlText& text);
  void add_body();
  void add_facts(const TextFacts& facts, EdgeKind kind);
  void add_column_use(const ColumnUse& use, EdgeKind kind);
  bool add_column_of(const Object* relation, const ColumnUse& use, EdgeKind kind);
  bool is_own(const Object& target) const;

  CatalogNames& names_;
  const Object& object_;
  std::string_view home_;
  std::vector<Edge> edges_;
};

// Whether the target is what the object stands in, it comes and goes with that anyway, or a part of
// its own: a column by which a table is partitioned, unless it has that from another.
bool Finder::is_own(const Object& target) const {
  if (target.parent == object_.id) return true;
  const Object* own = &object_;
  while (own != nullptr) {
    if (own->id == target.id) return true;
    own = own->parent.empty() ? nullptr : names_.parent_of(*own);
  }
  return false;
}

void Finder::add(const Object* target, EdgeKind kind) {
  if (target != nullptr && !is_own(*target)) edges_.push_back({target->id, kind});
}

// Nothing hangs on what is said of schema `public`, because every database has it.
void Finder::add_schema(std::string_view name) {
  if (name != kPublic) add(names_.schema(name));
}

void Finder::add_home() {
  if (!object_.kind().parents.empty()) return;
  if (object_.kind().scope == Scope::schema || object_.kind().scope == Scope::signature)
    add_schema(object_.id.path().front());
}

void Finder::add_column(const Object* relation, const Ident& name) {
  if (relation == nullptr) return;
  if (const Object* column = names_.column(*relation, name.text)) add(column);
}

// What a kind without names has for a type in the language of this object: its name is made of
// those two.
void Finder::add_for_type(const KindInfo& kind, const Value& type) {
  const FieldIndex own = field_index(object_.kind(), "language");
  const Value& written = object_.values[own];
  std::vector<Value> values(kind.fields.size());
  values[field_index(kind, "type")] = type;
  values[field_index(kind, "language")] =
      written.absent() ? Value(Ident(std::string(object_.kind().fields[own].absent))) : written;
  for (const Object* target : names_.objects(kind, {{}, Ident(kind.signature(values))}, home_))
    add(target);
}

// Of several that share a name only their types would tell which is meant.
void Finder::add_one_of(const std::vector<const Object*>& targets) {
  for (const Object* target : targets)
    add(target, targets.size() == 1 ? EdgeKind::hard : EdgeKind::weak);
}

// Of functions with one name, a type needs the one that speaks of it.
void Finder::keep_own(std::vector<const Object*>& routines) const {
  const auto path = object_.id.path();
  const auto speaks = [&](const Object* routine) {
    bool found = false;
    for_each_value(routine->kind().fields, routine->values,
                   [&](const FieldInfo&, const Value& value) {
                     const TypeRef* type = value.type();
                     found = found || (type != nullptr && type->name.schema.text == path[0] &&
                                       type->name.name.text == path[1]);
                   });
    return found;
  };
  if (std::any_of(routines.begin(), routines.end(), speaks))
    std::erase_if(routines, [&](const Object* routine) { return !speaks(routine); });
}

void Finder::add_reference(const FieldInfo& field, const Value& value) {
  switch (field.refers) {
    case Refers::nothing:
    case Refers::brought:
    case Refers::owner_column:
    case Refers::role:
    case Refers::privilege:
    case Refers::granted_on:
      return;
    case Refers::collation:
      return add_one_of(names_.objects(Space::collation, *value.qname(), home_));
    case Refers::operation:
      // Operators promise each other before either is there.
      if (value.qname()->schema.empty() || object_.kind().spaces.operation) return;
      return add_one_of(names_.objects(Space::operation, *value.qname(), home_));
    case Refers::above:
      if (const Object* relation = names_.relation_of(object_))
        add(names_.above(*relation, field, value.ident()->text));
      return;
    case Refers::object: {
      const Ident* name = value.ident();
      const QName written = name == nullptr ? *value.qname() : QName{{}, *name};
      const KindInfo& kind = *find_kind(field.object);
      if (written.schema.empty() && kind.scope != Scope::database) return;
      return add_one_of(names_.objects(kind, written, home_));
    }
    case Refers::schema:
      return add_schema(value.ident()->text);
    case Refers::relation:
      return add(names_.relation(*value.qname(), home_));
    case Refers::type: {
      const QName& name = value.type()->name;
      if (!name.schema.empty()) add(names_.type(name, home_));
      if (!field.object.empty()) add_for_type(*find_kind(field.object), value);
      return;
    }
    case Refers::function: {
      if (value.qname()->schema.empty()) return;
      auto routines = names_.routines(*value.qname(), home_);
      if (starts_as_shell(object_.kind()) && routines.size() > 1) keep_own(routines);
      add_one_of(routines);
      for (const Object* routine : routines)
        if (routine->id.path().back().empty()) add(routine);
      if (routines.empty()) add(names_.extension(Space::routine, *value.qname()));
      return;
    }
    case Refers::column:
      return add_column(names_.relation_of(object_), *value.ident());
    case Refers::ref_column: {
      const Value* relation = referring_value(object_, Refers::relation);
      if (relation != nullptr && relation->qname() != nullptr)
        add_column(names_.relation(*relation->qname(), home_), *value.ident());
      return;
    }
  }
}

// A reference relies on what makes the columns that it refers to unique; where several do, the
// server chooses, and not always the same one.
void Finder::add_referenced_key() {
  const Value* name = referring_value(object_, Refers::relation);
  const Value* columns = referring_value(object_, Refers::ref_column);
  if (name == nullptr || name->qname() == nullptr || columns == nullptr ||
      columns->list() == nullptr || referring_value(object_, Refers::column) == nullptr)
    return;
  const Object* relation = names_.relation(*name->qname(), home_);
  if (relation == nullptr) return;
  std::vector<std::string> wanted;
  for (const Value& column : *columns->list()) wanted.push_back(column.ident()->text);
  std::sort(wanted.begin(), wanted.end());
  for (const Object* candidate : names_.keys(*relation)) {
    auto key = *CatalogNames::key_of(*candidate);
    std::sort(key.begin(), key.end());
    if (key == wanted) add(candidate);
  }
}

bool Finder::add_column_of(const Object* relation, const ColumnUse& use, EdgeKind kind) {
  if (relation == nullptr) return false;
  if (use.name.text == "*") {
    for (const Object* column : names_.columns(*relation)) add(column, kind);
    return true;
  }
  const Object* column = names_.column(*relation, use.name.text);
  add(column, kind);
  return column != nullptr;
}

void Finder::add_column_use(const ColumnUse& use, EdgeKind kind) {
  int level = -1;
  bool found = false;
  for (const ColumnUse::Candidate& candidate : use.candidates) {
    if (found && candidate.level != level) return;  // of an outer query, out of sight
    const Object* relation = names_.relation(candidate.relation, home_);
    if (add_column_of(relation, use, kind)) {
      found = true;
      level = candidate.level;
    } else if (use.qualifier.empty() && relation != nullptr &&
               candidate.relation.name == use.name) {
      for (const Object* column : names_.columns(*relation)) add(column, kind);  // a whole row
      found = true;
      level = candidate.level;
    }
  }
  if (found) return;
  // The row that the text stands on: of a check, an index, a policy, seen from a subquery as well.
  const Object* row = names_.row_of(object_);
  if (row == nullptr) return;
  if (!use.candidates.empty() && !use.qualifier.empty()) return;
  const std::string& qualifier = use.qualifier.text;
  const std::string_view own = row->id.name();
  if (use.name.text == own && qualifier.empty() && names_.column(*row, own) == nullptr) {
    for (const Object* column : names_.columns(*row)) add(column, kind);
  } else if (qualifier.empty() || qualifier == own || qualifier == "old" || qualifier == "new") {
    add_column_of(row, use, kind);
  }
}

void Finder::add_facts(const TextFacts& facts, EdgeKind kind) {
  for (const NameUse& use : facts.uses) {
    switch (use.what) {
      case NameUse::What::relation:
        add(names_.relation(use.name, home_), kind);
        break;
      case NameUse::What::type:
        if (!use.name.schema.empty() || !is_builtin_type(use.name.name.text))
          add(names_.type(use.name, home_), kind);
        break;
      case NameUse::What::function:
        for (const Object* routine : names_.routines(use.name, home_)) add(routine, kind);
        break;
      case NameUse::What::collation:
        for (const Object* collation : names_.objects(Space::collation, use.name, home_))
          add(collation, kind);
        break;
      case NameUse::What::operation:
        // Its operands tell which one is meant, and only a server knows their types.
        for (const Object* operation : names_.objects(Space::operation, use.name, home_))
          add(operation, EdgeKind::weak);
        break;
    }
  }
  for (const ColumnUse& use : facts.columns) add_column_use(use, kind);
}

void Finder::add_text(const FieldInfo& field, const SqlText& text) {
  const TextFacts& facts = names_.cache().facts(text.written, form_of(field.shape));
  if (facts.readable())
    add_facts(facts, field.role == Role::intent ? EdgeKind::weak : EdgeKind::hard);
}

// A body in SQL names what it uses, but the server looks at it only when it runs.
void Finder::add_body() {
  const auto fields = object_.kind().fields;
  const std::string* body = nullptr;
  bool sql = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].shape == Shape::body) body = object_.values[i].text();
    if (fields[i].name == "language") {
      const Ident* language = object_.values[i].ident();
      sql = (language == nullptr ? fields[i].absent : std::string_view(language->text)) == "sql";
    }
  }
  if (body == nullptr || !sql) return;
  const TextFacts& facts = names_.cache().facts(*body, TextForm::statements);
  if (facts.readable()) add_facts(facts, EdgeKind::weak);
}

std::vector<Edge> Finder::find() {
  add_home();
  for_each_value(object_.kind().fields, object_.values,
                 [&](const FieldInfo& field, const Value& value) {
                   if (const SqlText* text = value.sql())
                     add_text(field, *text);
                   else
                     add_reference(field, value);
                 });
  add_referenced_key();
  add_body();
  // A hard edge to a target makes a weak one to it superfluous.
  std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
    if (!(a.target == b.target)) return a.target < b.target;
    return a.kind < b.kind;
  });
  edges_.erase(std::unique(edges_.begin(), edges_.end(),
                           [](const Edge& a, const Edge& b) { return a.target == b.target; }),
               edges_.end());
  return std::move(edges_);
}

}  // namespace

void find_dependencies(Catalog& catalog, CatalogNames& names) {
  for (Object& object : catalog.objects()) object.depends = Finder(names, object).find();
}

void find_dependencies(Catalog& catalog) {
  TextCache cache;
  CatalogNames names(catalog, cache);
  find_dependencies(catalog, names);
}

}  // namespace schemac
