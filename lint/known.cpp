#include "lint/known.h"

#include <algorithm>

namespace schemac::lint {
namespace {

template <class List>
auto* named(List& list, const std::string& name) {
  const auto at =
      std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.name == name; });
  return at == list.end() ? nullptr : &*at;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool has_word(const std::string& text, const std::string& word) {
  const auto same = [](char a, char b) { return folded(a) == folded(b); };
  for (auto at = text.begin();; ++at) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) return false;
    const auto end = at + static_cast<std::ptrdiff_t>(word.size());
    if ((at == text.begin() || !is_word(at[-1])) && (end == text.end() || !is_word(*end)))
      return true;
  }
}

}  // namespace

bool Index::has_expression() const {
  return std::find(keys.begin(), keys.end(), "") != keys.end();
}

Column* Relation::column(const std::string& column_name) {
  return named(columns, column_name);
}

const Column* Relation::column(const std::string& column_name) const {
  return named(columns, column_name);
}

Constraint* Relation::constraint(const std::string& constraint_name) {
  return named(constraints, constraint_name);
}

Index* Relation::index(const std::string& index_name) {
  return named(indexes, index_name);
}

const Constraint* Relation::key() const {
  const auto at = std::find_if(constraints.begin(), constraints.end(), [](const Constraint& c) {
    return c.kind == Constraint::Kind::primary_key;
  });
  return at == constraints.end() ? nullptr : &*at;
}

Relation& Known::relation(const QName& name) {
  Relation& relation = relations_.make(name);
  relation.name = name;
  return relation;
}

Relation& Known::make(Relation made) {
  Relation& relation = relations_.make(made.name);
  relation = std::move(made);
  if (relation.parent) {
    Relation& parent = this->relation(*relation.parent);
    parent.children.push_back(relation.name);
    if (relation.partition) parent.kind = Relation::Kind::partitioned_table;
  }
  return relation;
}

void Known::forget(const QName& name) {
  const Relation* gone = peek(name);
  if (gone == nullptr) return;
  if (gone->parent)
    if (Relation* parent = find(*gone->parent)) {
      std::erase(parent->children, name);
      if (parent->default_partition == name) parent->default_partition.reset();
    }
  for (Relation* other : referring_to(name))
    std::erase_if(other->constraints, [&](const Constraint& c) { return c.other == name; });
  std::vector<std::string> publishing;
  for (const auto& [publication, what] : publications_)
    if (what.tables.contains(name)) publishing.push_back(publication);
  for (const std::string& publication : publishing)
    publications_.make(publication).tables.erase(name);
  relations_.erase(name);
}

void Known::rename(const QName& from, const QName& to) {
  const Relation* was = peek(from);
  if (was == nullptr) return;
  Relation moved = *was;
  moved.name = to;
  relations_.erase(from);
  relations_.make(to) = std::move(moved);
  const auto names_it = [&](const Relation& relation) {
    return relation.parent == from || relation.default_partition == from ||
           relation.reads.contains(from) ||
           std::find(relation.children.begin(), relation.children.end(), from) !=
               relation.children.end() ||
           std::any_of(relation.constraints.begin(), relation.constraints.end(),
                       [&](const Constraint& c) { return c.other == from; });
  };
  std::vector<QName> others;
  for (const auto& [name, relation] : relations_)
    if (names_it(relation)) others.push_back(name);
  const auto move = [&](QName& name) {
    if (name == from) name = to;
  };
  for (const QName& name : others) {
    Relation& relation = *find(name);
    for (Constraint& constraint : relation.constraints) move(constraint.other);
    for (QName& child : relation.children) move(child);
    if (relation.parent) move(*relation.parent);
    if (relation.default_partition) move(*relation.default_partition);
    if (relation.reads.erase(from) > 0) relation.reads.insert(to);
    std::set<std::pair<QName, std::string>> columns;
    for (auto [of, column] : relation.read_columns)
      columns.emplace(of == from ? to : of, std::move(column));
    relation.read_columns = std::move(columns);
  }
  std::vector<std::string> publishing;
  for (const auto& [publication, what] : publications_)
    if (what.tables.contains(from)) publishing.push_back(publication);
  for (const std::string& publication : publishing) {
    Publication& what = publications_.make(publication);
    what.tables.erase(from);
    what.tables.insert(to);
  }
}

