#pragma once
// Hazards: what a reviewer must look at. A pure function of the plan's facts; rules know nothing of
// it.

#include "base/diagnostic.h"
#include "compiler/plan/plan.h"

namespace schemac {

struct Hazard {
  std::string_view code;   // `DS103`
  std::string_view title;  // `drops a column and its values`
  Severity severity;       // error: stops `check` until acknowledged
  std::string_view way_out;
};

struct Finding {
  const Hazard* hazard;
  const Step* step;  // valid as long as the plan
};

// In the order of the plan.
std::vector<Finding> find_hazards(const Plan& plan);

// The hazard that `code` names, or nullptr.
const Hazard* hazard_of(std::string_view code);

}  // namespace schemac
