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

bool Policy::accepts(std::string_view code, std::string_view object) const {
  return std::any_of(allowances.begin(), allowances.end(), [&](const Allowance& allowance) {
    return allowance.code == code &&
           (allowance.environment.empty() || allowance.environment == environment) &&
           (allowance.object.empty() || matches(allowance.object, object));
  });
}

}  // namespace schemac
