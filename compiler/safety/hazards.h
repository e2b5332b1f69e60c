#pragma once
// The hazards of a plan: a pure function of its facts; rules know nothing of it.

#include "compiler/plan/plan.h"
#include "compiler/safety/catalogue.h"

namespace schemac {

struct Finding {
  const Hazard* hazard;
  const Step* step;  // valid as long as the plan
};

// In the order of the plan.
std::vector<Finding> find_hazards(const Plan& plan);

// The codes that plans are looked through for, in their order; others show in SQL files alone.
std::vector<std::string_view> plan_hazards();
bool found_in_plans(std::string_view code);

}  // namespace schemac
