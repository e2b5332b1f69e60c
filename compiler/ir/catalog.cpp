#include "compiler/ir/catalog.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_set>

namespace schemac {

ObjectId ObjectId::from_key(const KindInfo& kind, std::string key) {
  // Nodes stay where they are however a table grows. Several tables keep threads that read two
  // sources out of each other's way.
  struct Table {
    std::mutex mutex;
    std::unordered_set<Entry, EntryHash> entries;
  };
  static std::array<Table, 16> tables;
  const auto text = std::hash<std::string_view>();
  const std::size_t hash = text(key) ^ (text(kind.name) << 1);
  Table& table = tables[(hash >> 32) % tables.size()];
  const std::lock_guard lock(table.mutex);
  ObjectId id;
  id.entry_ = &*table.entries.insert({&kind, std::move(key), hash}).first;
  return id;
}

ObjectId::ObjectId(const KindInfo& kind, const std::vector<std::string_view>& path) {
  std::string key;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0) key += '\0';
    key += path[i];
  }
  *this = from_key(kind, std::move(key));
}

const std::string& ObjectId::key() const {
  static const std::string none;
  return entry_ == nullptr ? none : entry_->key;
}

std::vector<std::string_view> ObjectId::path() const {
  std::vector<std::string_view> parts;
  std::string_view rest = key();
  for (std::size_t at; (at = rest.find('\0')) != std::string_view::npos; rest.remove_prefix(at + 1))
    parts.push_back(rest.substr(0, at));
  parts.push_back(rest);
  return parts;
}

std::string_view ObjectId::name() const {
  std::string_view key = this->key();
  if (kind().scope == Scope::signature) key = key.substr(0, key.rfind('\0'));
  const std::size_t at = key.rfind('\0');
  return at == std::string_view::npos ? key : key.substr(at + 1);
}

bool ObjectId::operator<(const ObjectId& other) const {
  if (entry_ == other.entry_ || other.entry_ == nullptr) return false;
  if (entry_ == nullptr) return true;
  const KindInfo &mine = kind(), &others = other.kind();
  if (mine.rank != others.rank) return mine.rank < others.rank;
  if (&mine != &others) return mine.name < others.name;
  return entry_->key < other.entry_->key;
}

std::string dsl_ident(std::string_view name) {
  bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
  for (char c : name)
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
                      (static_cast<unsigned char>(c) & 0x80) != 0);
  if (plain) return std::string(name);
  std::string quoted = "\"";
  for (char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string path_to_string(const ObjectId& id) {
  const auto parts = id.path();
  std::string out;
  std::size_t first = 0;
  if (stands_on_others(id.kind())) {
    const KindInfo* target = find_kind(parts[0]);
    std::string key = id.key().substr(parts[0].size() + 1);
    if (id.kind().scope == Scope::target) return to_string(ObjectId::from_key(*target, key));
    key.resize(key.size() - parts.back().size() - 1);
    return to_string(ObjectId::from_key(*target, key)) +
           (id.kind().takes_away ? " from " : " to ") + std::string(parts.back());
  }
  if (id.kind().scope == Scope::database && id.kind().naming == Naming::none) return id.key();
  const std::size_t names = id.kind().scope == Scope::signature ? parts.size() - 1 : parts.size();
  const bool spelled = id.kind().naming == Naming::symbol || is_named_by_values(id.kind());
  for (std::size_t i = first; i < names; ++i) {
    if (i > first) out += '.';
    // A symbol, and what stands for a name, is no identifier.
    out += spelled && i + 1 == names ? std::string(parts[i]) : dsl_ident(parts[i]);
  }
  if (id.kind().scope == Scope::signature) out += "(" + std::string(parts.back()) + ")";
  return out;
}

std::string to_string(const ObjectId& id) {
  if (id.empty()) return {};
  return std::string(id.kind().noun) + " " + path_to_string(id);
}

bool can_wait(const Object& constraint) {
  const auto fields = constraint.kind().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].name == "deferrable" && !constraint.values[i].absent()) return true;
  return false;
}

Object& Catalog::add(Object object) {
  const auto [at, inserted] = index_.try_emplace(object.id, objects_.size());
  if (inserted) {
    objects_.push_back(std::move(object));
    return objects_.back();
  }
  return objects_[at->second] = std::move(object);
}

void Catalog::erase(const ObjectId& id) {
  const auto at = index_.find(id);
  if (at == index_.end()) return;
  const std::size_t hole = at->second;
  index_.erase(at);
  if (hole + 1 != objects_.size()) {
    objects_[hole] = std::move(objects_.back());
    index_[objects_[hole].id] = hole;
  }
  objects_.pop_back();
}

const Object* Catalog::find(const ObjectId& id) const {
  const auto at = index_.find(id);
  return at == index_.end() ? nullptr : &objects_[at->second];
}

Object* Catalog::find(const ObjectId& id) {
  const auto at = index_.find(id);
  return at == index_.end() ? nullptr : &objects_[at->second];
}

void Catalog::sort() {
  std::sort(objects_.begin(), objects_.end(),
            [](const Object& a, const Object& b) { return a.id < b.id; });
  for (std::size_t i = 0; i < objects_.size(); ++i) index_[objects_[i].id] = i;
}

Children::Children(const Catalog& catalog) {
  for (const Object& object : catalog.objects())
    if (!object.parent.empty()) children_[object.parent].push_back(&object);
  for (auto& [parent, list] : children_)
    std::sort(list.begin(), list.end(), [](const Object* a, const Object* b) {
      if (a->id.kind().rank != b->id.kind().rank) return a->id.kind().rank < b->id.kind().rank;
      if (a->position != b->position) return a->position < b->position;
      return a->id < b->id;
    });
}

const std::vector<const Object*>& Children::of(const ObjectId& id) const {
  static const std::vector<const Object*> none;
  const auto at = children_.find(id);
  return at == children_.end() ? none : at->second;
}

}  // namespace schemac
