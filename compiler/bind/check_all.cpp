// Rules that need the whole catalog.
#include <algorithm>
#include <unordered_map>

#include "compiler/bind/bind_diags.h"
#include "compiler/bind/catalog_names.h"
#include "compiler/bind/check_privileges.h"
#include "compiler/bind/check_text.h"
#include "compiler/names/auto_name.h"

namespace schemac {
namespace {

constexpr std::string_view kNotNull = "not null";

std::string joined(const List& columns) {
  std::string out;
  for (const Value& column : columns)
    out += (out.empty() ? "" : ", ") + dsl_ident(column.ident()->text);
  return out;
}

// Columns that stand for columns elsewhere; what names columns elsewhere alone only lists them.
bool has_reference(const KindInfo& kind) {
  const auto names = [&](Refers what) {
    return std::any_of(kind.fields.begin(), kind.fields.end(),
                       [&](const FieldInfo& field) { return field.refers == what; });
  };
  return names(Refers::column) && names(Refers::ref_column);
}

class Checker {
 public:
  Checker(Binding& binding, Catalog& catalog, CatalogNames& names)
      : binding_(binding), catalog_(catalog), names_(names) {}

  void check_all();

 private:
  const Object* object_of(const Draft& draft) const { return catalog_.find(draft.object.id); }

  void check_column(const ColumnMention& mention);
  void complete_reference(Draft& draft);
  void check_reference(const Draft& draft);
  void check_key(const Draft& draft);
  void check_presence(const Draft& draft);
  void report_nullable(const Draft& draft, const Object& relation, const std::string& column,
                       const Diag<std::string_view>& diag, const char* label);
  void check_was(const Draft& draft);
  void check_above(const Draft& draft);
  void check_body(const Draft& draft);
  const Draft* draft_of(const Object& object);

  Binding& binding_;
  Catalog& catalog_;
  CatalogNames& names_;
  std::unordered_map<ObjectId, const Draft*, ObjectIdHash> drafts_;
  std::unordered_map<const Object*, const Draft*> primary_;  // the first of each relation
};

// Asked only where something is wrong, so the index is made then.
const Draft* Checker::draft_of(const Object& object) {
  if (drafts_.empty())
    for (const Draft& draft : binding_.drafts) drafts_.emplace(draft.object.id, &draft);
  const auto at = drafts_.find(object.id);
  return at == drafts_.end() ? nullptr : at->second;
}

void Checker::check_column(const ColumnMention& mention) {
  const Draft& draft = binding_.drafts[mention.draft];
  const Object* object = object_of(draft);
  if (object == nullptr) return;
  const Object* relation = nullptr;
  if (mention.refers == Refers::ref_column) {
    const Value* name = referring_value(*object, Refers::relation);
    if (name != nullptr && name->qname() != nullptr)
      relation = names_.relation(*name->qname(), draft.home);
  } else if (mention.refers == Refers::owner_column) {
    const Value* path = referring_value(*object, Refers::owner_column);
    if (path != nullptr && path->list() != nullptr)
      relation = names_.relation({*(*path->list())[0].ident(), *(*path->list())[1].ident()}, {});
  } else {
    relation = names_.relation_of(*object);
  }
  const auto* columns = relation == nullptr ? nullptr : names_.column_names(*relation);
  if (columns == nullptr || columns->contains(mention.name.text)) return;
  const std::vector<std::string_view> candidates(columns->begin(), columns->end());
  binding_.report({unknown_column(mention.name.text, to_string(relation->id)), mention.at,
                   suggestion(mention.name.text, candidates)});
  binding_.drafts[mention.draft].broken = true;
}

// A reference without columns means the primary key.
void Checker::complete_reference(Draft& draft) {
  const auto fields = draft.kind->fields;
  if (!has_reference(*draft.kind)) return;
  Object* object = catalog_.find(draft.object.id);
  if (object == nullptr) return;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].refers != Refers::ref_column || !object->values[i].absent()) continue;
    const Value* name = referring_value(*object, Refers::relation);
    if (name == nullptr || name->qname() == nullptr) return;
    const Object* relation = names_.relation(*name->qname(), draft.home);
    if (relation == nullptr) return;
    for (const Object* key : names_.keys(*relation)) {
      if (key->kind().identifies != Identifies::primary) continue;
      List columns;
      const auto names = CatalogNames::key_of(*key);
      for (const std::string& column : *names) columns.push_back(Ident(column));
      object->values.set(i, std::move(columns));
    }
    if (!object->values[i].absent()) continue;
    const Draft* other = draft_of(*relation);
    if (other == nullptr || !other->broken) {
      binding_.report({no_primary_key(to_string(relation->id)), draft.object.declared_at,
                       "name the columns: `references " + path_to_string(relation->id) + " (…)`"});
      draft.broken = true;
    }
  }
}

