#pragma once
#include <string>
#include <string_view>

namespace schemac {

// SHA-256 of `bytes` as 64 hex digits.
std::string sha256(std::string_view bytes);

}  // namespace schemac
