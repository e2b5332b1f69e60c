#pragma once
// Finds numbered things by their ids.

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <vector>

#include "compiler/ir/object_id.h"

namespace schemac {

// From an id to the number of the thing that has it. The things themselves, which know their ids,
// stay with the owner, who says how to get from a number to the id: `id_of(number)`. So a place
// costs eight bytes, and no lookup leaves the table until the hash fits.
class IdIndex {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  template <class IdOf>
  std::uint32_t find(const ObjectId& id, const IdOf& id_of) const {
    if (places_.empty()) return kNone;
    const std::uint32_t hash = short_hash(id);
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Place& place = places_[at];
      if (place.number == kNone) return kNone;
      if (place.hash == hash && id_of(place.number) == id) return place.number;
    }
  }

  // `id` is not in it yet.
  void insert(const ObjectId& id, std::uint32_t number) {
    if (2 * (count_ + 1) > places_.size()) grow(std::max<std::size_t>(16, 2 * places_.size()));
    put({short_hash(id), number});
    ++count_;
  }

  // Gives the thing that has `number`, and the id, another number.
  void renumber(const ObjectId& id, std::uint32_t number, std::uint32_t now) {
    place_of(id, number).number = now;
  }

  void erase(const ObjectId& id, std::uint32_t number) {
    Place* hole = &place_of(id, number);
    // What stands behind a hole because its own place was taken moves up.
    for (std::size_t at = index_of(*hole);;) {
      at = (at + 1) & mask();
      const Place& next = places_[at];
      if (next.number == kNone) break;
      const std::size_t wanted = next.hash & mask();
      if (((at - wanted) & mask()) < ((at - index_of(*hole)) & mask())) continue;
      *hole = next;
      hole = &places_[at];
    }
    *hole = {};
    --count_;
  }

  void reserve(std::size_t count) {
    std::size_t size = 16;
    while (size < 2 * count) size *= 2;
    if (size > places_.size()) grow(size);
  }

  void clear() {
    places_.clear();
    count_ = 0;
  }

 private:
  struct Place {
    std::uint32_t hash = 0;
    std::uint32_t number = kNone;
  };

  static std::uint32_t short_hash(const ObjectId& id) {
    const std::uint64_t hash = id.hash();
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
  }
  std::size_t mask() const { return places_.size() - 1; }
  std::size_t index_of(const Place& place) const {
    return static_cast<std::size_t>(&place - places_.data());
  }

  Place& place_of(const ObjectId& id, std::uint32_t number) {
    std::size_t at = short_hash(id) & mask();
    while (places_[at].number != number) {
      assert(places_[at].number != kNone);
      at = (at + 1) & mask();
    }
    return places_[at];
  }

  void put(Place place) {
    std::size_t at = place.hash & mask();
    while (places_[at].number != kNone) at = (at + 1) & mask();
    places_[at] = place;
  }

  void grow(std::size_t size) {
    const std::vector<Place> old = std::exchange(places_, std::vector<Place>(size));
    for (const Place& place : old)
      if (place.number != kNone) put(place);
  }

  std::vector<Place> places_;  // a power of two of them, half of them free at least
  std::size_t count_ = 0;
};

}  // namespace schemac
