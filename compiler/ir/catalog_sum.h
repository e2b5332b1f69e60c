#pragma once
// A fingerprint of a catalog that the fingerprints of its changes add up to.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace schemac {

struct Object;

// The exclusive or of its objects' fingerprints. Nothing in it says in which order they came.
class CatalogSum {
 public:
  // The sum that text() gave; that of an empty catalog where `text` is none.
  static CatalogSum read(std::string_view text);

  // An object comes, or goes.
  void add(const Object& object);
  // Changes that led from one catalog to another lead there, or back.
  void add(const CatalogSum& change);
  // 32 hex digits.
  std::string text() const;
  bool operator==(const CatalogSum&) const = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

}  // namespace schemac
