#include "compiler/safety/catalogue.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace schemac {
namespace {

const HazardFamily kFamilies[] = {
    {"DS", "Destructive", "What destroys data, or may.", catalogue::destructive},
    {"RW", "Rewrite", "What writes a whole table anew while nobody can use it.",
     catalogue::rewrite},
    {"SC", "Scan", "What reads a whole table, or builds an index, while others wait.",
     catalogue::scan},
    {"LK", "Locking", "What makes others wait for a lock, or waits itself.", catalogue::locking},
    {"DD", "Data-dependent", "What fails, or passes, by what the database holds.", catalogue::data},
    {"BC", "Compatibility", "What breaks programs that run now.", catalogue::compatibility},
    {"IR", "Irreversible", "What cannot be taken back, or only in part.", catalogue::irreversible},
    {"TX", "Transactions", "What does not go with transactions, or leaves something behind.",
     catalogue::transaction},
    {"SEC", "Security", "What opens more than was meant.", catalogue::security},
    {"PF", "Performance", "What makes the database slower, or wrong, in the long run.",
     catalogue::performance},
};

std::string upper(std::string_view word) {
  std::string text(word);
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string_view prefix_of(std::string_view code) {
  return code.substr(0, std::min(code.find_first_of("0123456789"), code.size()));
}

}  // namespace

std::span<const HazardFamily> hazard_families() {
  return kFamilies;
}

const Hazard* hazard_of(std::string_view code) {
  for (const HazardFamily& family : kFamilies) {
    if (prefix_of(code) != family.prefix) continue;
    const auto at = std::lower_bound(
        family.hazards.begin(), family.hazards.end(), code,
        [](const Hazard& hazard, std::string_view wanted) { return hazard.code < wanted; });
    return at != family.hazards.end() && at->code == code ? &*at : nullptr;
  }
  return nullptr;
}

std::vector<std::string_view> nearest_codes(std::string_view word) {
  constexpr std::size_t kShown = 3;
  const std::string code = upper(word);
  const std::string_view number = std::string_view(code).substr(prefix_of(code).size());
  std::vector<std::string_view> all, same_number, found;
  bool names_family = false;
  for (const HazardFamily& family : kFamilies) names_family |= prefix_of(code) == family.prefix;
  for (const HazardFamily& family : kFamilies)
    for (const Hazard& hazard : family.hazards) {
      if (!names_family || prefix_of(code) == family.prefix) all.push_back(hazard.code);
      if (hazard.code.ends_with(number) && number.size() == 3) same_number.push_back(hazard.code);
    }
  if (prefix_of(code).empty()) return same_number;
  while (found.size() < kShown) {
    const std::string near = nearest(code, all);
    const auto at = std::find(all.begin(), all.end(), near);
    if (at == all.end()) break;
    found.push_back(*at);
    all.erase(at);
  }
  return found;
}

}  // namespace schemac
