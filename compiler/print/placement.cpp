#include "compiler/print/placement.h"

#include <algorithm>
#include <unordered_map>

#include "compiler/names/auto_name.h"
#include "compiler/names/vocabulary.h"

namespace schemac {
namespace {

bool is_comment(const Object& object) {
  return object.kind().documents;
}

std::string name_key(std::string_view scope, std::string_view name) {
  return std::string(scope) + '\0' + std::string(name);
}

bool stands_in(const KindInfo& kind, const KindInfo& parent) {
  if (kind.stands_on != nullptr) return kind.stands_on(parent);
  return std::find(kind.parents.begin(), kind.parents.end(), parent.name) != kind.parents.end();
}

}  // namespace

bool starts_by_a_clause(const KindInfo& kind) {
  return std::any_of(kind.fields.begin(), kind.fields.end(),
                     [&](const FieldInfo& field) { return field.clause == kind.inline_keyword; });
}

Placements::Placements(const Catalog& catalog, const Children& children)
    : catalog_(catalog), children_(children) {
  for (const Object& object : catalog.objects()) {
    const NameSpaces& spaces = object.kind().spaces;
    if (spaces.relation)
      relations_.emplace(name_key(object.id.path().front(), object.id.name()), &object);
    if (spaces.constraint)
      constraints_.emplace(name_key(object.parent.key(), object.id.name()), &object);
  }
  for (const Object& object : catalog.objects()) place_children(object);
  for (auto& [host, clauses] : clauses_)
    std::stable_sort(clauses.begin(), clauses.end(), [](const Object* a, const Object* b) {
      return a->kind().rank < b->kind().rank;
    });
}

const Placement& Placements::of(const Object& object) const {
  static const Placement plain;
  const auto at = placements_.find(&object);
  return at == placements_.end() ? plain : at->second;
}

const std::vector<const Object*>& Placements::clauses(const Object& host) const {
  static const std::vector<const Object*> none;
  const auto at = clauses_.find(&host);
  return at == clauses_.end() ? none : at->second;
}

const Object* Placements::holder(const Object& object, const std::string& name,
                                 bool relation) const {
  const auto& names = relation ? relations_ : constraints_;
  const auto at = names.find(
      name_key(relation ? object.id.path().front() : std::string_view(object.parent.key()), name));
  return at == names.end() ? nullptr : at->second;
}

bool Placements::is_automatic(const Object& object) {
  const KindInfo& kind = object.kind();
  if (kind.naming != Naming::automatic) return false;
  const NameParts parts = name_parts(object, catalog_, cache_);
  for (int number = 0;; ++number) {
    const std::string name = make_name(parts, number);
    if (name == object.id.name()) return true;
    bool taken = false;
    for (const bool relation : {true, false}) {
      if (!(relation ? kind.spaces.relation : kind.spaces.constraint)) continue;
      const Object* other = holder(object, name, relation);
      if (other == nullptr) continue;
      if (!(other->parent == object.parent) || !written_.contains(other)) return false;
      taken = true;
    }
    if (!taken) return false;
  }
}

// The one column that an object is about.
std::string Placements::column_of(const Object& child) {
  const KindInfo& kind = child.kind();
  if (kind.inline_field.empty()) return name_parts(child, catalog_, cache_).second;
  const List* columns = child.value(kind.inline_field).list();
  return columns != nullptr && columns->size() == 1 ? columns->front().ident()->text : "";
}

// The object of which a child about `column` can be a clause: that column, or the parent itself
// where it has no columns.
const Object* Placements::host_of(const Object& parent, const std::string& column) const {
  const KindInfo* columns = members_of(&parent.kind()).anonymous;
  if (columns == nullptr) return &parent;
  return column.empty()
             ? nullptr
             : catalog_.find(ObjectId::from_key(*columns, parent.id.key() + '\0' + column));
}

void Placements::place_children(const Object& parent) {
  std::vector<const Object*> members;
  std::unordered_map<const Object*, std::vector<const Object*>> inlined;
  std::vector<const Object*> hosts{&parent};
  for (const Object* child : children_.of(parent.id)) {
    const KindInfo& kind = child->kind();
    if (is_comment(*child) || !stands_in(kind, parent.kind())) continue;
    if (kind.keyword.empty()) hosts.push_back(child);
    if (kind.inline_keyword.empty()) {
      members.push_back(child);
      continue;
    }
    if (kind.keyword.empty()) {  // there is no other place for it
      placements_[child] = {false, &parent};
      clauses_[&parent].push_back(child);
      continue;
    }
    const auto& own = children_.of(child->id);
    const bool documented = std::any_of(own.begin(), own.end(),
                                        [](const Object* object) { return is_comment(*object); });
    const Object* host = documented ? nullptr : host_of(parent, column_of(*child));
    (host == nullptr ? members : inlined[host]).push_back(child);
  }
  // In the order in which they are written: clauses, then members. What needs its name is a member
  // after all; a written name counts as taken from the start.
  for (const Object* host : hosts) {
    const KindInfo* last = nullptr;
    for (const Object* child : inlined[host]) {
      const KindInfo& kind = child->kind();
      if ((&kind == last && starts_by_a_clause(kind)) || !is_automatic(*child)) {
        members.push_back(child);
        continue;
      }
      last = &kind;
      written_.insert(child);
      placements_[child] = {false, host};
      clauses_[host].push_back(child);
    }
  }
  std::stable_sort(members.begin(), members.end(), [](const Object* a, const Object* b) {
    if (a->kind().rank != b->kind().rank) return a->kind().rank < b->kind().rank;
    return a->position != b->position ? a->position < b->position : a->id < b->id;
  });
  for (const Object* child : members) {
    placements_[child] = {!is_automatic(*child), nullptr};
    written_.insert(child);
  }
}

}  // namespace schemac
