#pragma once
// What a plan does, one short line each, and what a case's author demands of it.

#include <string>
#include <string_view>

#include "compiler/plan/plan.h"

namespace schemac::test {

// Lines as `create column public.t.b`, `replace view public.v`, `loss`; sorted.
std::string shape_of(const Plan& plan);

// Judges a shape section: `require` or `forbid`, then `loss`, or a verb (create, drop, alter,
// rename, replace) and a kind with or without the object's path. `public.` may be left out of
// paths. Returns what does not hold, with what the plan does, or "".
std::string judge_shape(std::string_view demands, const Plan& plan);

}  // namespace schemac::test
