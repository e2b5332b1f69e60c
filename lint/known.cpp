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

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return folded(c); });
  return text;
}

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t begin = i;
    while (i < text.size() && is_word(text[i])) ++i;
    if (i > begin) words.insert(folded(text.substr(begin, i - begin)));
  }
  return words;
}

template <class Key>
const std::set<QName>& places(const std::map<Key, std::set<QName>>& all, const Key& key) {
  static const std::set<QName> none;
  const auto at = all.find(key);
  return at == all.end() ? none : at->second;
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
  for (const QName& read : relation.reads) reading_[read].insert(relation.name);
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
  std::set<QName> others = places(referring_, from);
  others.merge(std::set<QName>(places(reading_, from)));
  others.insert(was->children.begin(), was->children.end());
  if (was->parent) others.insert(*was->parent);
  others.erase(from);
  Relation moved = *was;
  moved.name = to;
  relations_.erase(from);
  Relation& renamed = relations_.make(to);
  renamed = std::move(moved);
  for (const Index& index : renamed.indexes) note_index(to, index.name);
  for (const QName& read : renamed.reads) reading_[read].insert(to);
  const auto move = [&](QName& name) {
    if (name == from) name = to;
  };
  for (Constraint& constraint : renamed.constraints) {
    move(constraint.other);
    if (!constraint.other.empty()) note_reference(to, constraint.other);
  }
  for (const QName& name : others) {
    Relation* relation = find(name);
    if (relation == nullptr) continue;
    for (Constraint& constraint : relation->constraints) move(constraint.other);
    for (QName& child : relation->children) move(child);
    if (relation->parent) move(*relation->parent);
    if (relation->default_partition) move(*relation->default_partition);
    if (relation->reads.erase(from) > 0) relation->reads.insert(to);
    std::set<std::pair<QName, std::string>> columns;
    for (const auto& [of, column] : relation->read_columns)
      columns.emplace(of == from ? to : of, column);
    relation->read_columns = std::move(columns);
  }
  referring_[to].merge(std::set<QName>(places(referring_, from)));
  reading_[to].merge(std::set<QName>(places(reading_, from)));
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
  for (const QName& holder : places(index_holders_, name))
    if (Relation* relation = find(holder);
        relation != nullptr && relation->index(name.name.text) != nullptr)
      return relation;
  return nullptr;
}

std::vector<Relation*> Known::referring_to(const QName& name) {
  std::vector<Relation*> found;
  for (const QName& other : places(referring_, name)) {
    const Relation* relation = peek(other);
    if (relation != nullptr &&
        std::any_of(relation->constraints.begin(), relation->constraints.end(),
                    [&](const Constraint& c) { return c.other == name; }))
      found.push_back(find(other));
  }
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
  for (const QName& view : places(reading_, name))
    if (const Relation* relation = peek(view); relation != nullptr && reads(*relation))
      found.push_back(relation);
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

void Known::note_body(const Function& function) {
  for (const std::string& word : words_of(function.body))
    functions_with_[word].insert(function.name);
}

std::vector<const Function*> Known::bodies_with(const std::vector<std::string>& words) const {
  std::vector<const Function*> found;
  for (const QName& name : places(functions_with_, folded(words.front()))) {
    const std::vector<Function>* overloads = routines_.peek(name);
    if (overloads == nullptr) continue;
    for (const Function& function : *overloads) {
      const std::set<std::string> has = words_of(function.body);
      if (std::all_of(words.begin(), words.end(),
                      [&](const std::string& word) { return has.contains(folded(word)); }))
        found.push_back(&function);
    }
  }
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
