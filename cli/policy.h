#pragma once
// What a team accepts for all its files.

#include <string>
#include <string_view>
#include <vector>

namespace schemac {

struct Allowance {
  std::string code;         // of a hazard, or of another finding
  std::string object;       // a pattern with `*` and `?`; "": all
  std::string environment;  // where it holds; "": everywhere
  std::string reason;       // "" of a code that stands alone
};

// Whether a pattern names an object as findings do: all of `table shop.customer`, or a word of it.
bool matches(const std::string& pattern, std::string_view object);

class HazardPolicy {
 public:
  std::vector<Allowance> allowances;
  std::string environment;  // the one that the run is for

  // What accepts it, or nullptr.
  const Allowance* find(std::string_view code, std::string_view object) const;
  bool accepts(std::string_view code, std::string_view object) const {
    return find(code, object) != nullptr;
  }
};

}  // namespace schemac
