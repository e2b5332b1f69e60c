#pragma once
// A map that can go back to what it was: what is tried on it, as the down part of a migration is,
// leaves no trace, at the cost of what was touched alone.

#include <map>
#include <optional>

namespace schemac::lint {

template <class Key, class Value>
class Journaled {
 public:
  const Value* peek(const Key& key) const {
    const auto at = map_.find(key);
    return at == map_.end() ? nullptr : &at->second;
  }
  // For writing; nullptr where there is none.
  Value* find(const Key& key) {
    const auto at = map_.find(key);
    if (at == map_.end()) return nullptr;
    if (trying_) was_.try_emplace(key, at->second);
    return &at->second;
  }
  Value& make(const Key& key) {
    if (Value* there = find(key)) return *there;
    if (trying_) was_.try_emplace(key);
    return map_[key];
  }
  void erase(const Key& key) {
    if (find(key) != nullptr) map_.erase(key);
  }

  void begin_trying() { trying_ = true; }
  void take_back() {
    for (auto& [key, value] : was_)
      if (value)
        map_.insert_or_assign(key, std::move(*value));
      else
        map_.erase(key);
    was_.clear();
    trying_ = false;
  }

  auto begin() const { return map_.begin(); }
  auto end() const { return map_.end(); }

 private:
  std::map<Key, Value> map_;
  std::map<Key, std::optional<Value>> was_;
  bool trying_ = false;
};

}  // namespace schemac::lint