void Checker::check_reference(const Draft& draft) {
  if (draft.broken || !has_reference(*draft.kind)) return;
  const Object* object = object_of(draft);
  if (object == nullptr) return;
  const Value* theirs = referring_value(*object, Refers::ref_column);
  const Value* name = referring_value(*object, Refers::relation);
  const Value* ours = referring_value(*object, Refers::column);
  if (theirs == nullptr || theirs->list() == nullptr || name->qname() == nullptr) return;
  const Object* relation = names_.relation(*name->qname(), draft.home);
  if (relation == nullptr) return;
  if (ours != nullptr && ours->list() != nullptr &&
      ours->list()->size() != theirs->list()->size()) {
    const std::string count = std::to_string(ours->list()->size());
    return binding_.report(
        {column_count(count, std::to_string(theirs->list()->size())), draft.object.declared_at});
  }
  std::vector<std::string> wanted;
  for (const Value& column : *theirs->list()) wanted.push_back(column.ident()->text);
  std::sort(wanted.begin(), wanted.end());
  for (const Object* candidate : names_.keys(*relation)) {
    auto key = *CatalogNames::key_of(*candidate);
    std::sort(key.begin(), key.end());
    if (key == wanted) return;
  }
  if (names_.column_names(*relation) == nullptr) return;
  const Draft* other = draft_of(*relation);
  std::vector<Label> labels;
  if (other != nullptr) labels.push_back({other->name_span, "declared here"});
  binding_.report({no_matching_key(to_string(relation->id)), draft.object.declared_at,
                   "add `unique (" + joined(*theirs->list()) + ");` to it", std::move(labels)});
}

// Columns of a primary key are never NULL.
void Checker::check_key(const Draft& draft) {
  if (draft.kind->identifies != Identifies::primary) return;
  const Object* object = object_of(draft);
  if (object == nullptr) return;
  const Object* relation = names_.relation_of(*object);
  const auto columns = CatalogNames::key_of(*object);
  if (relation == nullptr || !columns) return;
  const auto [first, added] = primary_.emplace(relation, &draft);
  if (!added)
    binding_.report({second_primary_key(to_string(relation->id)),
                     draft.object.declared_at,
                     "",
                     {{first->second->object.declared_at, "here"}}});
  for (const std::string& name : *columns)
    report_nullable(draft, *relation, name, nullable_key, "the primary key");
}

void Checker::report_nullable(const Draft& draft, const Object& relation, const std::string& name,
                              const Diag<std::string_view>& diag, const char* label) {
  const Object* column = names_.column(relation, name);
  if (column == nullptr || column->parent != relation.id) return;
  const FieldIndex nullable = field_index(column->kind(), "nullable");
  if (column->values[nullable].absent()) return;
  const Draft* declared = draft_of(*column);
  if (declared == nullptr) return;
  binding_.report({diag(name),
                   place_of(*declared, nullable),
                   "take the `?` away",
                   {{draft.object.declared_at, label}}});
}

