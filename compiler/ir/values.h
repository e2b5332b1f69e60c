#pragma once
// The values of an object's fields.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "compiler/ir/value.h"

namespace schemac {

// One value for each field of a kind, in the order of its fields. Of all that an object could have
// most is absent: what is takes no room. Copies share what they hold until one of them changes.
class Values {
 public:
  // The most fields that a kind can have.
  static constexpr std::size_t kFieldsMax = 64;

  Values() = default;
  // From a list with an item for each field, absent ones included.
  Values(List all);

  const Value& operator[](std::size_t field) const {
    return (present_ >> field & 1) == 0 ? kAbsent : items_[place(field)];
  }
  // An absent value takes the field's away.
  void set(std::size_t field, Value value);

  // With an item for each of so many fields, as a record has them.
  List all(std::size_t fields) const;

  // What is not absent.
  const Value* begin() const { return items_.get(); }
  const Value* end() const { return items_.get() + std::popcount(present_); }

  bool operator==(const Values& other) const;

 private:
  friend class FieldValues;
  static const Value kAbsent;

  std::size_t place(std::size_t field) const {
    return static_cast<std::size_t>(std::popcount(present_ & ((std::uint64_t{1} << field) - 1)));
  }

  std::uint64_t present_ = 0;  // a bit for each field
  std::shared_ptr<Value[]> items_;
};

// The values of fields, of an object or of a record, where it makes no difference. What it was made
// from must outlive it.
class FieldValues {
 public:
  FieldValues(const Values& values) : sparse_(&values) {}
  FieldValues(const List& record) : dense_(&record) {}

  const Value& operator[](std::size_t field) const {
    if (sparse_ != nullptr) return (*sparse_)[field];
    return field < dense_->size() ? (*dense_)[field] : Values::kAbsent;
  }

 private:
  const Values* sparse_ = nullptr;
  const List* dense_ = nullptr;
};

}  // namespace schemac
