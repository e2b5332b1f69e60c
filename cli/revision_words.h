#pragma once
// Words of enumerations in revision.json, in their order.

#include <array>
#include <string_view>

#include "compiler/plan/plan.h"

namespace schemac {

inline constexpr std::array<std::string_view, 4> kTxWords{"inside", "commit_after", "alone",
                                                          "outside"};
static_assert(kTxWords.size() == static_cast<std::size_t>(Tx::outside) + 1);
inline constexpr std::array<std::string_view, 3> kLossWords{"nothing", "rebuildable", "rows"};
inline constexpr std::array<std::string_view, 4> kVerbWords{"create", "drop", "alter", "rename"};

}  // namespace schemac
