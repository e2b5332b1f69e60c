#include "cli/placed_statements.h"

#include <map>
#include <string>

namespace schemac {

std::vector<std::optional<std::size_t>> places_of(const PlanFacts& facts, const Script& script) {
  // By the digest of their tokens, the first one last.
  std::map<std::string, std::vector<std::size_t>> numbers;
  for (std::size_t i = script.statements.size(); i-- > 0;)
    numbers[script_digest(script.statements[i].text)].push_back(i);
  std::vector<std::optional<std::size_t>> places;
  for (const StatementFacts& statement : facts.statements) {
    std::vector<std::size_t>& same = numbers[statement.sql];
    places.push_back(same.empty() ? std::nullopt : std::optional(same.back()));
    if (!same.empty()) same.pop_back();
  }
  return places;
}

}  // namespace schemac