// What is called NOT NULL says more of a column that is: a name, how it holds, or why.
void Checker::check_presence(const Draft& draft) {
  if (draft.kind->keyword != kNotNull) return;
  const Object* object = object_of(draft);
  const Object* relation = object == nullptr ? nullptr : names_.relation_of(*object);
  const Value* columns = relation == nullptr ? nullptr : referring_value(*object, Refers::column);
  if (columns == nullptr || columns->list() == nullptr) return;
  const List& named = *columns->list();
  if (named.size() != 1) {
    binding_.report({one_column(std::to_string(named.size())), draft.object.declared_at});
    return;
  }
  const std::string& column = named.front().ident()->text;
  report_nullable(draft, *relation, column, nullable_not_null, "its constraint");
  const bool silent = object->values.end() - object->values.begin() == 1;  // but for the column
  if (silent && !draft.doc &&
      object->id.name() == make_name(name_parts(*object, catalog_, names_.cache()), 0))
    binding_.report({superfluous_not_null(column), draft.object.declared_at,
                     "leave `not null` away: `?` behind the type allows NULL"});
}

void Checker::check_was(const Draft& draft) {
  if (!draft.object.was || draft.name.empty()) return;
  const auto path = draft.object.id.path();
  const std::size_t last =
      draft.kind->scope == Scope::signature ? path.size() - 2 : path.size() - 1;
  Path former = path;
  former[last] = draft.object.was->text;
  const Object* there = catalog_.find(ObjectId(*draft.kind, former));
  if (there != nullptr && !there->was)  // what has the name by a rename itself leaves it to nobody
    binding_.report({was_still_present(dsl_ident(draft.object.was->text)), draft.name_span});
}

// A routine without a body does nothing that a server would take.
void Checker::check_body(const Draft& draft) {
  if (draft.broken || draft.kind->scope != Scope::signature) return;
  std::string needed;
  for (std::size_t i = 0; i < draft.kind->fields.size(); ++i) {
    const FieldInfo& field = draft.kind->fields[i];
    const bool body = field.shape == Shape::body || field.shape == Shape::statements ||
                      (field.shape == Shape::expr && field.listing == Listing::one);
    if (!body) continue;
    if (!draft.object.values[i].absent()) return;
    if (needed.empty()) needed = "a body: `" + std::string(field.clause) + " $$ … $$`";
  }
  if (!needed.empty()) binding_.report({missing_clause(draft.kind->noun, needed), draft.name_span});
}

void Checker::check_above(const Draft& draft) {
  const Object* object = draft.broken ? nullptr : object_of(draft);
  const Object* relation = object == nullptr ? nullptr : names_.relation_of(*object);
  if (relation == nullptr) return;
  for (std::size_t i = 0; i < draft.kind->fields.size(); ++i) {
    const FieldInfo& field = draft.kind->fields[i];
    const Ident* name = object->values[i].ident();
    if (field.refers != Refers::above || name == nullptr ||
        names_.above(*relation, field, name->text) != nullptr)
      continue;
    binding_.report({unknown_above(name->text, to_string(relation->id)), place_of(draft, i)});
  }
}

void Checker::check_all() {
  for (const ColumnMention& mention : binding_.columns) check_column(mention);
  for (Draft& draft : binding_.drafts) complete_reference(draft);
  check_privileges(binding_, catalog_);
  for (const Draft& draft : binding_.drafts) {
    check_reference(draft);
    check_key(draft);
    check_presence(draft);
    check_was(draft);
    check_above(draft);
    check_body(draft);
  }
  TextChecker texts(binding_, names_);
  for (const TextMention& mention : binding_.texts) texts.check(mention);
}

}  // namespace

void check_all(Binding& binding, Catalog& catalog, CatalogNames& names) {
  Checker(binding, catalog, names).check_all();
}

}  // namespace schemac
