#pragma once
// Words of enumerations in revision.json, in their order.

#include <array>
#include <string_view>

namespace schemac {

inline constexpr std::array<std::string_view, 3> kTxWords{"inside", "commit_after", "outside"};
inline constexpr std::array<std::string_view, 3> kLossWords{"nothing", "rebuildable", "rows"};
inline constexpr std::array<std::string_view, 4> kVerbWords{"create", "drop", "alter", "rename"};

}  // namespace schemac
