#pragma once
#include <functional>

#include "cli/output.h"

namespace schemac {

// Runs `action`; what the environment throws becomes a finding. The one place that catches it.
Outcome catch_failures(Sink& sink, const std::function<Outcome()>& action);

}  // namespace schemac
