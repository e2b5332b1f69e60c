#include "compiler/names/text_cache.h"

namespace schemac {

const TextFacts& TextCache::facts(std::string_view text, TextForm form) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(form)));
  key += text;
  const auto at = facts_.find(key);
  if (at != facts_.end()) return at->second;
  return facts_.emplace(std::move(key), inspect_text(text, form)).first->second;
}

}  // namespace schemac
