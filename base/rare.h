#pragma once
// What few have: where it is absent it costs a pointer.

#include <initializer_list>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace schemac {

// A value that is mostly absent.
template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Rare(std::optional<T> value) {
    if (value) *this = std::move(*value);
  }
  Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }

  explicit operator bool() const { return value_ != nullptr; }
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  void reset() { value_.reset(); }
  bool operator==(const Rare& other) const {
    return value_ == nullptr || other.value_ == nullptr ? value_ == other.value_
                                                        : *value_ == *other.value_;
  }

 private:
  std::unique_ptr<T> value_;
};

// A list that is mostly empty.
template <class T>
class RareList {
 public:
  RareList() = default;
  RareList(std::vector<T> items)
      : items_(items.empty() ? nullptr : std::make_unique<std::vector<T>>(std::move(items))) {}
  RareList(std::initializer_list<T> items) : RareList(std::vector<T>(items)) {}
  RareList(const RareList& other)
      : items_(other.empty() ? nullptr : std::make_unique<std::vector<T>>(*other.items_)) {}
  RareList(RareList&&) noexcept = default;
  RareList& operator=(RareList other) noexcept {
    items_ = std::move(other.items_);
    return *this;
  }

  void push_back(T item) {
    if (items_ == nullptr) items_ = std::make_unique<std::vector<T>>();
    items_->push_back(std::move(item));
  }
  void clear() { items_.reset(); }
  template <class Predicate>
  void erase_if(Predicate predicate) {
    if (items_ != nullptr) std::erase_if(*items_, predicate);
  }

  bool empty() const { return size() == 0; }
  const T* data() const { return begin(); }
  std::size_t size() const { return items_ == nullptr ? 0 : items_->size(); }
  const T& back() const { return items_->back(); }
  T& operator[](std::size_t i) { return (*items_)[i]; }
  const T& operator[](std::size_t i) const { return (*items_)[i]; }
  const T* begin() const { return items_ == nullptr ? nullptr : items_->data(); }
  const T* end() const { return begin() + size(); }

 private:
  std::unique_ptr<std::vector<T>> items_;
};

}  // namespace schemac
