#include "compiler/ir/values.h"

#include <algorithm>
#include <cassert>

namespace schemac {

const Value Values::kAbsent;

Values::Values(List all) {
  assert(all.size() <= kFieldsMax);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!all[i].absent()) present_ |= std::uint64_t{1} << i;
  if (present_ == 0) return;
  items_ = std::make_shared<Value[]>(static_cast<std::size_t>(std::popcount(present_)));
  Value* next = items_.get();
  for (Value& value : all)
    if (!value.absent()) *next++ = std::move(value);
}

void Values::set(std::size_t field, Value value) {
  assert(field < kFieldsMax);
  const std::uint64_t bit = std::uint64_t{1} << field;
  if ((present_ & bit) == 0 && value.absent()) return;
  const std::size_t at = place(field);
  if ((present_ & bit) != 0 && !value.absent() && items_.use_count() == 1) {
    items_[at] = std::move(value);
    return;
  }
  const Values old = std::exchange(*this, {});
  present_ = value.absent() ? old.present_ & ~bit : old.present_ | bit;
  if (present_ == 0) return;
  items_ = std::make_shared<Value[]>(static_cast<std::size_t>(std::popcount(present_)));
  Value* next = std::copy_n(old.begin(), at, items_.get());
  if (!value.absent()) *next++ = std::move(value);
  std::copy(old.begin() + at + ((old.present_ & bit) != 0 ? 1 : 0), old.end(), next);
}

List Values::all(std::size_t fields) const {
  List list(fields);
  for (std::size_t i = 0; i < fields; ++i) list[i] = (*this)[i];
  return list;
}

bool Values::operator==(const Values& other) const {
  return present_ == other.present_ &&
         (items_ == other.items_ || std::equal(begin(), end(), other.begin()));
}

}  // namespace schemac
