#pragma once
#include <string>
#include <string_view>

namespace schemac {

// SHA-256 of `bytes` as 64 hex digits.
std::string sha256(std::string_view bytes);

// The same of a file's bytes, which are never all in memory. Throws where it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace schemac
