#pragma once
#include "compiler/plan/rules.h"

namespace schemac::postgres {

// Oldest supported major version; what plans assume where no server is known.
inline constexpr int kOldestVersion = 13;

const Dialect& dialect();
const KindRules& rules_of(const KindInfo& kind);
Target target(int server_version, Online online = Online::large);

}  // namespace schemac::postgres
