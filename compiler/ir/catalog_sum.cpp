#include "compiler/ir/catalog_sum.h"

#include <charconv>

#include "compiler/ir/json.h"

namespace schemac {

CatalogSum CatalogSum::read(std::string_view text) {
  CatalogSum sum;
  if (text.size() != 2 * sum.bytes_.size()) return sum;
  for (std::size_t i = 0; i < sum.bytes_.size(); ++i) {
    const char* digits = text.data() + 2 * i;
    const auto [end, error] = std::from_chars(digits, digits + 2, sum.bytes_[i], 16);
    if (error != std::errc() || end != digits + 2) return {};
  }
  return sum;
}

void CatalogSum::add(const Object& object) {
  add(read(fingerprint(object)));
}

void CatalogSum::add(const CatalogSum& change) {
  for (std::size_t i = 0; i < bytes_.size(); ++i) bytes_[i] ^= change.bytes_[i];
}

std::string CatalogSum::text() const {
  std::string hex;
  for (const std::uint8_t byte : bytes_) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace schemac
