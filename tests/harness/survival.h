#pragma once
// Which rows must survive a migration.

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "tests/harness/rows.h"

namespace schemac::test {

// What is wrong with `after`, in words; "" where every value of `before` that the plan does not
// declare lost is still there. Tables and columns are matched by name, followed through `was`.
std::string find_lost_rows(const Catalog& from, const Catalog& to, const Plan& plan,
                           const std::vector<Rename>& renames, const Rows& before,
                           const Rows& after);

}  // namespace schemac::test
