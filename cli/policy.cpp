#include "cli/policy.h"

#include <fnmatch.h>

#include <algorithm>

namespace schemac {

bool matches(const std::string& pattern, std::string_view object) {
  const auto fits = [&](std::string_view text) {
    return fnmatch(pattern.c_str(), std::string(text).c_str(), 0) == 0;
  };
  if (fits(object)) return true;
  while (!object.empty()) {
    const std::string_view word = object.substr(0, object.find(' '));
    if (fits(word)) return true;
    object.remove_prefix(std::min(word.size() + 1, object.size()));
  }
  return false;
}

const Allowance* HazardPolicy::find(std::string_view code, std::string_view object) const {
  for (const Allowance& allowance : allowances)
    if (allowance.code == code &&
        (allowance.environment.empty() || allowance.environment == environment) &&
        (allowance.object.empty() || matches(allowance.object, object)))
      return &allowance;
  return nullptr;
}

}  // namespace schemac
