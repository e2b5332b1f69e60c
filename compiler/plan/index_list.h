#pragma once
// A list of indexes, most often very short.

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <utility>

namespace schemac {

// Up to two stand in the list itself: a large plan has millions of such lists.
class IndexList {
 public:
  IndexList() = default;
  IndexList(const IndexList& other) {
    for (const std::uint32_t index : other) push_back(index);
  }
  IndexList(IndexList&& other) noexcept { swap(other); }
  IndexList& operator=(IndexList other) noexcept {
    swap(other);
    return *this;
  }
  ~IndexList() {
    if (room_ > kFew) delete[] many();
  }

  void push_back(std::uint32_t index) {
    if (size_ == room_) grow();
    begin()[size_++] = index;
  }
  template <class Predicate>
  void erase_if(Predicate predicate) {
    size_ = static_cast<std::uint32_t>(std::remove_if(begin(), end(), predicate) - begin());
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  std::uint32_t* begin() { return room_ > kFew ? many() : few_; }
  std::uint32_t* end() { return begin() + size_; }
  const std::uint32_t* begin() const { return room_ > kFew ? many() : few_; }
  const std::uint32_t* end() const { return begin() + size_; }
  std::uint32_t operator[](std::size_t i) const { return begin()[i]; }
  std::uint32_t front() const { return begin()[0]; }
  std::uint32_t back() const { return begin()[size_ - 1]; }

 private:
  static constexpr std::uint32_t kFew = sizeof(std::uintptr_t) / sizeof(std::uint32_t);

  void swap(IndexList& other) noexcept {
    std::swap(size_, other.size_);
    std::swap(room_, other.room_);
    std::swap(few_, other.few_);
  }
  std::uint32_t* many() const {
    std::uint32_t* many = nullptr;
    std::memcpy(&many, few_, sizeof many);
    return many;
  }
  void grow() {
    auto* const grown = new std::uint32_t[std::size_t{2} * room_];
    std::copy(begin(), end(), grown);
    if (room_ > kFew) delete[] many();
    std::memcpy(few_, &grown, sizeof grown);
    room_ *= 2;
  }

  std::uint32_t size_ = 0;
  std::uint32_t room_ = kFew;
  std::uint32_t few_[kFew] = {};  // or the address of more
};

}  // namespace schemac
