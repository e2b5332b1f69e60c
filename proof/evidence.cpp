#include "proof/evidence.h"

namespace schemac {
namespace {

constexpr std::string_view kProven = "Proven on PostgreSQL ", kNotProven = "Not proven: ";

std::string counted(int count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace

std::string summary(const Evidence& evidence) {
  if (!evidence.proven) return std::string(kNotProven) + evidence.reason + ".";
  std::string text = std::string(kProven) + evidence.server + ": up, down, up; ";
  text += evidence.rows_up == 0 ? "no rows were at stake"
                                : "kept " + counted(evidence.rows_up, "row") + " of " +
                                      counted(evidence.tables, "table");
  if (evidence.orders > 0) text += "; both orders of the lines lead to it";
  if (!evidence.limits.empty()) text += "; limits in revision.json";
  return text + ".";
}

bool is_summary(std::string_view line) {
  return line.starts_with(kProven) || line.starts_with(kNotProven);
}

}  // namespace schemac
