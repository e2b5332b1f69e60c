#pragma once
// What no schema holds.

#include <algorithm>
#include <iterator>
#include <string_view>

namespace schemac {

// Whether an option's name, or a text of options, speaks of what is nobody's business. A file that
// says one is refused, and what a database has is left out when it is read.
inline bool looks_secret(std::string_view text) {
  constexpr std::string_view kParts[] = {"passw", "secret", "token", "credential"};
  return text != "password_required" &&
         std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view part) {
           return text.find(part) != std::string_view::npos;
         });
}

}  // namespace schemac