std::vector<QName> Known::relations_in(const std::string& schema) const {
  std::vector<QName> found;
  for (const auto& [name, relation] : relations_)
    if (schema.empty() || name.schema.text == schema) found.push_back(name);
  return found;
}

Relation* Known::holder_of_index(const QName& name) {
  for (const auto& [relation_name, relation] : relations_)
    if (relation_name.schema == name.schema &&
        std::any_of(relation.indexes.begin(), relation.indexes.end(),
                    [&](const Index& index) { return index.name == name.name.text; }))
      return find(relation_name);
  return nullptr;
}

std::vector<Relation*> Known::referring_to(const QName& name) {
  std::vector<Relation*> found;
  for (const auto& [other, relation] : relations_)
    if (std::any_of(relation.constraints.begin(), relation.constraints.end(),
                    [&](const Constraint& c) { return c.other == name; }))
      found.push_back(find(other));
  return found;
}

std::vector<std::pair<Relation*, std::string>> Known::columns_of_type(const QName& type) {
  std::vector<std::pair<Relation*, std::string>> found;
  for (const auto& [name, relation] : relations_)
    for (const Column& column : relation.columns)
      if (column.type && column.type->name == type) found.emplace_back(find(name), column.name);
  return found;
}

std::vector<const Relation*> Known::views_of(const QName& name, const std::string& column) const {
  const auto reads = [&](const Relation& view) {
    if (!view.reads.contains(name)) return false;
    if (column.empty()) return true;
    if (view.read_columns.contains({name, column}) || view.read_columns.contains({name, "*"}))
      return true;
    if (!view.read_columns.contains({QName(), column}) &&
        !view.read_columns.contains({QName(), "*"}))
      return false;
    // Unqualified: of another relation, where one is known to have it.
    return std::none_of(view.reads.begin(), view.reads.end(), [&](const QName& other) {
      const Relation* relation = other == name ? nullptr : peek(other);
      return relation != nullptr && relation->column(column) != nullptr;
    });
  };
  std::vector<const Relation*> found;
  for (const auto& [view, relation] : relations_)
    if (reads(relation)) found.push_back(&relation);
  return found;
}

std::vector<Relation*> Known::with_children(Relation& relation) {
  std::vector<Relation*> all{&relation};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const QName& child : all[i]->children)
      if (Relation* found = find(child);
          found != nullptr && std::find(all.begin(), all.end(), found) == all.end())
        all.push_back(found);
  return all;
}

Type& Known::make_type(Type made) {
  Type& type = types_.make(made.name);
  type = std::move(made);
  return type;
}

Known::Below Known::below(const TypeRef& type) const {
  Below result{type, false};
  while (result.type.dimensions == 0) {
    const Type* known = types_.peek(result.type.name);
    if (known == nullptr || known->kind != Type::Kind::domain) break;
    result.constrained = result.constrained || known->constrained;
    result.type = known->base;
  }
  return result;
}

std::vector<const Function*> Known::bodies_with(const std::vector<std::string>& words) const {
  std::vector<const Function*> found;
  for (const auto& [name, overloads] : routines_)
    for (const Function& function : overloads)
      if (!function.body.empty() && std::all_of(words.begin(), words.end(), [&](const auto& word) {
            return has_word(function.body, word);
          }))
        found.push_back(&function);
  return found;
}

bool Known::published(const QName& name) const {
  return std::any_of(publications_.begin(), publications_.end(), [&](const auto& publication) {
    return publication.second.all_tables || publication.second.tables.contains(name);
  });
}

void Known::begin_trying() {
  relations_.begin_trying();
  types_.begin_trying();
  routines_.begin_trying();
  publications_.begin_trying();
}

void Known::take_back() {
  relations_.take_back();
  types_.take_back();
  routines_.take_back();
  publications_.take_back();
}

std::string shown(const QName& name) {
  return name.schema.empty() || name.schema.text == "public"
             ? name.name.text
             : name.schema.text + "." + name.name.text;
}

}  // namespace schemac::lint
