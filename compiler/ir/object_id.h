#pragma once
// What tells one object from all others.

#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/kind.h"

namespace schemac {

// The parts of a path. Few are longer than what stands in the object itself, and paths are asked
// for all the time.
class Path {
 public:
  Path() = default;
  Path(const Path&) = default;
  Path& operator=(const Path&) = default;

  void push_back(std::string_view part) {
    if (size_ == few_.size()) many_.assign(few_.begin(), few_.end());
    if (size_ < few_.size())
      few_[size_] = part;
    else
      many_.push_back(part);
    ++size_;
  }

  std::size_t size() const { return size_; }
  std::string_view* begin() { return size_ > few_.size() ? many_.data() : few_.data(); }
  std::string_view* end() { return begin() + size_; }
  const std::string_view* begin() const { return size_ > few_.size() ? many_.data() : few_.data(); }
  const std::string_view* end() const { return begin() + size_; }
  std::string_view& operator[](std::size_t i) { return begin()[i]; }
  std::string_view operator[](std::size_t i) const { return begin()[i]; }
  std::string_view front() const { return *begin(); }
  std::string_view back() const { return end()[-1]; }

 private:
  std::array<std::string_view, 6> few_;
  std::vector<std::string_view> many_;  // all of them, where they are more
  std::size_t size_ = 0;
};

// Kind and path. A value: printable, hashable, ordered. The path's parts are joined by NUL, the
// one character that no name can hold. Every id of one kind and path shares one entry of a table
// that lives as long as the program, so that a copy costs a pointer and a comparison as well.
class ObjectId {
 public:
  ObjectId() = default;
  ObjectId(const KindInfo& kind, std::span<const std::string_view> path);
  ObjectId(const KindInfo& kind, std::initializer_list<std::string_view> path)
      : ObjectId(kind, std::span(path.begin(), path.size())) {}
  static ObjectId from_key(const KindInfo& kind, std::string key);

  bool empty() const { return entry_ == nullptr; }
  const KindInfo& kind() const { return *entry_->kind; }
  const std::string& key() const;
  Path path() const;
  // Last part of the path, for signature scope the one before it.
  std::string_view name() const;
  // The same on every run, as an order by it would be.
  std::size_t hash() const { return entry_ == nullptr ? 0 : entry_->hash; }

  bool operator==(const ObjectId& other) const { return entry_ == other.entry_; }
  // By the kind's rank, then its name, then the path: the same on every run.
  bool operator<(const ObjectId& other) const;

 private:
  struct Entry {
    const KindInfo* kind;
    std::string key;
    std::size_t hash;
    bool operator==(const Entry& other) const { return kind == other.kind && key == other.key; }
  };
  struct EntryHash {
    std::size_t operator()(const Entry& entry) const { return entry.hash; }
  };

  const Entry* entry_ = nullptr;
};

// `column shop.customer.email`, quoted where the schema language would quote.
std::string to_string(const ObjectId& id);
// The path alone: `shop.customer.email`.
std::string path_to_string(const ObjectId& id);
// An identifier as the schema language writes it: quoted unless it is plain and lower case.
std::string dsl_ident(std::string_view name);

struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const { return id.hash(); }
};

}  // namespace schemac
