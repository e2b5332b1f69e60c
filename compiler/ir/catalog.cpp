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
  // Never taken apart: that takes as long as to fill them, at the end of a program.
  static auto& tables = *new std::array<Table, 16>;
  const auto text = std::hash<std::string_view>();
  const std::size_t hash = text(key) ^ (text(kind.name) << 1);
  Table& table = tables[(hash >> 32) % tables.size()];
  const std::lock_guard lock(table.mutex);
  ObjectId id;
  id.entry_ = &*table.entries.insert({&kind, std::move(key), hash}).first;
  return id;
}

ObjectId::ObjectId(const KindInfo& kind, std::span<const std::string_view> path) {
  std::size_t size = path.size();
  for (const std::string_view part : path) size += part.size();
  std::string key;
  key.reserve(size);
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

Path ObjectId::path() const {
  Path parts;
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
    // `to app`, `from public`, `for selinux`: the first words among its fields.
    const auto words = std::find_if(id.kind().fields.begin(), id.kind().fields.end(),
                                    [](const FieldInfo& field) { return !field.clause.empty(); });
    return to_string(ObjectId::from_key(*target, key)) + " " + std::string(words->clause) + " " +
           std::string(parts.back());
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
  if (Object* known = find(object.id)) return *known = std::move(object);
  index_.insert(object.id, static_cast<std::uint32_t>(objects_.size()));
  objects_.push_back(std::move(object));
  return objects_.back();
}

void Catalog::erase(const ObjectId& id) {
  const std::uint32_t hole = number_of(id);
  if (hole == IdIndex::kNone) return;
  index_.erase(objects_[hole].id, hole);
  const auto last = static_cast<std::uint32_t>(objects_.size() - 1);
  if (hole != last) {
    index_.renumber(objects_[last].id, last, hole);
    objects_[hole] = std::move(objects_[last]);
  }
  objects_.pop_back();
}

const Object* Catalog::find(const ObjectId& id) const {
  const std::uint32_t at = number_of(id);
  return at == IdIndex::kNone ? nullptr : &objects_[at];
}

Object* Catalog::find(const ObjectId& id) {
  const std::uint32_t at = number_of(id);
  return at == IdIndex::kNone ? nullptr : &objects_[at];
}

void Catalog::sort() {
  const auto by_id = [](const Object& a, const Object& b) { return a.id < b.id; };
  if (!std::is_sorted(objects_.begin(), objects_.end(), by_id))
    std::sort(objects_.begin(), objects_.end(), by_id);
  index_.clear();
  index_.reserve(objects_.size());
  for (std::uint32_t i = 0; i < objects_.size(); ++i) index_.insert(objects_[i].id, i);
}

Children::Children(const Catalog& catalog) {
  // Members of a family are counted, then put side by side.
  std::vector<const ObjectId*> parents;
  std::vector<std::uint32_t> family;
  for (const Object& object : catalog.objects()) {
    if (object.parent.empty()) continue;
    const auto known = [&](std::uint32_t i) -> const ObjectId& { return *parents[i]; };
    std::uint32_t of = index_.find(object.parent, known);
    if (of == IdIndex::kNone) {
      of = static_cast<std::uint32_t>(parents.size());
      parents.push_back(&object.parent);
      index_.insert(object.parent, of);
      ends_.push_back(0);
    }
    family.push_back(of);
    ++ends_[of];
  }
  std::uint32_t sum = 0;
  for (std::uint32_t& end : ends_) sum = std::exchange(end, sum) + sum;
  children_.resize(sum);
  std::size_t next = 0;
  for (const Object& object : catalog.objects())
    if (!object.parent.empty()) children_[ends_[family[next++]]++] = &object;
  const auto order = [](const Object* a, const Object* b) {
    if (a->kind().rank != b->kind().rank) return a->kind().rank < b->kind().rank;
    if (a->position != b->position) return a->position < b->position;
    return a->id < b->id;
  };
  for (std::size_t i = 0; i < ends_.size(); ++i)
    std::sort(children_.begin() + (i == 0 ? 0 : ends_[i - 1]), children_.begin() + ends_[i], order);
}

std::span<const Object* const> Children::of(const ObjectId& id) const {
  const std::uint32_t family = family_of(id);
  if (family == IdIndex::kNone) return {};
  const std::uint32_t begin = family == 0 ? 0 : ends_[family - 1];
  return std::span(children_).subspan(begin, ends_[family] - begin);
}

}  // namespace schemac
