#pragma once
// Bytes that grow at their end.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace schemac {

// As a string, but one pointer large, whose text stands behind its length: for what there is very
// much of, most of it longer than a string holds in itself.
class Bytes {
 public:
  Bytes() = default;
  Bytes(const Bytes& other) : block_(other.empty() ? nullptr : other.copied(other.size())) {}
  Bytes(Bytes&&) noexcept = default;
  Bytes& operator=(Bytes other) noexcept {
    block_ = std::move(other.block_);
    return *this;
  }

  bool empty() const { return size() == 0; }
  std::uint32_t size() const { return head().size; }
  std::string_view view() const {
    return block_ == nullptr ? std::string_view() : std::string_view(text(), size());
  }

  // Makes room for so many bytes in all.
  void reserve(std::size_t bytes) {
    if (bytes > room()) block_ = copied(bytes);
  }
  void append(std::string_view bytes) {
    if (bytes.empty()) return;
    Head now = head();
    std::unique_ptr<char[]> before;  // may be where `bytes` are
    if (now.size + bytes.size() > now.room) {
      before = std::exchange(block_, copied(std::max<std::size_t>(now.size + bytes.size(),
                                                                  2 * std::size_t{now.size})));
      now = head();
    }
    std::memcpy(block_.get() + sizeof now + now.size, bytes.data(), bytes.size());
    now.size += static_cast<std::uint32_t>(bytes.size());
    std::memcpy(block_.get(), &now, sizeof now);
  }

 private:
  struct Head {
    std::uint32_t size = 0;
    std::uint32_t room = 0;
  };

  Head head() const {
    Head head;
    if (block_ != nullptr) std::memcpy(&head, block_.get(), sizeof head);
    return head;
  }
  std::uint32_t room() const { return head().room; }
  const char* text() const { return block_.get() + sizeof(Head); }

  // A block with what there is and so much room.
  std::unique_ptr<char[]> copied(std::size_t room) const {
    const Head now{size(), static_cast<std::uint32_t>(room)};
    std::unique_ptr<char[]> block(new char[sizeof now + room]);
    std::memcpy(block.get(), &now, sizeof now);
    if (now.size > 0) std::memcpy(block.get() + sizeof now, text(), now.size);
    return block;
  }

  std::unique_ptr<char[]> block_;
};

}  // namespace schemac
