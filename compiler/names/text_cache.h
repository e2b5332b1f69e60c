#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "compiler/sqltext/sqltext.h"

namespace schemac {

// What is known of texts: the same one is parsed once.
class TextCache {
 public:
  const TextFacts& facts(std::string_view text, TextForm form);

 private:
  std::unordered_map<std::string, TextFacts> facts_;
};

}  // namespace schemac
