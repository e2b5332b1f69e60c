#include "runner/digest.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace schemac {
namespace {

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    check(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }

  void add(std::string_view bytes) {
    check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }

  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned int length = 0;
    check(EVP_DigestFinal_ex(context_.get(), hash.data(), &length) == 1);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
      text += kDigits[hash[i] >> 4];
      text += kDigits[hash[i] & 15];
    }
    return text;
  }

 private:
  static void check(bool done) {
    if (!done) throw std::runtime_error("the cryptography library cannot compute SHA-256");
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

std::string sha256_of_file(const std::string& path) {
  constexpr std::size_t kChunkBytes = 1 << 20;
  std::ifstream file(path, std::ios::binary);
  const auto chunk = std::make_unique_for_overwrite<char[]>(kChunkBytes);
  Sha256 hash;
  while (file) {
    file.read(chunk.get(), kChunkBytes);
    hash.add({chunk.get(), static_cast<std::size_t>(file.gcount())});
  }
  if (!file.eof()) throw std::runtime_error("cannot read `" + path + "`");
  return hash.hex();
}

}  // namespace schemac
