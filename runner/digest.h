#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace schemac {

// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::string_view bytes);
  // Of all that was added, as 64 hex digits; ends it.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// SHA-256 of `bytes` as 64 hex digits.
std::string sha256(std::string_view bytes);

// The same of a file's bytes, which are never all in memory. Throws where it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace schemac
